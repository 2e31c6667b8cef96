import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {promisify} from 'node:util';
import {root} from './package-info.js';

const run = promisify(execFile);
const flags = ['--import', 'tsx', '--import', './test/tools/use-slim-pusher.mjs', '--test-reporter=tap'];

/** Runs a file in a Node where the pusher-js of the bundle stands in for the published one. Returns what it printed. */
async function runOnSlimPusher(...args: readonly string[]): Promise<string> {
  const {NODE_TEST_CONTEXT: _, ...env} = process.env;
  const options = {cwd: root, env, maxBuffer: 2 ** 26};
  return run(process.execPath, [...flags, ...args], options).then(
    ({stdout}) => stdout,
    (error: unknown) => assert.fail((error as {stdout?: string}).stdout ?? String(error)),
  );
}

describe('the pusher-js of dist/ws-chat.js', () => {
  it('is another one than the published', async () => {
    const ask = `import Pusher from 'pusher-js/worker/index.js'; console.log('logToConsole' in Pusher)`;
    assert.equal((await runOnSlimPusher('--input-type=module', '-e', ask)).trim(), 'false');
  });

  for (const file of readdirSync(join(root, 'test/connection')).filter((name) => name.endsWith('.test.ts'))) {
    it(`passes ${file}`, async () => {
      const report = await runOnSlimPusher(join('test/connection', file));
      assert.match(report, /^# pass [1-9]\d*$/m);
      assert.match(report, /^# fail 0$/m);
    });
  }
});
