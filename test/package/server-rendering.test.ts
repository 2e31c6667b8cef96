import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {after, before, describe, it} from 'node:test';
import {promisify} from 'node:util';
import {build} from 'esbuild';
import {cannotOpen, PageServer} from './page-server.js';
import {root} from './package-info.js';

const run = promisify(execFile);

const MESSAGE = `{id: 1, content: 'Salom! https://example.com', sender: {id: 2, name: 'Vali'}, createdAt: '2026-01-16T09:42:00Z'}`;

/** What a server renders of each element, and what the page sets on it before it hydrates. */
const CASES: Readonly<Record<string, {readonly template: string; readonly set?: string; readonly shows: string}>> = {
  'chat-message': {
    template: `<chat-message .message=\${${MESSAGE}}></chat-message>`,
    set: `element.message = ${MESSAGE}`,
    shows: 'Salom!',
  },
  'chat-composer': {template: '<chat-composer value="Half a sent"></chat-composer>', shows: 'textarea'},
  'chat-message-list': {
    template: `<chat-message-list .messages=\${[${MESSAGE}]}></chat-message-list>`,
    set: `element.messages = [${MESSAGE}]`,
    shows: 'aria-label="Messages"',
  },
  'typing-indicator': {
    template: `<typing-indicator .users=\${[{id: 2, name: 'Vali'}]}></typing-indicator>`,
    set: `element.users = [{id: 2, name: 'Vali'}]`,
    shows: 'Vali is typing',
  },
  'ws-status-banner': {template: '<ws-status-banner always></ws-status-banner>', shows: 'aria-live'},
  'chat-toast': {template: '<chat-toast></chat-toast>', shows: 'aria-live'},
  'chat-connection': {
    template: `<chat-connection manual><chat-conversation conversation-id="1" heading="Vali"></chat-conversation></chat-connection>`,
    shows: 'Vali',
  },
};

/** Renders in a Node of its own, as a server does: importing the package, and Lit's renderer. */
async function renderOnServer(): Promise<Readonly<Record<string, string>>> {
  const templates = Object.entries(CASES).map(([name, {template}]) => `${JSON.stringify(name)}: html\`${template}\``);
  const code = `
    import {render} from '@lit-labs/ssr';
    import {collectResult} from '@lit-labs/ssr/lib/render-result.js';
    import {html} from 'lit';
    import 'ws-chat-elements';
    const found = {};
    for (const [name, template] of Object.entries({${templates.join(', ')}})) found[name] = await collectResult(render(template));
    console.log(JSON.stringify(found));`;
  const {stdout} = await run(process.execPath, ['--input-type=module', '-e', code], {cwd: root, maxBuffer: 2 ** 24});
  return JSON.parse(stdout) as Record<string, string>;
}

/** The page's script: Lit's support for hydration comes before the elements. */
const HYDRATE = `
  import '@lit-labs/ssr-client/lit-element-hydrate-support.js';
  import 'ws-chat-elements';`;

/** Every element below a node, through shadow roots. */
const ALL = `const all = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);`;

describe('a server that renders the elements', {skip: cannotOpen}, () => {
  const server = new PageServer();
  let rendered: Readonly<Record<string, string>>;

  before(async () => {
    const bundle = build({
      stdin: {contents: HYDRATE, resolveDir: root},
      bundle: true,
      write: false,
      format: 'iife',
      conditions: ['production'],
      logLevel: 'silent',
    });
    [rendered] = await Promise.all([renderOnServer(), server.start()]);
    server.put('/hydrate.js', (await bundle).outputFiles[0]?.text ?? '');
  });

  after(() => server.stop());

  for (const [tag, {set = '', shows}] of Object.entries(CASES)) {
    it(`shows <${tag}> before any script, and keeps every node when the script comes`, async () => {
      const html = rendered[tag] ?? '';
      assert.ok(html.includes('<template shadowroot'), html.slice(0, 200));
      assert.ok(html.includes(shows), html);
      server.put(
        '/page',
        `<!doctype html><html lang="en"><body>${html}
        <script>
          ${ALL}
          const element = document.querySelector('${tag}');
          window.before = all(document.body).filter((one) => !['script', 'style'].includes(one.localName));
          window.look = () => before.map((one) => { const {x, y, width, height} = one.getBoundingClientRect(); return [one.localName, x, y, width, height].join(' '); });
          window.looked = look();
          ${set};
        </script><script src="/hydrate.js"></script>`,
      );
      const {page, complaints} = await server.open('/page');
      const seen = await page.evaluate<{count: number; lost: string[]; doubled: number}>(`(async () => {
        await Promise.all(before.map((one) => one.updateComplete));
        const now = all(document.body);
        const roots = before.filter((one) => one.shadowRoot && one.localName.includes('-'));
        return {
          count: before.length,
          lost: before.filter((one) => !now.includes(one)).map((one) => one.outerHTML),
          // Rendered again beside what was there, everything would be there twice.
          doubled: roots.filter((one) => one.shadowRoot.querySelectorAll('[part=scroller], [part=input], [part=bubble], section, dialog').length > 2).length,
        };
      })()`);
      assert.ok(seen.count > 1);
      assert.deepEqual(seen.lost, []);
      assert.equal(seen.doubled, 0);
      if (tag !== 'chat-message-list' && tag !== 'chat-connection')
        assert.deepEqual(await page.evaluate('look()'), await page.evaluate('looked'));
      if (tag === 'chat-message-list') await page.locator('chat-message', {hasText: 'Salom!'}).waitFor();
      assert.deepEqual(complaints, []);
      await page.close();
    });
  }

  it('shows the words of the language of the page once the script has come', async () => {
    const bundle = await build({
      stdin: {
        contents: `${HYDRATE}
          import {registerLocale} from 'ws-chat-elements';
          import uz from 'ws-chat-elements/locales/uz.js';
          registerLocale(uz);`,
        resolveDir: root,
      },
      bundle: true,
      write: false,
      format: 'iife',
      conditions: ['production'],
      logLevel: 'silent',
    });
    server.put('/uzbek.js', bundle.outputFiles[0]?.text ?? '');
    server.put('/uzbek', `<!doctype html><html lang="uz"><body>${rendered['chat-composer']}<script src="/uzbek.js"></script>`);
    const {page, complaints} = await server.open('/uzbek');
    await page.evaluate(`document.querySelector('chat-composer').updateComplete`);
    const field = page.locator('chat-composer textarea');
    assert.deepEqual(
      [await field.getAttribute('placeholder'), await field.getAttribute('aria-label')],
      ['Xabar', 'Xabar yozish'],
    );
    assert.deepEqual(complaints, []);
    await page.close();
  });
});

describe('a server that only imports', () => {
  const doors = ['', '/core', '/classes', '/testing', '/react', '/define/chat-conversation.js', '/locales/uz.js', '/types/vue'];
  for (const condition of ['node', 'react-server', 'workerd', 'edge-light']) {
    it(`opens every door under the condition ${condition}, in any order and twice`, async () => {
      const code = `for (const door of [...${JSON.stringify(doors)}, ...${JSON.stringify(doors.toReversed())}]) await import('ws-chat-elements' + door);
        console.log('opened', typeof window, typeof document);`;
      // What React has for server components knows no hooks: the wrappers are for clients, and say so.
      const list = condition === 'react-server' ? code.replaceAll('"/react",', '') : code;
      const {stdout} = await run(process.execPath, ['--conditions', condition, '--input-type=module', '-e', list], {cwd: root});
      assert.equal(stdout.trim(), 'opened undefined undefined');
    });
  }
});
