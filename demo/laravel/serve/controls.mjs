import {once} from 'node:events';
import {createInterface} from 'node:readline';

/** @typedef {import('./single-reverb.mjs').SingleReverb | import('./scaled-reverb.mjs').ScaledReverb} Sockets */

/** Resolves once somebody wants everything stopped. */
export function stopRequest() {
  const request = {requested: false, promise: Promise.resolve()};
  request.promise = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]).then(() => {
    request.requested = true;
  });
  // A second Ctrl-C while stopping must not cut the stopping short.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  return request;
}

/**
 * Does what signals ask for, and lines on stdin where the sockets know commands, one after the other. Otherwise stdin is left alone:
 * who reads from a terminal cannot be sent to the background.
 *
 * @param {Sockets} sockets
 * @param {(line: string) => void} say
 * @returns {() => void} stops listening
 */
export function obey(sockets, say) {
  let last = Promise.resolve();
  /** @param {() => Promise<void>} step */
  const queue = (step) => {
    last = last.then(step).catch((error) => say(error instanceof Error ? error.message : String(error)));
  };
  process.on('SIGUSR1', () => queue(() => sockets.pause()));
  process.on('SIGUSR2', () => queue(() => sockets.start()));
  if (!('commandOf' in sockets)) return () => {};
  const lines = createInterface({input: process.stdin});
  lines.on('line', (line) => {
    const step = sockets.commandOf(line.trim());
    if (step) queue(step);
    else say(`unknown command: ${line}`);
  });
  return () => {
    lines.close();
    process.stdin.destroy();
  };
}
