import {execFileSync} from 'node:child_process';
import {cpSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {filesBelow} from '../package/package-info.js';
import {cannotOpen} from '../package/page-server.js';
import {integrityOf, versionedName} from '../tools/integrity.mjs';
import {Workshop} from './workshop.js';

const viteVersion = (createRequire(import.meta.url)('vite/package.json') as {version: string}).version;

/** An app that somebody has just made: what it installs beside the package, how it is built, and its tag for the script. */
interface App {
  readonly packages: readonly string[];
  readonly build: readonly string[];
  readonly script: string;
}

const APPS: Readonly<Record<string, App>> = {
  vite: {packages: [`vite@${viteVersion}`], build: ['vite', 'build'], script: '<script type="module" src="/main.js"></script>'},
  rollup: {
    packages: ['rollup@4.68.7', '@rollup/plugin-node-resolve@16.0.3'],
    build: ['rollup', 'main.js', '--dir', 'dist', '--plugin', 'node-resolve', '--failAfterWarnings'],
    script: '<script type="module" src="/dist/main.js"></script>',
  },
  webpack: {
    packages: ['webpack@5.113.0', 'webpack-cli@7.3.1'],
    build: ['webpack', '--mode', 'production', '--entry', './main.js', '--output-path', './dist'],
    script: '<script src="/dist/main.js"></script>',
  },
};

describe('the packed package', {skip: cannotOpen}, () => {
  let workshop: Workshop;
  let markup: string;

  before(async () => {
    workshop = await Workshop.open();
    const attributes = Object.entries({...workshop.settings, 'user-id': workshop.ali.id});
    markup = `<chat-connection manual ${attributes.map(([name, value]) => `${name}="${value}"`).join(' ')}>
      <chat-conversation conversation-id="1" style="height: 400px"></chat-conversation></chat-connection>`;
  });

  after(() => workshop.close());

  /** Opens a page, signs in, and talks. */
  async function talk(path: string, name: string): Promise<void> {
    const opened = await workshop.server.open(path);
    await opened.page.evaluate(`customElements.whenDefined('chat-connection').then(() => {
      const connection = document.querySelector('chat-connection');
      connection.token = '${workshop.ali.token}';
      return connection.connect();
    })`);
    await workshop.talk(opened, name);
  }

  for (const [name, app] of Object.entries(APPS)) {
    it(`talks from a new app of ${name}`, {timeout: 300_000}, async () => {
      const files = {
        'main.js': `import 'ws-chat-elements';\n`,
        'index.html': `<!doctype html><html lang="en"><body>${markup}${app.script}</body></html>`,
      };
      const built = await workshop.make(name, files, app.packages);
      await workshop.call(built, app.build);
      for (const file of filesBelow(join(built, 'dist'))) {
        if (!/\.(js|html|css)$/u.test(file)) continue;
        const text = readFileSync(join(built, 'dist', file), 'utf8');
        workshop.server.put(`/${name === 'vite' ? file : `dist/${file}`}`, text);
      }
      if (name !== 'vite') workshop.server.put('/index.html', readFileSync(join(built, 'index.html'), 'utf8'));
      await talk('/index.html', name);
    });
  }

  it('talks from a plain page that pins the script by its hash', async () => {
    const {folder, tarball, server} = workshop;
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
