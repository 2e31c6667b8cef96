import {tmpdir} from 'node:os';
import {setTimeout as pause} from 'node:timers/promises';
import {command} from './command.mjs';
import {installPackages} from './debian.mjs';
import {isTaken} from './ports.mjs';
import {Service} from './service.mjs';

const POLL_INTERVAL = 50;
const SUBSCRIBE_TIMEOUT = 60_000;

/** What Redis says of itself as it comes and goes, and of memory that only saving to disk would need. */
const USUAL_WORDS =
  /Redis is starting|Redis version=|Configuration loaded|Server initialized|overcommit|SIGTERM|shutdown|ready to exit/;

/**
 * Sees to it that `redis-server` is there, with the `redis-cli` that comes with it. PHP needs nothing for it: Reverb brings a client
 * written in PHP. As root on a system with apt, installs what is missing.
 *
 * @param {(line: string) => void} say
 * @throws {Error} that says how to get it
 */
export async function requireRedis(say) {
  const isThere = async (/** @type {string} */ program) => (await command(program, ['--version'])).code === 0;
  if ((await isThere('redis-server')) && (await isThere('redis-cli'))) return;
  await installPackages(['redis-server'], say);
}

/**
 * A Redis that keeps nothing on disk: messages that pass through are not kept anyway.
 *
 * @param {number} port
 */
export function redisService(port) {
  return new Service({
    name: 'redis',
    command: ['redis-server', '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--loglevel', 'warning'],
    cwd: tmpdir(),
    env: process.env,
    isReady: () => isTaken(port),
    quiet: USUAL_WORDS,
  });
}

/**
 * Resolves once so many nodes listen on a channel of Redis: what is published before reaches fewer. A Redis that does not answer yet
 * is asked again.
 *
 * @param {number} port
 * @param {string} channel
 * @param {() => number} wanted asked anew each time; at 0 there is nobody to wait for
 * @throws {Error} when they do not all listen within a minute
 */
export async function untilSubscribed(port, channel, wanted) {
  let found = 0;
  for (const deadline = Date.now() + SUBSCRIBE_TIMEOUT; Date.now() < deadline; await pause(POLL_INTERVAL)) {
    if (wanted() === 0) return;
    found = await subscribers(port, channel);
    if (found >= wanted()) return;
  }
  throw new Error(`${found} of ${wanted()} nodes listen to Redis after ${SUBSCRIBE_TIMEOUT / 1000} s.`);
}

/** @param {number} port @param {string} channel */
async function subscribers(port, channel) {
  const {code, output} = await command('redis-cli', ['-p', String(port), 'pubsub', 'numsub', channel]);
  return code === 0 ? Number(output.trim().split('\n').at(-1)) : 0;
}
