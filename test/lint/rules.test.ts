import assert from 'node:assert/strict';
import {cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {ESLint} from 'eslint';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A small house in which nearly everything is wrong. */
const HOUSE: Readonly<Record<string, string>> = {
  'src/index.ts': `export {};`,
  'src/model/thing.ts': `import '../index.js';\nexport const thing = 1;`,
  'src/model/circle-a.ts': `import {b} from './circle-b.js';\nexport const a = (): number => b();`,
  'src/model/circle-b.ts': `import {a} from './circle-a.js';\nexport const b = (): number => a();`,
  'src/client/client.ts': `export class Client {}`,
  'src/api/api.ts': `import {Client} from '../client/client.js';\nexport const api = new Client();`,
  'src/store/good.ts': `import {thing} from '../model/thing.js';\nexport const good = thing;`,
  'src/store/time.ts': `export const now = (): number => Date.now();\nexport const later = setTimeout(() => now(), 1);\nexport const today = new Date();`,
  'src/store/lit.ts': `import {html} from 'lit';\nexport const t = html\`x\`;`,
  'src/connection/pusher-client.ts': `import Pusher from 'pusher-js/worker/index.js';\nexport const p = Pusher;`,
  'src/connection/other.ts': `import Pusher from 'pusher-js/worker/index.js';\nexport const p = Pusher;`,
  'src/context/types-only.ts': `import type {Client} from '../client/client.js';\nexport type C = Client;`,
  'src/context/run-time.ts': `import {Client} from '../client/client.js';\nexport const c = new Client();`,
  'src/context/client-provider.ts': `import {Client} from '../client/client.js';\nexport const c = new Client();`,
  'src/elements/html.ts': `export const f = (el: Element, text: string): void => {\n  el.innerHTML = text;\n  el.insertAdjacentHTML('beforeend', text);\n  document.write(text);\n};`,
  'src/elements/unsafe.ts': `import {unsafeHTML} from 'lit/directives/unsafe-html.js';\nexport const u = unsafeHTML;`,
  'src/elements/style.ts': `import {html, type TemplateResult} from 'lit';\nexport const t = (): TemplateResult => html\`<p style="color: red"></p>\`;`,
  'src/elements/words.ts': `import {html, type TemplateResult} from 'lit';\nexport const t = (el: Element, on: boolean, click: () => void): TemplateResult => {\n  el.ariaLabel = 'Close';\n  el.setAttribute('title', 'Close');\n  return html\`<p class="a b" @click=\${click}>Hello \${on ? 'you' : ''}</p>\${html\`<b title="Name" aria-label=\${on ? 'Open' : ''}></b>\`}\`;\n};`,
  'src/elements/no-words.ts': `import {html, type TemplateResult} from 'lit';\nexport const t = (el: Element, word: string): TemplateResult => {\n  el.setAttribute('part', 'a');\n  return html\`<p class=\${word === 'x' ? 'on' : 'off'} aria-label=\${word}>\${word}, \${word === 'y' ? word : '…'}&nbsp;·</p>\`;\n};`,
  'src/elements/any.ts': `export const x = (y: any): unknown => y;\nexport const z = (): unknown => eval('1');`,
  'src/elements/register.ts': `import '../define/tag.js';\nexport {};`,
  'src/define/tag.ts': `export {};`,
  'src/testing/fake.ts': `import '../cli/run.js';\nexport {};`,
  'src/cli/run.ts': `export {};`,
  'test/elements/axe.test.ts': `import {expect} from '@open-wc/testing';\nit('is accessible', () => {\n  expect(document.body).to.be.accessible();\n});`,
  'test/elements/alone.test.ts': `describe.only('one', () => undefined);\ndescribe('two', () => {\n  it.only('three', () => undefined);\n});`,
};

describe('the rules of the house', () => {
  let folder: string;
  const found = new Map<string, string[]>();

  before(async () => {
    mkdirSync(join(root, '.cache'), {recursive: true});
    folder = mkdtempSync(join(root, '.cache/lint-'));
    for (const file of ['eslint.config.js', 'tsconfig.json', 'package.json', 'test/tools/no-bare-words.mjs'])
      cpSync(join(root, file), join(folder, file));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    for (const [path, code] of Object.entries(HOUSE)) {
      mkdirSync(join(folder, dirname(path)), {recursive: true});
      writeFileSync(join(folder, path), `${code}\n`);
    }
    const results = await new ESLint({cwd: folder}).lintFiles(['src', 'test']);
    for (const {filePath, messages} of results) {
      found.set(
        filePath.slice(folder.length + 1),
        messages.map(({ruleId, message}) => ruleId ?? message),
      );
    }
  });

  after(() => rmSync(folder, {recursive: true, force: true}));

  const violations = {
    'a room that imports a room below it': ['src/api/api.ts', 'import-x/no-restricted-paths'],
    'a room that imports a door': ['src/model/thing.ts', 'import-x/no-restricted-paths'],
    'an element that registers another': ['src/elements/register.ts', 'import-x/no-restricted-paths'],
    'helpers that import each other': ['src/testing/fake.ts', 'import-x/no-restricted-paths'],
    'a circle': ['src/model/circle-a.ts', 'import-x/no-cycle'],
    'Lit outside of what is shown': ['src/store/lit.ts', '@typescript-eslint/no-restricted-imports'],
    'pusher-js in a second file': ['src/connection/other.ts', '@typescript-eslint/no-restricted-imports'],
    'a client made by an element': ['src/context/run-time.ts', '@typescript-eslint/no-restricted-imports'],
    'HTML made of text by a directive': ['src/elements/unsafe.ts', '@typescript-eslint/no-restricted-imports'],
    'HTML made of text by the DOM': ['src/elements/html.ts', 'no-restricted-syntax'],
    'a style attribute': ['src/elements/style.ts', 'no-restricted-syntax'],
    'the time of the machine': ['src/store/time.ts', 'no-restricted-properties'],
    'a timer of the machine': ['src/store/time.ts', 'no-restricted-globals'],
    'a date of today': ['src/store/time.ts', 'no-restricted-syntax'],
    any: ['src/elements/any.ts', '@typescript-eslint/no-explicit-any'],
    eval: ['src/elements/any.ts', 'no-eval'],
    'an accessibility check that nobody waits for': ['test/elements/axe.test.ts', 'no-restricted-syntax'],
    'a test that leaves out the others': ['test/elements/alone.test.ts', 'no-restricted-syntax'],
  } as const;

  for (const [what, [path, rule]] of Object.entries(violations)) {
    it(`refuse ${what}`, () => {
      assert.ok(found.get(path)?.includes(rule), `${path}: ${String(found.get(path))}`);
    });
  }

  it('refuse words in each of the six places where a person could read them', () => {
    assert.equal(found.get('src/elements/words.ts')?.filter((rule) => rule === 'house/no-bare-words').length, 6);
  });

  it('refuse each of three ways to make HTML of text', () => {
    assert.equal(found.get('src/elements/html.ts')?.filter((rule) => rule === 'no-restricted-syntax').length, 3);
  });

  for (const path of [
    'src/store/good.ts',
    'src/connection/pusher-client.ts',
    'src/context/types-only.ts',
    'src/context/client-provider.ts',
    'src/elements/no-words.ts',
  ]) {
    it(`allow ${path}`, () => {
      assert.deepEqual(found.get(path), []);
    });
  }
});
