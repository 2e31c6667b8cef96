import assert from 'node:assert/strict';
import {execFile, execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import {Backend, type Account} from '../e2e/backend/backend.js';
import {root} from '../package/package-info.js';
import {PageServer, type OpenPage} from '../package/page-server.js';
import {freePort} from '../tools/processes.mjs';

/** Runs a program. Where it fails, what it wrote says why. */
async function run(program: string, args: readonly string[], options: {cwd: string; env?: NodeJS.ProcessEnv}): Promise<void> {
  try {
    await promisify(execFile)(program, args, {...options, maxBuffer: 2 ** 24});
  } catch (error) {
    const {stdout = '', stderr = ''} = error as {stdout?: string; stderr?: string};
    throw new Error(`${program} ${args.join(' ')}\n${stdout}\n${stderr}`, {cause: error});
  }
}

/** Where apps are made of the packed package: a folder, a backend that two people talk through, and a browser. */
export class Workshop {
  // Outside of the repository, where nothing but what is installed can be found.
  readonly folder = mkdtempSync(join(tmpdir(), 'ws-chat-consumer-'));
  readonly server = new PageServer();
  /** The packed package. */
  readonly tarball: string;
  readonly backend: Backend;
  /** Who uses the page. */
  readonly ali: Account;
  readonly #vali: Account;

  private constructor(backend: Backend, ali: Account, vali: Account) {
    [this.backend, this.ali, this.#vali] = [backend, ali, vali];
    const flags = ['pack', '--ignore-scripts', '--silent', '--pack-destination', this.folder];
    const packed = execFileSync('npm', flags, {cwd: root, encoding: 'utf8'});
    this.tarball = join(this.folder, packed.trim().split('\n').at(-1) ?? '');
  }

  static async open(): Promise<Workshop> {
    const backend = new Backend({server: 'embedded', port: await freePort(), reverbPort: 0});
    await backend.start();
    const [ali, vali] = await Promise.all([backend.signIn('ali@example.com'), backend.signIn('vali@example.com')]);
    const workshop = new Workshop(backend, ali, vali);
    await workshop.server.start();
    return workshop;
  }

  async close(): Promise<void> {
    await this.server.stop();
    await this.backend.dispose();
    rmSync(this.folder, {recursive: true, force: true, maxRetries: 3});
  }

  /** What a connection needs to reach the backend, by the names of its attributes. */
  get settings(): Readonly<Record<string, string | number>> {
    const {hostname, port} = new URL(this.backend.url);
    return {
      'app-key': 'demo-key',
      scheme: 'http',
      'ws-host': hostname,
      'ws-port': Number(port),
      'api-base': `${this.backend.url}/api`,
      'auth-endpoint': `${this.backend.url}/broadcasting/auth`,
    };
  }

  /** Makes an app of these files, and installs the package and others. Resolves with its folder. */
  async make(name: string, files: Readonly<Record<string, string>>, packages: readonly string[]): Promise<string> {
    const cwd = join(this.folder, name);
    const packageFile = JSON.stringify({name: `consumer-${name}`, private: true, type: 'module'});
    for (const [file, text] of Object.entries({'package.json': packageFile, ...files})) {
      mkdirSync(dirname(join(cwd, file)), {recursive: true});
      writeFileSync(join(cwd, file), text);
    }
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
    await run('npm', ['install', ...flags, this.tarball, ...packages], {cwd});
    return cwd;
  }

  /** Calls a command that the app has installed. */
  async call(cwd: string, command: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
    await run('npx', ['--no-install', ...command], {cwd, env: {...process.env, ...env}});
  }

  /** Sees on a page where Ali is connected that a message comes in and one is stored, and that it complains about nothing. */
  async talk({page, complaints}: OpenPage, name: string): Promise<void> {
    await page.locator('chat-message').first().waitFor();
    await this.backend.write(this.#vali, '1', `To ${name}`);
    await page.locator('chat-message', {hasText: `To ${name}`}).waitFor();
    const stored = page.waitForResponse((response) => response.request().method() === 'POST' && response.status() === 201);
    await page.locator('chat-composer textarea').fill(`From ${name}`);
    await page.keyboard.press('Enter');
    await stored;
    await page.locator('chat-message', {hasText: `From ${name}`}).waitFor();
    assert.deepEqual(complaints, []);
    await page.close();
  }
}
