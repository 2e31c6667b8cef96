import {spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {within} from './within.js';

const SERVE = fileURLToPath(new URL('../../demo/laravel/serve.mjs', import.meta.url));

const START_TIMEOUT = 240_000;

export interface Login {
  readonly token: string;
  readonly user: {readonly id: number; readonly name: string};
}

export interface LaravelOptions {
  readonly port: number;
  readonly reverbPort: number;
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Why the Laravel tests cannot run on this machine, or `false`. Meant for the `skip` option, and printed with it. */
export function whyNot(): string | false {
  if (isThere('php') && isThere('composer')) return false;
  if (process.getuid?.() === 0 && isThere('apt-get')) return false;
  const reason = 'PHP 8.2 and Composer are needed for the tests against real Laravel and Reverb, and are not installed';
  console.warn(`SKIPPED: ${reason}.`);
  return reason;
}

/** As `whyNot`, for the tests with `--scale`. */
export function whyNotScaled(): string | false {
  const reason = whyNot();
  if (reason !== false || isThere('redis-server') || process.getuid?.() === 0) return reason;
  const missing = 'Redis is needed for the tests of two nodes of Reverb, and is not installed (Debian: redis-server)';
  console.warn(`SKIPPED: ${missing}.`);
  return missing;
}

function isThere(program: string): boolean {
  return spawnSync(program, ['--version'], {stdio: 'ignore'}).error === undefined;
}

/** The Laravel demo with a database of its own, started as a user starts it: by its command. */
export class LaravelServer {
  readonly url: string;
  readonly reverbPort: number;
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #lines: string[] = [];
  readonly #waiting: {readonly line: string | RegExp; readonly done: (line: string) => void}[] = [];
  /** Its exit code, or the signal that ended it. */
  readonly #ended: Promise<number | string>;
  #log = '';

  private constructor(child: ChildProcess, folder: string, options: LaravelOptions) {
    this.#child = child;
    this.#folder = folder;
    this.url = `http://127.0.0.1:${options.port}`;
    this.reverbPort = options.reverbPort;
    this.#ended = new Promise((resolve, reject) => {
      child.once('exit', (code, by) => resolve(code ?? by ?? 0));
      child.once('error', reject);
    });
    child.stderr?.on('data', (chunk: Buffer) => (this.#log += chunk.toString()));
    if (child.stdout) createInterface({input: child.stdout}).on('line', (line) => this.#heard(line));
  }

  /** Rejects with the log when it ends before it listens. */
  static async start(options: LaravelOptions): Promise<LaravelServer> {
    const folder = await mkdtemp(join(tmpdir(), 'ws-chat-laravel-'));
    const ports = ['--port', String(options.port), '--reverb-port', String(options.reverbPort)];
    const child = spawn(process.execPath, [SERVE, ...ports, '--db', join(folder, 'chat.sqlite'), ...(options.flags ?? [])], {
      env: {...process.env, ...options.env},
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const server = new LaravelServer(child, folder, options);
    // The first start installs the PHP packages.
    await server.next(`listening on ${server.url}`, START_TIMEOUT);
    return server;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** What it has printed on stdout. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Resolves with the line when it prints this one, or one that matches, from now on. Rejects with the log when it ends before. */
  next(line: string | RegExp, timeout?: number): Promise<string> {
    const printed = new Promise<string>((done) => this.#waiting.push({line, done}));
    const ended = this.#ended.then((code) => {
      throw new Error(`The Laravel demo has ended (${code}) without the line ${String(line)}`);
    });
    const found = within(Promise.race([printed, ended]), () => `the line ${String(line)} of the Laravel demo`, timeout).catch(
      (error: unknown) => {
        throw new Error(`${String(error)}\nIt has said:\n${this.#lines.join('\n')}\n${this.#log}`);
      },
    );
    // Whoever asked may have failed before it could wait for the answer.
    found.catch(() => undefined);
    return found;
  }

  async stopReverb(): Promise<void> {
    const stopped = this.next('reverb stopped');
    this.#child.kill('SIGUSR1');
    await stopped;
  }

  async startReverb(): Promise<void> {
    const started = this.next(`reverb listening on http://127.0.0.1:${this.reverbPort}`);
    this.#child.kill('SIGUSR2');
    await started;
  }

  /** With `--scale`: the ports of the nodes, and not that of the balancer in front of them. */
  get nodePorts(): readonly number[] {
    const ports = new Map<string, number>();
    for (const line of this.#lines) {
      const [, node, port] = /^node (\d+) listening on http:\/\/127\.0\.0\.1:(\d+)$/.exec(line) ?? [];
      if (node !== undefined) ports.set(node, Number(port));
    }
    return [...ports].sort(([one], [other]) => Number(one) - Number(other)).map(([, port]) => port);
  }

  /** Writes a command to its stdin. Resolves with the line that answers it. */
  ask(command: string, answer: string | RegExp): Promise<string> {
    const answered = this.next(answer);
    this.#child.stdin?.write(`${command}\n`);
    return answered;
  }

  /** Ends it, removes its data, and resolves to its exit code or the signal that ended it. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> {
    this.#child.kill(signal);
    const code = await within(this.#ended, () => `the end of the Laravel demo, which has said:\n${this.#log}`);
    await rm(this.#folder, {recursive: true, force: true});
    return code;
  }

  async login(email: string): Promise<Login> {
    const response = await this.request('POST', '/api/login', {body: {email, password: 'password'}});
    return (await response.json()) as Login;
  }

  request(method: string, path: string, options: {token?: string; body?: unknown} = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(options.token === undefined ? {} : {authorization: `Bearer ${options.token}`}),
        ...(options.body === undefined ? {} : {'content-type': 'application/json'}),
      },
      body: options.body === undefined ? null : JSON.stringify(options.body),
    });
  }

  #heard(line: string): void {
    this.#lines.push(line);
    const index = this.#waiting.findIndex(({line: wanted}) => (typeof wanted === 'string' ? wanted === line : wanted.test(line)));
    if (index < 0) return;
    this.#waiting.splice(index, 1)[0]?.done(line);
  }
}
