import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {setTimeout as pause} from 'node:timers/promises';

const STOP_TIMEOUT = 5_000;
const START_TIMEOUT = 60_000;
const POLL_INTERVAL = 100;

/**
 * Runs the command in a process group of its own, and kills the whole group when the pipe on descriptor 3 closes. That pipe
 * is ours: however this process ends, `kill -9` included, nothing is left behind.
 */
const GUARD = `
trap : TERM INT
"$@" 3<&- &
child=$!
(trap - TERM INT; read -r _ <&3; kill -9 -$$) &
guard=$!
while kill -0 "$child" 2>/dev/null; do wait "$child"; status=$?; done
kill "$guard" 2>/dev/null
exit "$status"
`;

/**
 * @typedef {object} ServiceOptions
 * @property {string} name stands before each line of its log
 * @property {readonly string[]} command
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {() => Promise<boolean>} isReady whether it answers by now
 * @property {RegExp} [quiet] lines of its log that nobody needs
 */

/** It was started and ended, by itself or as asked, before it answered. */
export class EndedEarly extends Error {}

/** One server program that can be started and stopped, more than once. */
export class Service {
  /** @type {ServiceOptions} */ #options;
  /** @type {import('node:child_process').ChildProcess | undefined} */ #child;
  #ready = Promise.resolve();
  #stopping = false;

  /** Called when it ended without having been asked to. @type {(message: string) => void} */
  onCrash = () => {};

  /** @param {ServiceOptions} options */
  constructor(options) {
    this.#options = options;
  }

  get isRunning() {
    return this.#child !== undefined;
  }

  /**
   * Starts it, unless it runs, and waits until it answers.
   *
   * @throws {EndedEarly} when it ends before
   * @throws {Error} when it takes longer than a minute
   */
  async start() {
    if (this.#child) return this.#ready;
    const {name, command, cwd, env} = this.#options;
    const child = spawn('sh', ['-c', GUARD, name, ...command], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#stopping = false;
    for (const stream of [child.stdout, child.stderr]) this.#forward(stream);
    child.on('exit', (code, signal) => this.#ended(code, signal));
    this.#ready = this.#untilReady(child);
    return this.#ready;
  }

  /** Ends it as a power cut would, and waits until the last of its processes is gone. */
  kill() {
    return this.stop('SIGKILL');
  }

  /**
   * Stops it and waits until the last of its processes is gone.
   *
   * @param {NodeJS.Signals} [first] what is tried before force is
   */
  async stop(first = 'SIGTERM') {
    const child = this.#child;
    if (!child?.pid) return;
    this.#stopping = true;
    const group = -child.pid;
    signal(group, first);
    for (let waited = 0; signal(group, 0); waited += POLL_INTERVAL) {
      if (waited >= STOP_TIMEOUT) signal(group, 'SIGKILL');
      await pause(POLL_INTERVAL);
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    this.#child = undefined;
  }

  /** @param {number | null} code @param {string | null} reason */
  #ended(code, reason) {
    const {name} = this.#options;
    if (this.#stopping) return;
    if (this.#child?.pid) signal(-this.#child.pid, 'SIGKILL');
    this.#child = undefined;
    this.onCrash(`${name} ended by itself (${reason ?? `exit code ${code}`}).`);
  }

  /** @param {import('node:child_process').ChildProcess} child */
  async #untilReady(child) {
    const {name, isReady} = this.#options;
    for (const deadline = Date.now() + START_TIMEOUT; Date.now() < deadline; await pause(POLL_INTERVAL)) {
      if (this.#child !== child) throw new EndedEarly(`${name} ended before it answered.`);
      if (await isReady()) return;
    }
    throw new Error(`${name} did not answer within ${START_TIMEOUT / 1000} s.`);
  }

  /** @param {import('node:stream').Readable | null} stream */
  #forward(stream) {
    if (!stream) return;
    const {name, quiet} = this.#options;
    createInterface({input: stream}).on('line', (line) => {
      if (line.trim() !== '' && !quiet?.test(line)) process.stderr.write(`[${name}] ${line}\n`);
    });
  }
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals | 0} name
 * @returns {boolean} whether there was anybody to signal
 */
function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}
