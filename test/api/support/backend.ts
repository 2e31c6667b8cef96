import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A backend that runs somewhere. */
export interface Backend {
  /** Its root, without a slash at the end: `http://127.0.0.1:8000`. */
  readonly url: string;
  /** Stops what was started for the test; a backend that ran before goes on. */
  stop(): Promise<void>;
}

/** The backend at `CHAT_BACKEND_URL`, or the embedded server on a port and with a database of its own. */
export async function openBackend(): Promise<Backend> {
  const given = process.env['CHAT_BACKEND_URL'];
  if (given) return {url: given.replace(/\/+$/, ''), stop: () => Promise.resolve()};

  const folder = await mkdtemp(join(tmpdir(), 'ws-chat-backend-'));
  const args = ['--import', 'tsx', 'demo/server/main.ts', '--port', '0', '--db', join(folder, 'chat.sqlite')];
  const server = spawn(process.execPath, args, {cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe']});
  const stop = async (): Promise<void> => {
    await end(server);
    await rm(folder, {recursive: true, force: true});
  };
  try {
    return {url: await address(server), stop};
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What stands in the line `listening on …`. */
async function address(server: ChildProcess): Promise<string> {
  assert.ok(server.stdout && server.stderr);
  const said: string[] = [];
  createInterface(server.stderr).on('line', (line) => said.push(line));
  const lines = createInterface(server.stdout);
  for await (const line of lines) {
    said.push(line);
    const url = /listening on (http:\/\/\S+)/.exec(line)?.[1];
    if (!url) continue;
    server.stdout.resume();
    return url.replace(/\/+$/, '');
  }
  throw new Error(`The server ended before it listened:\n${said.join('\n')}`);
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
}
