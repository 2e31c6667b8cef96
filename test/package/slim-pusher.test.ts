import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {promisify} from 'node:util';
import * as published from '../../src/connection/pusher-client.js';
import type {Endpoint} from '../../src/connection/types.js';
import {buildSlimPusher} from '../tools/slim-pusher.mjs';
import {dist, root} from './package-info.js';

const run = promisify(execFile);
const flags = ['--import', 'tsx', '--import', './test/tools/use-slim-pusher.mjs', '--test-reporter=tap'];

/** Runs a file in a Node where the pusher-js that we publish stands in for the published one. Returns what it printed. */
async function runOnSlimPusher(...args: readonly string[]): Promise<string> {
  const {NODE_TEST_CONTEXT: _, ...env} = process.env;
  const options = {cwd: root, env, maxBuffer: 2 ** 26};
  return run(process.execPath, [...flags, ...args], options).then(
    ({stdout}) => stdout,
    (error: unknown) => assert.fail((error as {stdout?: string}).stdout ?? String(error)),
  );
}

/** The address that a client gives for `endpoint`, and the frames it writes when it is told to send. */
async function record({openPusher}: typeof published, endpoint: Endpoint): Promise<readonly unknown[]> {
  const frames: unknown[] = [];
  let tell = (): void => undefined;
  const written = new Promise<void>((resolve) => (tell = resolve));
  const client = openPusher(endpoint, (text) => {
    if (frames.push(JSON.parse(text)) === 3) tell();
  });
  client.send('pusher:ping', {});
  client.send('pusher:subscribe', {auth: undefined, channel: 'private-user.1'});
  client.send('client-typing', {text: '"ü\u2028'}, 'presence-conversation.1');
  await written;
  client.release();
  return [client.url, ...frames];
}

describe('the pusher-js that we publish', () => {
  it('stands in dist with its licence', async () => {
    const written = readFileSync(join(dist, 'connection/pusher-client.js'), 'utf8');
    assert.match(written, /^\/\*![^]*Copyright[^]*Pusher, Ltd[^]*shall be included in[^]*\*\/\n/);
    assert.ok(written.endsWith((await buildSlimPusher()).code));
  });

  it('is another one than the published', async () => {
    const connect = `import './src/connection/pusher-transport.ts'; import {createRequire} from 'node:module';`;
    const ask = `console.log(Object.keys(createRequire(import.meta.url).cache).some((file) => /pusher/.test(file)))`;
    assert.equal((await runOnSlimPusher('--input-type=module', '-e', connect + ask)).trim(), 'false');
  });

  const plain: Endpoint = {appKey: 'key', wsHost: 'chat.test', wsPort: null, wsPath: '', scheme: 'https', cluster: null};
  const endpoints: Readonly<Record<string, Endpoint>> = {
    'a host': plain,
    'a host without TLS': {...plain, scheme: 'http'},
    'a port': {...plain, wsPort: 8080},
    'a path': {...plain, wsPath: '/reverb/x'},
    'an IPv6 address': {...plain, wsHost: '[::1]'},
    'a key with characters of its own': {...plain, appKey: 'a/b?c d#é'},
    'a cluster': {...plain, wsHost: null, cluster: 'eu'},
  };
  for (const [what, endpoint] of Object.entries(endpoints)) {
    it(`goes where the published one goes, and writes what it writes, with ${what}`, async () => {
      const {code} = await buildSlimPusher();
      const slim = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as typeof published;
      assert.deepEqual(await record(slim, endpoint), await record(published, endpoint));
    });
  }

  it('passes the tests of the wire', async () => {
    const files = readdirSync(join(root, 'test/connection')).filter((name) => name.endsWith('.test.ts'));
    assert.ok(files.length > 0);
    // In one process: each would compile the same modules anew.
    const imports = files.map((file) => `import './test/connection/${file}';`);
    const report = await runOnSlimPusher('--input-type=module', '-e', imports.join(' '));
    assert.match(report, /^# pass [1-9]\d*$/m);
    assert.match(report, /^# fail 0$/m);
  });
});
