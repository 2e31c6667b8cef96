import assert from 'node:assert/strict';
import {execFile, execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {basename, join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {promisify} from 'node:util';
import {publint} from 'publint';
import {formatMessage} from 'publint/utils';
import {dist, filesBelow, root} from './package-info.js';
import {documents} from './snippets.js';

const run = promisify(execFile);
const guides = documents.filter((path) => path.endsWith('.mdx'));

function digests(folder: string): Readonly<Record<string, string>> {
  const hash = (file: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex');
  return Object.fromEntries(filesBelow(folder).map((file) => [file, hash(file)]));
}

describe('what is published', () => {
  let folder: string;

  before(() => {
    mkdirSync(join(root, '.cache'), {recursive: true});
    folder = mkdtempSync(join(root, '.cache/publish-'));
  });

  after(() => rmSync(folder, {recursive: true, force: true}));

  it('has nothing that publint would change', async () => {
    const {messages, pkg} = await publint({pkgDir: root, strict: true, pack: false});
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
    );
  });

  it('gives every importer the right types', async () => {
    const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
    });
    const attw = createRequire(import.meta.url)
      .resolve('@arethetypeswrong/cli/package.json')
      .replace('package.json', 'dist/index.js');
    const file = join(folder, packed.trim().split('\n').at(-1) ?? '');
    const data = ['custom-elements.json', 'web-types.json', 'vscode.html-custom-data.json', 'llms.txt', 'dist/ws-chat.js'];
    const flags = ['--profile', 'esm-only', '--no-color', '--format', 'ascii', '--exclude-entrypoints', ...data];
    const outcome = await run(process.execPath, [attw, file, ...flags]).then(
      () => '',
      (error: unknown) => String((error as {stdout?: string}).stdout),
    );
    assert.equal(outcome, '');
  });

  it('tells language models of every element, with its attributes and events', () => {
    const text = readFileSync(join(dist, 'llms.txt'), 'utf8');
    const {modules} = JSON.parse(readFileSync(join(root, 'custom-elements.json'), 'utf8')) as {
      modules: {
        declarations: {tagName: string; attributes?: {name: string}[]; events?: {name: string}[]}[];
      }[];
    };
    const elements = modules.flatMap(({declarations}) => declarations);
    assert.ok(elements.length > 5);
    for (const {tagName, attributes = [], events = []} of elements) {
      const [, part = ''] = text.split(`### <${tagName}>\n`);
      const names = [...attributes, ...events].map(({name}) => name);
      assert.deepEqual(
        names.filter((name) => !part.split('\n### ')[0]?.includes(`- \`${name}\``)),
        [],
        tagName,
      );
    }
  });

  it('sends language models to files that are there', () => {
    const text = readFileSync(join(dist, 'llms.txt'), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => link);
    assert.deepEqual(
      guides.filter((guide) => !links.includes(`../${guide}`)),
      [],
    );
    assert.deepEqual(
      links.filter((link) => !existsSync(join(dist, link))),
      [],
    );
  });

  it('tells editors of nothing that it has no words for, and of no token in the markup', () => {
    const {modules} = JSON.parse(readFileSync(join(root, 'custom-elements.json'), 'utf8')) as {
      modules: {declarations: Record<string, {name: string; description?: string}[]>[]}[];
    };
    const kinds = ['attributes', 'members', 'events', 'slots', 'cssParts', 'cssProperties'];
    const elements = modules.flatMap(({declarations}) => declarations);
    const told = elements.flatMap((element) => kinds.flatMap((kind) => element[kind] ?? []));
    assert.deepEqual(
      told.filter(({description = ''}) => description === '').map(({name}) => name),
      [],
    );
    const {tags} = JSON.parse(readFileSync(join(dist, 'vscode.html-custom-data.json'), 'utf8')) as {
      tags: {attributes: {name: string}[]}[];
    };
    const attributes = tags.flatMap((tag) => tag.attributes.map(({name}) => name));
    assert.ok(attributes.includes('app-key') && !attributes.includes('token'));
  });

  it('tells editors of no default where there is none to tell', () => {
    for (const file of ['vscode.html-custom-data.json', 'web-types.json']) {
      assert.doesNotMatch(readFileSync(join(dist, file), 'utf8'), /default: undefined/u, file);
    }
  });

  it('brings the licences of what the scripts have of others', () => {
    const licences = readFileSync(join(dist, 'ws-chat.LICENSE.txt'), 'utf8');
    assert.match(licences, /^pusher-js 8\..*Copyright \(c\) 2020 Pusher, Ltd.*THE SOFTWARE IS PROVIDED "AS IS"/msu);
    assert.match(licences, /^@lit\/reactive-element 2\..*Copyright \(c\) 2017 Google LLC.*Redistributions in binary form/msu);
    const maps = filesBelow(dist).filter((file) => file.endsWith('.js.map'));
    const packages = maps.flatMap((file) => {
      const {sources} = JSON.parse(readFileSync(join(dist, file), 'utf8')) as {sources: string[]};
      return sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(source)?.[1] ?? []);
    });
    assert.ok(packages.includes('lit-html'));
    assert.deepEqual(
      packages.filter((name) => !new RegExp(`^(.*, )?${name} \\d`, 'mu').test(licences)),
      [],
    );
  });

  it('contains no source, no test and no secret, but what whoever writes a backend goes by', () => {
    const listed = execFileSync('npm', ['pack', '--ignore-scripts', '--dry-run', '--json'], {cwd: root, encoding: 'utf8'});
    const [{files}] = JSON.parse(listed) as [{files: readonly {path: string}[]}];
    const outside = files.map(({path}) => path).filter((path) => !path.startsWith('dist/'));
    const expected = ['CHANGELOG.md', 'LICENSE', 'README.md', 'custom-elements.json', 'package.json', 'src/api/openapi.json'];
    // To which the readme leads.
    assert.deepEqual(outside.sort(), [...expected, ...guides].sort());
  });

  it('is the same, byte for byte, when it is built again', {timeout: 300_000}, async () => {
    // As deep as the first, as the source map names the sources by their way from there.
    const again = mkdtempSync(join(root, '.again-'));
    try {
      await run(process.execPath, [join(root, 'test/tools/build.mjs'), basename(again)], {cwd: root});
      assert.deepEqual(digests(again), digests(dist));
    } finally {
      rmSync(again, {recursive: true, force: true});
    }
  });
});
