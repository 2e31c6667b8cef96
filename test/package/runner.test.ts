import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {promisify} from 'node:util';
import {runAll} from '../tools/runner.mjs';
import {root} from './package-info.js';

const run = promisify(execFile);

/** What becomes of a step that ends well and counts so. */
async function resultOf(counts: object): Promise<Awaited<ReturnType<typeof runAll>>[number] | undefined> {
  const write = `require('node:fs').writeFileSync(process.env.TEST_COUNTS, ${JSON.stringify(JSON.stringify(counts))})`;
  const [result] = await runAll([{name: 'a step', command: ['node', '-e', write], counted: true}]);
  return result;
}

describe('a step of the tests', () => {
  it('has failed when it found no case', async () => assert.equal((await resultOf({passed: 0, failed: 0}))?.failed, 1));

  it('has failed when it skipped all and does not say why', async () => {
    assert.equal((await resultOf({passed: 0, failed: 0, skipped: 3}))?.failed, 1);
  });

  it('may skip all when it says why, and that is handed on', async () => {
    const result = await resultOf({passed: 0, failed: 0, skipped: 3, leftOut: ['pictures: other fonts']});
    assert.equal(result?.failed, 0);
    assert.deepEqual(result.leftOut, ['pictures: other fonts']);
  });

  it('is over when its program has ended, whatever that left running', async () => {
    const leave = `require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {stdio: 'inherit'});
      process.exit();`;
    const [result] = await runAll([{name: 'a step', command: ['node', '-e', leave]}]);
    assert.equal(result?.passed, 1);
  });
});

describe('a part of the tests', () => {
  it('looks for no browser, and installs none, that it does not open', async () => {
    // Nothing is found there but what would install it.
    const folder = mkdtempSync(join(tmpdir(), 'ws-chat-no-browser-'));
    writeFileSync(join(folder, 'apt-get'), '#!/bin/sh\n', {mode: 0o755});
    const {CHROMIUM_PATH: _, FIREFOX_PATH: __, TEST_SUMMARY: ___, ...env} = process.env;
    try {
      const command = [join(root, 'test/tools/test.mjs'), '--only', 'manifest'];
      const {stdout, stderr} = await run(process.execPath, command, {env: {...env, PATH: folder}, timeout: 200_000});
      assert.equal(stderr, '');
      assert.doesNotMatch(stdout, /Installing|LEFT OUT/u);
      assert.match(stdout, /^1 passed, 0 failed$/mu);
    } finally {
      rmSync(folder, {recursive: true});
    }
  });
});
