import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
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

  it('says that a port is taken, and leaves nothing in the folder it is called from', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const cwd = mkdtempSync(join(tmpdir(), 'ws-chat-start-'));
    try {
      const {port} = taken.address() as AddressInfo;
      const started = run(process.execPath, [join(tools, 'start.mjs'), '--server-port', String(port)], {cwd});
      await assert.rejects(started, /EADDRINUSE/u);
      assert.deepEqual(readdirSync(cwd), []);
    } finally {
      taken.close();
      rmSync(cwd, {recursive: true});
    }
  });
});
