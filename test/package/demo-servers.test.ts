import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import {describe, it} from 'node:test';
import {pathToFileURL} from 'node:url';
import {promisify} from 'node:util';
import {root} from './package-info.js';

const run = promisify(execFile);
const tools = join(root, 'test/tools');

describe('what starts the demo', () => {
  it('waits for nothing more once a server has ended instead of listening', async () => {
    const script = `
      const {serve} = await import(${JSON.stringify(pathToFileURL(join(tools, 'demo.mjs')).href)});
      await serve(['-e', 'process.exit(1)'], {quiet: true}).catch(() => undefined);
      console.log(process.getActiveResourcesInfo().includes('Timeout'));
      process.exit();`;
    const {stdout} = await run(process.execPath, ['--input-type=module', '-e', script]);
    assert.equal(stdout.trim(), 'false');
  });

  for (const [flags, complaint] of [
    [['--prot', '1'], "Unknown option '--prot'"],
    [['--port', 'abc'], '--port takes the number of a port, not "abc".'],
    [['--server-port', '99999'], '--server-port takes the number of a port, not "99999".'],
  ] as const) {
    it(`says what is wrong with ${flags.join(' ')}, and how it is called, and starts nothing`, async () => {
      const started = run(process.execPath, [join(tools, 'start.mjs'), ...flags], {timeout: 60_000});
      await assert.rejects(started, ({code, stdout, stderr}: {code: number; stdout: string; stderr: string}) => {
        const [first = '', ...rest] = stderr.split('\n');
        assert.ok(first.startsWith(complaint), stderr);
        assert.ok(rest.some((line) => line.startsWith('Usage: npm start')) && !stderr.includes('    at '), stderr);
        return code === 2 && stdout === '';
      });
    });
  }

  it('says that a port is taken, and leaves nothing in the folder it is called from', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const cwd = mkdtempSync(join(tmpdir(), 'ws-chat-start-'));
    try {
      const {port} = taken.address() as AddressInfo;
      const started = run(process.execPath, [join(tools, 'start.mjs'), '--server-port', String(port)], {cwd});
      await assert.rejects(started, /Port \d+ is taken\./u);
      assert.deepEqual(readdirSync(cwd), []);
    } finally {
      taken.close();
      rmSync(cwd, {recursive: true});
    }
  });
});

describe('a tool that is called wrongly', () => {
  for (const [tool, flags, complaint] of [
    ['tools/test.mjs', ['--wrong'], "Unknown option '--wrong'"],
    ['tools/test.mjs', ['--only', 'lint,nothing'], 'No step is named "nothing"; --list names them.'],
    ['tools/e2e.mjs', ['--wrong'], "Unknown option '--wrong'."],
    ['tools/e2e.mjs', ['--browser', 'netscape'], 'No browser is named "netscape".'],
    ['tools/build.mjs', ['--watch'], "Unknown option '--watch'."],
    ['tools/node-tests.mjs', ['test/lint', 'test/nowhere'], 'There is no test at test/nowhere.'],
    ['tools/pin.mjs', ['--chek'], "Unknown option '--chek'"],
    ['tools/manifest.mjs', ['--chek'], "Unknown option '--chek'"],
    ['size.mjs', ['--wrong'], "Unknown option '--wrong'"],
  ] as const) {
    it(`says so: ${tool} ${flags.join(' ')}`, async () => {
      const started = run(process.execPath, [join(root, 'test', tool), ...flags], {timeout: 60_000});
      await assert.rejects(started, ({code, stdout, stderr}: {code: number; stdout: string; stderr: string}) => {
        assert.equal(stderr.split('\n')[0], complaint);
        assert.match(stderr, /^Usage: npm /mu);
        assert.doesNotMatch(stderr, /^ {4}at /mu);
        return code === 2 && stdout === '';
      });
    });
  }

  it('says what to install where it finds no browser', async () => {
    const {CHROMIUM_PATH: _, ...env} = process.env;
    const started = run(process.execPath, [join(tools, 'e2e.mjs')], {env: {...env, PATH: ''}, timeout: 60_000});
    await assert.rejects(
      started,
      ({code, stderr}: {code: number; stderr: string}) =>
        code === 1 && stderr === 'chromium is missing: install Chromium or Chrome, or set CHROMIUM_PATH.\n',
    );
  });

  it('builds into no folder that holds something else, which would go', async () => {
    mkdirSync(join(root, '.cache'), {recursive: true});
    const folder = mkdtempSync(join(root, '.cache/no-build-'));
    try {
      writeFileSync(join(folder, 'precious.txt'), '');
      await assert.rejects(
        run(process.execPath, [join(tools, 'build.mjs'), relative(root, folder)]),
        ({code, stderr}: {code: number; stderr: string}) => code === 2 && stderr.includes('holds something else than a build'),
      );
      assert.deepEqual(readdirSync(folder), ['precious.txt']);
    } finally {
      rmSync(folder, {recursive: true});
    }
  });
});
