import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {promisify} from 'node:util';
import {findWebKit} from '../tools/browsers.mjs';
import {root} from './package-info.js';

const run = promisify(execFile);

describe('a tool that cannot go on', () => {
  let folder: string;
  let program: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'ws-chat-processes-'));
    mkdirSync(join(folder, 'tmp'));
    program = join(folder, 'Xvfb');
    writeFileSync(program, '#!/bin/sh\nexit 1\n', {mode: 0o755});
  });

  after(() => rmSync(folder, {recursive: true}));

  /** It ends by itself, and not by the time limit, with code 1; and leaves nothing behind. */
  async function expectEnd(
    command: readonly [tool: string, ...flags: readonly string[]],
    env: NodeJS.ProcessEnv,
    complaint: RegExp,
  ): Promise<void> {
    const [tool, ...flags] = command;
    const started = run(process.execPath, [join(root, 'test', tool), ...flags], {
      env: {...process.env, ...env, TMPDIR: join(folder, 'tmp')},
      timeout: 120_000,
    });
    await assert.rejects(started, ({code, stderr}: {code: unknown; stderr: string}) => {
      assert.match(stderr, complaint);
      return code === 1;
    });
    assert.deepEqual(
      readdirSync(join(folder, 'tmp')).filter((name) => name.startsWith('ws-chat-')),
      [],
    );
  }

  it('ends: the chaos without a browser that starts', () => expectEnd(['chaos/run.mjs'], {CHROMIUM_PATH: program}, /launch/u));

  it('ends: the bench without a browser that starts', () =>
    expectEnd(['bench/run.mjs', '--source', '--quick'], {CHROMIUM_PATH: program}, /launch/u));

  it('ends: the e2e tests without a screen', {skip: findWebKit() === null ? 'WebKit is missing' : false}, () =>
    expectEnd(
      ['tools/e2e.mjs', '--browser', 'webkit'],
      {PATH: [folder, process.env['PATH']].join(delimiter)},
      /^Xvfb ended with code 1$/mu,
    ),
  );
});
