import {run} from '../../src/cli/run.js';
import type {World} from '../../src/cli/world.js';
import type {FakeServer} from '../../src/testing/index.js';
import {VirtualClock} from '../../src/testing/index.js';

/** A command that was started, and what it has said so far. */
export interface Started {
  readonly code: Promise<number>;
  readonly out: () => string;
  readonly err: () => string;
  /** Does what Ctrl-C does. */
  readonly interrupt: () => void;
}

/** Runs the command with streams and surroundings of a test; with a fake server, in that server's world. */
export function start(args: readonly string[], server?: FakeServer, over: Partial<World> = {}): Started {
  const out: string[] = [];
  const err: string[] = [];
  const ending = new AbortController();
  const code = run(args, {
    stdout: {write: (text) => out.push(text)},
    stderr: {write: (text) => err.push(text)},
    env: {},
    clock: server?.clock ?? new VirtualClock(),
    fetch: server?.environment.fetch ?? (() => Promise.reject(new TypeError('fetch failed'))),
    loadWebSocket: () =>
      server
        ? Promise.resolve(server.environment.createWebSocket)
        : Promise.reject(new Error('There is no socket in this test.')),
    askPassword: null,
    ending: ending.signal,
    ...over,
  });
  return {code, out: () => out.join(''), err: () => err.join(''), interrupt: () => ending.abort()};
}
