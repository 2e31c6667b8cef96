/** Why a token is asked for: for the first time, because it expires soon or has expired, or because the server refused it. */
export type TokenReason = 'initial' | 'expired' | 'refused';

/** Returns a token of the person who uses the page, or `null` to use the session cookie instead. */
export type TokenProvider = (request: {readonly reason: TokenReason}) => Promise<string | null> | string | null;

/** The current token, and the way to a newer one. */
export interface TokenSource {
  /** The current token; the provider is asked where there is none yet, or it has expired. `null` in cookie mode. */
  get(): Promise<string | null>;
  /**
   * Asks for another token than `stale`. Callers at the same time share one request.
   * Resolves with the current token if that is another one already; with `null` where no new one can be had.
   */
  refresh(stale: string | null, reason: TokenReason): Promise<string | null>;
}
