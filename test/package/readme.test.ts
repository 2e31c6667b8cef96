import assert from 'node:assert/strict';
import {execFile, execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {promisify} from 'node:util';
import {compile} from 'svelte/compiler';
import ts from 'typescript';
import {compileScript, compileTemplate, parse} from 'vue/compiler-sfc';
import {readListenOptions} from '../../src/cli/listen/listen-options.js';
import {which} from '../tools/browsers.mjs';
import {filesBelow, root} from './package-info.js';
import {documents, snippets, textOf, typeErrors, type Snippet} from './snippets.js';

const run = promisify(execFile);

interface Declaration {
  readonly tagName?: string;
  readonly attributes?: readonly {readonly name: string}[];
  readonly members?: readonly {readonly name: string; readonly kind: string; readonly readonly?: boolean}[];
  readonly events?: readonly {readonly name: string}[];
}

const manifest = JSON.parse(textOf('custom-elements.json')) as {
  readonly modules: readonly {readonly declarations?: readonly Declaration[]}[];
};
const elements = new Map(
  manifest.modules
    .flatMap(({declarations = []}) => declarations)
    .flatMap((declaration) => (declaration.tagName === undefined ? [] : [[declaration.tagName, declaration] as const])),
);

const names = (list: readonly {readonly name: string}[] | undefined): readonly string[] => (list ?? []).map(({name}) => name);

/** Attributes that every element takes, and what frameworks put around the names of ours. */
const EVERYWHERE = new Set(['class', 'style', 'id', 'slot', 'hidden', 'dir', 'lang', 'ref', 'v-if']);

/** What is wrong with the tags of ours in a piece of markup. */
function problemsOf(markup: string): readonly string[] {
  return [...markup.matchAll(/<([a-z]+-[a-z-]+)((?:\s+[^\s>=/]+(?:="[^"]*")?)*)\s*\/?>/gu)].flatMap(([, tag = '', rest = '']) => {
    const element = elements.get(tag);
    if (!element) return [`<${tag}> is none of ours`];
    const properties = (element.members ?? []).filter(({kind, readonly}) => kind === 'field' && !readonly);
    const known = new Set([
      ...names(element.attributes),
      ...names(element.events),
      ...names(properties).map((name) => `${name}.prop`),
    ]);
    const given = [...rest.matchAll(/\s([^\s=]+)(?:="[^"]*")?/gu)]
      .map(([, name = '']) => name.replace(/^[@:([]+|[)\]]+$/gu, ''))
      .filter((name) => !known.has(name));
    const kebab = given.map((name) => name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`));
    return kebab.filter((name) => !known.has(name) && !EVERYWHERE.has(name)).map((name) => `<${tag}> has no ${name}`);
  });
}

describe('the snippets of the readme and the guides', () => {
  const scripts = snippets('vue', 'svelte').map((component) => {
    const [, code = ''] = /<script[^>]*>(.*?)<\/script>/su.exec(component.code) ?? [];
    return {...component, language: 'ts', code};
  });
  const typed = [...snippets('ts', 'tsx'), ...scripts];
  let errors: ReadonlyMap<Snippet, readonly string[]>;
  let folder: string;

  before(() => {
    errors = typeErrors(typed);
    mkdirSync(join(root, '.cache'), {recursive: true});
    folder = mkdtempSync(join(root, '.cache/snippets-'));
  });

  after(() => rmSync(folder, {recursive: true, force: true}));

  for (const snippet of typed) {
    it(`${snippet.title} compiles`, () => assert.deepEqual(errors.get(snippet), []));
  }

  for (const {title, code} of typed.filter(({mark}) => mark === 'run')) {
    it(`${title} prints what it says`, async () => {
      const file = join(folder, 'snippet.mts');
      writeFileSync(file, code);
      const {stdout} = await run(process.execPath, ['--import', 'tsx', file], {cwd: root, timeout: 30_000});
      const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gmu)].map(([, text]) => text);
      assert.ok(promised.length > 0);
      assert.deepEqual(stdout.trim().split('\n'), promised);
    });
  }

  for (const {title, code} of snippets('html')) {
    it(`${title} uses tags and attributes that there are`, () => {
      assert.deepEqual(problemsOf(code), []);
      for (const [, script = ''] of code.matchAll(/<script>(.*?)<\/script>/gsu)) {
        const {diagnostics = []} = ts.transpileModule(script, {reportDiagnostics: true});
        assert.deepEqual(diagnostics, []);
      }
    });
  }

  for (const {title, code} of snippets('vue')) {
    it(`${title} compiles`, () => {
      const {descriptor, errors: broken} = parse(code);
      assert.deepEqual(broken, []);
      const {bindings} = compileScript(descriptor, {id: 'snippet'});
      const source = descriptor.template?.content ?? '';
      const options = {isCustomElement: (tag: string) => elements.has(tag), ...(bindings && {bindingMetadata: bindings})};
      const template = compileTemplate({id: 'snippet', filename: 'Snippet.vue', source, compilerOptions: options});
      assert.deepEqual([...template.errors, ...template.tips], []);
      assert.deepEqual(problemsOf(source), []);
    });
  }

  for (const {title, code} of snippets('svelte')) {
    it(`${title} can be rendered`, () => {
      assert.deepEqual(compile(code, {filename: 'Snippet.svelte'}).warnings, []);
    });
  }

  for (const {title, code} of snippets('php')) {
    it(`${title} is PHP`, {skip: which('php') === null ? 'PHP is missing' : false}, () => {
      const file = join(folder, 'snippet.php');
      // Pieces of a chain of calls, as they stand in a file that is there already.
      writeFileSync(file, `<?php\n${code.startsWith('->') ? `$application${code};` : code}`);
      execFileSync('php', ['-l', file], {stdio: 'pipe'});
    });
  }

  for (const {title, code} of snippets('php').filter((snippet) => snippet.code.includes('withBroadcasting'))) {
    it(`${title} lets in who comes with a cookie, as the reference backend does`, () => {
      const middleware = (php: string) => php.match(/\w+::class(?=,)|'(?:auth|throttle):\w+'/gu) ?? [];
      const backend = middleware(readFileSync(join(root, 'demo/laravel/bootstrap/app.php'), 'utf8'));
      const shown = middleware(code);
      assert.ok(shown.length > 0);
      assert.deepEqual(shown, backend.slice(0, shown.length));
      assert.match(code, /->statefulApi\(\)/u);
    });
  }

  for (const {title, code} of snippets('ini')) {
    it(`${title} sets what the reference backend reads`, () => {
      const backend = ['.env.example', ...filesBelow(join(root, 'demo/laravel/config')).map((name) => `config/${name}`)]
        .map((name) => readFileSync(join(root, 'demo/laravel', name), 'utf8'))
        .join('\n');
      const unknown = [...code.matchAll(/^([A-Z_]+)=/gmu)].map(([, name = '']) => name).filter((name) => !backend.includes(name));
      assert.deepEqual(unknown, []);
    });
  }

  for (const {title, code} of snippets('sh')) {
    it(`${title} calls commands that there are`, () => {
      const {scripts} = JSON.parse(textOf('package.json')) as {scripts: Readonly<Record<string, string>>};
      const called = [...code.matchAll(/^npm (?:run )?([\w:]+)/gmu)].map(([, name = '']) => name);
      assert.deepEqual(
        called.filter((name) => name !== 'install' && !(name in scripts)),
        [],
      );
      for (const [, flags = ''] of code.matchAll(/ws-chat listen (.*)$/gmu)) {
        readListenOptions(flags.replaceAll('"$TOKEN"', 'token').split(' '), {});
      }
    });
  }
});

describe('the readme', () => {
  const readme = textOf('README.md');

  it('lists every element with its attributes and events, and nothing that there is not', () => {
    const rows = new Map(
      [...readme.matchAll(/^\| `<([a-z-]+)>` \|([^|]*)\|[^|]*\|([^|]*)\|$/gmu)].map(([, tag = '', ...cells]) => [tag, cells]),
    );
    assert.deepEqual([...rows.keys()].sort(), [...elements.keys()].sort());
    for (const [tag, {attributes, events}] of elements) {
      const [ownAttributes, ownEvents] = (rows.get(tag) ?? []).map((cell) =>
        [...cell.matchAll(/`([^`]+)`/gu)].map(([, name]) => name).sort(),
      );
      // Every element has an `id`. That of a connection is named there, as others refer to it.
      const known = tag === 'chat-connection' ? ['id'] : [];
      assert.deepEqual(ownAttributes, [...known, ...names(attributes)].sort(), tag);
      assert.deepEqual(ownEvents, [...names(events)].sort(), tag);
    }
  });

  for (const path of [...documents, 'CONTRIBUTING.md']) {
    it(`${path} leads to files that there are`, () => {
      const targets = [...textOf(path).matchAll(/\]\((?!https?:|#|\?)([^)#\s]+)/gu)].map(([, target = '']) => target);
      assert.deepEqual(
        targets.filter((target) => !existsSync(join(root, dirname(path), target))),
        [],
      );
    });

    it(`${path} names tokens that there are`, () => {
      const styles = filesBelow(join(root, 'src')).filter((name) => name.endsWith('.ts'));
      const source = styles.map((name) => readFileSync(join(root, 'src', name), 'utf8')).join('\n');
      const palette = [...source.matchAll(/^ {2}'?([a-z-]+)'?: \['#/gmu)].map(([, role = '']) => `--chat-color-${role}`);
      const used = new Set([...textOf(path).matchAll(/--chat-[a-z-]*[a-z]/gu)].map(([name]) => name));
      assert.deepEqual(
        [...used].filter((name) => name !== '--chat-color' && !source.includes(name) && !palette.includes(name)),
        [],
      );
    });
  }
});

describe('the readme of the Laravel backend', () => {
  const backend = join(root, 'demo/laravel');

  it('names all that is to be copied', () => {
    const readme = readFileSync(join(backend, 'README.md'), 'utf8');
    const table = readme.slice(readme.indexOf('## What to copy'), readme.indexOf('## Routes'));
    const named = [...table.matchAll(/`([a-z]+\/[^`]+)`/gu)].flatMap(([, path = '']) => {
      const [before = '', list = '', after = ''] = path.split(/[{}]/u);
      return list === '' ? [path.replace('*', '')] : list.split(',').map((name) => before + name + after);
    });
    const files = ['app', 'routes'].flatMap((folder) => filesBelow(join(backend, folder)).map((name) => `${folder}/${name}`));
    // The page of the demo itself.
    const missing = files.filter((name) => name !== 'routes/web.php' && !named.some((path) => name.startsWith(path)));
    assert.deepEqual(missing, []);
  });
});
