import type {Clock} from '../model/index.js';

/** Where text goes. */
export interface Output {
  write(text: string): unknown;
}

/** What a command needs from its environment. A test passes its own. */
export interface World {
  /** For the results, which a person or another program reads. */
  readonly stdout: Output;
  /** For everything else: progress and errors. */
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  /**
   * Resolves with a function that opens sockets with this origin; rejects with a `Failure` if there is no WebSocket. `onError` is told why
   * one has failed.
   */
  readonly loadWebSocket: (origin: string, onError: (reason: string) => void) => Promise<(url: string) => WebSocket>;
  /** Asks for a password without showing it; `null` if there is no terminal. */
  readonly askPassword: ((question: string) => Promise<string>) | null;
  /** Aborted when the person, or the system, wants the command to end. */
  readonly ending: AbortSignal;
}
