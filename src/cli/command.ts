import type {World} from './world.js';

/** How a command ended, for whoever called it. */
export const EXIT = {ok: 0, failed: 1, usage: 2} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** One thing that `ws-chat` can do. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly help: string;
  /** Does it. Rejects with a `UsageError` or a `Failure`; their messages are for the person at the terminal. */
  run(args: readonly string[], world: World): Promise<void>;
}

/** The command was called in a way that it does not understand. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command was called rightly, and it could not be done. */
export class Failure extends Error {
  override readonly name = 'Failure';
}
