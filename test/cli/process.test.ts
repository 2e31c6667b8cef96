import assert from 'node:assert/strict';
import {spawn, type ChildProcessByStdio} from 'node:child_process';
import {once} from 'node:events';
import {createInterface, type Interface} from 'node:readline';
import type {Readable} from 'node:stream';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {RestChatApi} from '../../src/api/index.js';
import {openBackend, type Backend} from '../api/support/backend.js';

const ENTRY = fileURLToPath(new URL('../../src/cli/ws-chat.ts', import.meta.url));

/** The command as a process of its own, against a real server. */
describe('ws-chat, as a process', () => {
  let backend: Backend;
  before(async () => {
    backend = await openBackend();
  });
  after(() => backend.stop());

  type Child = ChildProcessByStdio<null, Readable, Readable>;

  function launch(...args: string[]): Child {
    const child = spawn(process.execPath, ['--import', 'tsx', ENTRY, ...args], {stdio: ['ignore', 'pipe', 'pipe']});
    after(() => child.kill('SIGKILL'));
    return child;
  }

  /** The first line that matches. */
  async function lineOf(lines: Interface, pattern: RegExp): Promise<string> {
    for await (const line of lines) if (pattern.test(line)) return line;
    throw new Error(`There was no line like ${pattern.source}.`);
  }

  async function listen(): Promise<{child: Child; events: Interface}> {
    const child = launch('listen', '--email', 'vali@example.com', '--password', 'password', '--url', backend.url, '--json');
    const events = createInterface(child.stdout);
    await lineOf(createInterface(child.stderr), /listening on private-user\./);
    child.stderr.resume();
    return {child, events};
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`prints what happens, and ends with 0 on ${signal}`, async () => {
      const {child, events} = await listen();
      const heard = lineOf(events, /"type":"message"/);
      const tempId = crypto.randomUUID();
      await (await asAli()).sendMessage(1, {content: 'over the wire', tempId});
      const event = JSON.parse(await heard) as {tempId: string; message: {content: string}};
      assert.deepEqual([event.tempId, event.message.content], [tempId, 'over the wire']);

      const ended = once(child, 'exit');
      child.kill(signal);
      assert.deepEqual(await ended, [0, null]);
    });
  }

  it('ends with 0 when nobody reads its output any more', async () => {
    const {child} = await listen();
    const ended = once(child, 'exit');
    child.stdout.destroy();
    const api = await asAli();
    await api.sendMessage(1, {content: 'to nobody', tempId: crypto.randomUUID()});
    await api.sendMessage(1, {content: 'to nobody', tempId: crypto.randomUUID()});
    assert.deepEqual(await ended, [0, null]);
  });

  it('ends with 0 when nobody reads its messages any more either, as with 2>&1 and head', async () => {
    const child = launch('listen', '--email', 'vali@example.com', '--password', 'password', '--url', backend.url);
    const ended = once(child, 'exit');
    child.stdout.resume();
    child.stderr.destroy();
    assert.deepEqual(await ended, [0, null]);
  });

  it('ends with 2 on a wrong flag, and with 1 on a wrong password', async () => {
    assert.deepEqual(await once(launch('listen', '--nope'), 'exit'), [2, null]);
    const refused = launch('listen', '--email', 'vali@example.com', '--password', 'wrong', '--url', backend.url);
    assert.deepEqual(await once(refused, 'exit'), [1, null]);
  });

  async function asAli(): Promise<RestChatApi> {
    const response = await fetch(`${backend.url}/api/login`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({email: 'ali@example.com', password: 'password'}),
    });
    const {token} = (await response.json()) as {token: string};
    const tokens = {get: () => Promise.resolve(token), refresh: () => Promise.resolve(null)};
    return new RestChatApi({apiBase: `${backend.url}/api`, token: tokens, page: null});
  }
});
