import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {INTERNAL_NAMES} from '../tools/internal-names.mjs';
import {BESIDE, sourcesBeside} from '../tools/load-beside.mjs';
import {dist, root} from './package-info.js';

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\/|^ *\/\/.*$/gm, '');
}

function wordsOf(...files: readonly string[]): ReadonlySet<string> {
  const code = files.map((file) => withoutComments(readFileSync(file, 'utf8')));
  return new Set(code.join('\n').match(/[A-Za-z_$][\w$]*/g));
}

function below(folder: string, name: RegExp): readonly string[] {
  const files = readdirSync(folder, {recursive: true, encoding: 'utf8'});
  return files.filter((file) => name.test(file)).map((file) => join(folder, file));
}

const beside = (await Promise.all(Object.keys(BESIDE).map(sourcesBeside))).flat();

describe('the names that dist/ws-chat.js shortens', () => {
  const src = join(root, 'src');
  const places: Readonly<Record<string, readonly string[]>> = {
    'what a page may call': [
      ...below(
        dist,
        /^(?:client|connection)\/types\.d\.ts$|^api\/(?:chat|rest-chat)-api\.d\.ts$|^context\/chat-controller\.d\.ts$/,
      ),
      ...below(dist, /^model\/(?!resources).*\.d\.ts$|^logging\/logger\.d\.ts$|^i18n\/.*\.d\.ts$/),
      join(root, 'custom-elements.json'),
    ],
    'what a backend sends and takes': [join(src, 'api/openapi.json'), ...below(src, /^model\/resources\/.*\.ts$/)],
    'the files beside the script': beside.map((file) => join(root, file)),
    'what tabs tell one another': [join(src, 'client/tabs.ts')],
    'the browser and lit': [
      ...below(join(root, 'node_modules/typescript/lib'), /^lib\.(?:dom|es).*\.d\.ts$/),
      ...below(join(root, 'node_modules/lit-html'), /^(?:lit-html|directive)\.js$/),
      ...below(join(root, 'node_modules/@lit/reactive-element'), /^reactive-element\.js$/),
    ],
  };
  for (const [place, files] of Object.entries(places)) {
    it(`are not in ${place}`, () => {
      assert.ok(files.length > 0);
      const words = wordsOf(...files);
      assert.deepEqual(
        INTERNAL_NAMES.filter((name) => words.has(name)),
        [],
      );
    });
  }

  it('are in the sources, and in no text there', () => {
    const code = below(src, /^(?!testing\/|cli\/).*\.ts$/).map((file) => withoutComments(readFileSync(file, 'utf8')));
    for (const name of INTERNAL_NAMES) {
      assert.ok(
        code.some((text) => text.includes(name)),
        name,
      );
      assert.ok(!code.some((text) => new RegExp(`['"\`]${name}['"\`]`).test(text)), name);
    }
  });
});
