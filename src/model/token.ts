/** Why a new token is asked for. */
export type TokenReason = 'initial' | 'expired' | 'refused';

/** Gives the token that belongs to the person using the page, or `null` where the session cookie is enough. */
export type TokenProvider = (request: {readonly reason: TokenReason}) => Promise<string | null> | string | null;

/** The token at hand, and the one way to a newer one. */
export interface TokenSource {
  /** The token, asking the provider the first time; `null` in cookie mode. */
  get(): Promise<string | null>;
  /**
   * Asks for a token other than `stale`. Callers at the same time share one question.
   * Resolves with the token at hand if it is no longer `stale`; with `null` where there is no way to a new one.
   */
  refresh(stale: string | null, reason: TokenReason): Promise<string | null>;
}
