/** Child processes and folders that never outlive the script that made them, and free ports. */
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export {freePort} from '../../demo/laravel/serve/ports.mjs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
const isWindows = process.platform === 'win32';

/**
 * Ends a process and what it started. Asking comes first; killing, five seconds later.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<void>} Once it is gone.
 */
export async function stop(child) {
  if (!running.has(child)) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  signal(child, 'SIGTERM');
  const timer = setTimeout(() => signal(child, 'SIGKILL'), 5_000);
  await gone;
  clearTimeout(timer);
}

/**
 * Signals a process that `start` started, and what it started.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} name
 */
export function signal(child, name) {
  if (child.pid === undefined) return;
  try {
    // Its own group, so that helpers of a browser end with it.
    if (isWindows) child.kill(name);
    else process.kill(-child.pid, name);
  } catch {
    // It had ended already.
  }
}

/**
 * Starts a process in a group of its own.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, {stdio: ['ignore', 'pipe', 'pipe'], ...options, detached: !isWindows});
  running.add(child);
  child.once('exit', () => {
    running.delete(child);
    // What it left behind in its group, which may hold a port, or its output open.
    signal(child, 'SIGKILL');
  });
  child.once('error', () => running.delete(child));
  return child;
}

/** Ends all that `start` started. */
export async function stopAll() {
  await Promise.all([...running].map(stop));
}

/** Makes Ctrl-C, a closed terminal and an ordinary end of the script end the children too. */
export function stopAllOnExit() {
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(name, () => {
      void stopAll().then(() => process.exit(name === 'SIGINT' ? 130 : 143));
    });
  }
  process.once('exit', () => {
    for (const child of running) signal(child, 'SIGKILL');
  });
}

/**
 * A new folder, which goes when this process ends.
 * @param {string} name
 */
export function temporaryFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `ws-chat-${name}-`));
  process.once('exit', () => rmSync(folder, {recursive: true, force: true, maxRetries: 3}));
  return folder;
}
