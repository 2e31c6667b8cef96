import assert from 'node:assert/strict';
import {execFile, execFileSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {promisify} from 'node:util';
import {Backend, type Account} from '../e2e/backend/backend.js';
import {filesBelow, root} from '../package/package-info.js';
import {cannotOpen, PageServer} from '../package/page-server.js';
import {freePort} from '../tools/processes.mjs';
import {integrityOf, versionedName} from '../tools/integrity.mjs';

const run = promisify(execFile);
const viteVersion = (createRequire(import.meta.url)('vite/package.json') as {version: string}).version;

/** An app that somebody has just made: what it installs beside the package, how it is built, and its tag for the script. */
interface App {
  readonly packages: readonly string[];
  readonly build: readonly string[];
  readonly script: string;
}

const APPS: Readonly<Record<string, App>> = {
  vite: {packages: [`vite@${viteVersion}`], build: ['vite', 'build'], script: '<script type="module" src="/main.js"></script>'},
  webpack: {
    packages: ['webpack@5.113.0', 'webpack-cli@7.3.1'],
    build: ['webpack', '--mode', 'production', '--entry', './main.js', '--output-path', './dist'],
    script: '<script src="/dist/main.js"></script>',
  },
};

describe('the packed package', {skip: cannotOpen}, () => {
  const server = new PageServer();
  let backend: Backend;
  let ali: Account;
  let vali: Account;
  let folder: string;
  let tarball: string;
  let markup: string;

  before(async () => {
    // Outside of the repository, where nothing but what is installed can be found.
    folder = mkdtempSync(join(tmpdir(), 'ws-chat-consumer-'));
    const flags = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
    tarball = join(folder, execFileSync('npm', flags, {cwd: root, encoding: 'utf8'}).trim().split('\n').at(-1) ?? '');
    backend = new Backend({server: 'embedded', port: await freePort(), reverbPort: 0});
    await Promise.all([backend.start(), server.start()]);
    [ali, vali] = await Promise.all([backend.signIn('ali@example.com'), backend.signIn('vali@example.com')]);
    const {hostname, port} = new URL(backend.url);
    markup = `<chat-connection manual app-key="demo-key" scheme="http" ws-host="${hostname}" ws-port="${port}" user-id="${ali.id}"
      api-base="${backend.url}/api" auth-endpoint="${backend.url}/broadcasting/auth">
      <chat-conversation conversation-id="1" style="height: 400px"></chat-conversation></chat-connection>`;
  });

  after(async () => {
    await server.stop();
    await backend.dispose();
    rmSync(folder, {recursive: true, force: true});
  });

  /** Makes an app, installs, and builds it. Resolves with its folder. */
  async function make(name: string, {packages, build, script}: App): Promise<string> {
    const cwd = join(folder, name);
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'package.json'), JSON.stringify({name: `consumer-${name}`, private: true, type: 'module'}));
    writeFileSync(join(cwd, 'main.js'), `import 'ws-chat-elements';\n`);
    writeFileSync(join(cwd, 'index.html'), `<!doctype html><html lang="en"><body>${markup}${script}</body></html>`);
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
    await run('npm', ['install', ...flags, tarball, ...packages], {cwd});
    await run('npx', ['--no-install', ...build], {cwd});
    return cwd;
  }

  /** Opens a page, signs in, and sees that a message comes in and one is stored. */
  async function talk(path: string, name: string): Promise<void> {
    const {page, complaints} = await server.open(path);
    await page.evaluate(`customElements.whenDefined('chat-connection').then(() => {
      const connection = document.querySelector('chat-connection');
      connection.token = '${ali.token}';
      return connection.connect();
    })`);
    await page.locator('chat-message').first().waitFor();
    await backend.write(vali, '1', `To ${name}`);
    await page.locator('chat-message', {hasText: `To ${name}`}).waitFor();
    const stored = page.waitForResponse((response) => response.request().method() === 'POST' && response.status() === 201);
    await page.locator('chat-composer textarea').fill(`From ${name}`);
    await page.keyboard.press('Enter');
    await stored;
    await page.locator('chat-message', {hasText: `From ${name}`}).waitFor();
    assert.deepEqual(complaints, []);
    await page.close();
  }

  for (const [name, app] of Object.entries(APPS)) {
    it(`talks from a new app of ${name}`, {timeout: 300_000}, async () => {
      const built = await make(name, app);
      for (const file of filesBelow(join(built, 'dist'))) {
        if (!/\.(js|html|css)$/u.test(file)) continue;
        const text = readFileSync(join(built, 'dist', file), 'utf8');
        server.put(`/${name === 'webpack' ? `dist/${file}` : file}`, text);
      }
      if (name === 'webpack') server.put('/index.html', readFileSync(join(built, 'index.html'), 'utf8'));
      await talk('/index.html', name);
    });
  }

  it('talks from a plain page that pins the script by its hash', async () => {
    execFileSync('tar', ['-xzf', tarball, '-C', folder]);
    const from = join(folder, 'package/dist');
    const copied = join(folder, 'js');
    cpSync(from, copied, {recursive: true, filter: (path) => path === from || /ws-chat[^/]*\.js$/u.test(path)});
    for (const file of filesBelow(copied)) server.put(`/js/${file}`, readFileSync(join(copied, file), 'utf8'));
    const integrity = integrityOf(join(copied, versionedName()));
    const script = `<script src="/js/${versionedName()}" integrity="${integrity}" crossorigin="anonymous"></script>`;
    server.put('/plain.html', `<!doctype html><html lang="en"><body>${markup}${script}</body></html>`);
    await talk('/plain.html', 'plain');
  });
});
