import {spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';

const SERVE = fileURLToPath(new URL('../../demo/laravel/serve.mjs', import.meta.url));

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
  #log = '';

  private constructor(child: ChildProcess, folder: string, options: LaravelOptions) {
    this.#child = child;
    this.#folder = folder;
    this.url = `http://127.0.0.1:${options.port}`;
    this.reverbPort = options.reverbPort;
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
    const ended = once(child, 'exit').then(() => {
      throw new Error(`The Laravel demo did not start:\n${server.#log}`);
    });
    ended.catch(() => undefined);
    await Promise.race([server.next(`listening on ${server.url}`), ended]);
    return server;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** What it has printed on stdout. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Resolves with the line when it prints this one, or one that matches, from now on. */
  next(line: string | RegExp): Promise<string> {
    return new Promise((done) => this.#waiting.push({line, done}));
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
    const exit = once(this.#child, 'exit') as Promise<[number | null, string | null]>;
    this.#child.kill(signal);
    const [code, by] = await exit;
    await rm(this.#folder, {recursive: true, force: true});
    return code ?? by ?? 0;
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
