import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';

const MAIN = fileURLToPath(new URL('../../demo/server/main.ts', import.meta.url));

/** The server as its command starts it, in a process of its own. */
export class ServerProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** Resolves with the exit code; `null` when a signal ended it. */
  readonly exited: Promise<number | null>;

  private constructor(child: ChildProcess, url: string) {
    this.child = child;
    this.url = url;
    this.exited = once(child, 'exit').then(([code]) => code as number | null);
  }

  /** Resolves once it listens. */
  static async start(...args: string[]): Promise<ServerProcess> {
    const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], {stdio: ['ignore', 'pipe', 'inherit']});
    for await (const line of createInterface({input: child.stdout})) {
      const [, url] = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line) ?? [];
      if (url !== undefined) return new ServerProcess(child, url);
    }
    throw new Error('The server ended before it listened.');
  }

  get wsUrl(): string {
    return `${this.url.replace('http', 'ws')}/app/demo-key`;
  }

  /** Sends a signal and waits for the end. */
  async stop(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.exited;
  }
}

/** What the command says and with which code it ends, when it does not stay. */
export async function runToEnd(...args: string[]): Promise<{code: number | null; output: string}> {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], {stdio: ['ignore', 'pipe', 'pipe']});
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return {code, output};
}
