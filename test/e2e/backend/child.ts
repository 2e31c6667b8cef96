import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A program of this repository that runs until it is told to stop. */
export class Child {
  /** The lines it has written so far, to either stream. */
  readonly lines: string[] = [];
  /** Its exit code, once it has ended; `null` for an end by signal. */
  readonly exit: Promise<number | null>;

  readonly #process: ChildProcess;
  #listeners: (() => void)[] = [];

  /** Starts Node with these arguments, in the root of the repository. */
  constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.#process = spawn(process.execPath, args, {cwd: root, env: {...process.env, ...env}, stdio: ['pipe', 'pipe', 'pipe']});
    // However this process ends, the child ends with it.
    const end = (): void => void this.#process.kill();
    process.once('exit', end);
    this.exit = once(this.#process, 'exit').then(([code]) => {
      process.off('exit', end);
      this.#changed();
      return code as number | null;
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      if (!stream) continue;
      createInterface({input: stream}).on('line', (line) => {
        this.lines.push(line);
        this.#changed();
      });
    }
  }

  /** The first line that matches, past (from the one with index `from` on) or to come. Rejects when the program ends without it, or after `deadline` ms. */
  async line(pattern: RegExp, deadline = 60_000, from = 0): Promise<string> {
    const signal = AbortSignal.timeout(deadline);
    const late = once(signal, 'abort');
    for (;;) {
      const found = this.lines.slice(from).find((line) => pattern.test(line));
      if (found !== undefined) return found;
      const isOver = this.#process.exitCode !== null || this.#process.signalCode !== null;
      if (isOver || signal.aborted) throw new Error(`It never said ${pattern}. It said:\n${this.lines.slice(-30).join('\n')}`);
      await Promise.race([this.#nextChange(), late]);
    }
  }

  /** Sends a signal and waits for the line that answers it. */
  async ask(signal: NodeJS.Signals, answer: RegExp): Promise<void> {
    const {length} = this.lines;
    this.#process.kill(signal);
    await this.line(answer, 60_000, length);
  }

  /** Writes a line to its stdin and waits for the line that answers it. */
  async tell(line: string, answer: RegExp): Promise<string> {
    const {length} = this.lines;
    this.#process.stdin?.write(`${line}\n`);
    return this.line(answer, 60_000, length);
  }

  /** Sends a signal and waits for the end. One that has ended already is no error. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#process.kill(signal);
    return this.exit;
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => this.#listeners.push(resolve));
  }

  #changed(): void {
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }
}
