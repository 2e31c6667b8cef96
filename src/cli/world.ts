import type {Clock} from '../model/index.js';

/** Where text goes. */
export interface Output {
  write(text: string): unknown;
}

/** What a command takes from its surroundings, so that a test can hand in its own. */
export interface World {
  /** The results, for a person or for another program. */
  readonly stdout: Output;
  /** Everything else: what is going on, and what went wrong. */
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  /** Gives what opens sockets as a page of this origin; rejects with a `Failure` where this machine has none. */
  readonly loadWebSocket: (origin: string) => Promise<(url: string) => WebSocket>;
  /** Asks for a password without showing it; `null` where nobody is there to be asked. */
  readonly askPassword: ((question: string) => Promise<string>) | null;
  /** Aborted when the person, or the system, wants the command to end. */
  readonly ending: AbortSignal;
}
