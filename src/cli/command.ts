import type {World} from './world.js';

/** The exit codes of a command. */
export const EXIT = {ok: 0, failed: 1, usage: 2} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** One thing that `ws-chat` can do. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly help: string;
  /** Runs the command. Rejects with a `UsageError` or a `Failure`, whose messages are for the person at the terminal. */
  run(args: readonly string[], world: World): Promise<void>;
}

/** The command was called with wrong arguments. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The arguments were right, but the command could not do its work. */
export class Failure extends Error {
  override readonly name = 'Failure';
}
