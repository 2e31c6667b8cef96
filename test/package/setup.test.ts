import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {pathToFileURL} from 'node:url';
import {root} from './package-info.js';

/** As npm does, it goes on when it is told to end. */
const NPM = `#!${process.execPath}
process.on('SIGINT', () => {
  console.log('goes on');
  process.exit();
});
setInterval(() => undefined, 1_000);
console.log('installs');
`;

describe('what a fresh clone needs', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'ws-chat-set-up-'));
    writeFileSync(join(folder, 'npm'), NPM, {mode: 0o755});
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({packages: {'node_modules/missing': {version: '1.0.0'}}}));
  });

  after(() => rmSync(folder, {recursive: true}));

  it('is installed no further once somebody pressed Ctrl-C', async () => {
    const setup = pathToFileURL(join(root, 'test/tools/setup.mjs')).href;
    const code = `await (await import('${setup}')).installPackages(${JSON.stringify(folder)});`;
    const env = {...process.env, PATH: [folder, process.env['PATH']].join(delimiter)};
    // In a group of its own, which is what a terminal sends the signal to.
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (text.includes('installs') && child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    });
    // Once nobody is left who could write there.
    await once(child, 'close');
    assert.match(said, /installs\n$/u);
  });
});
