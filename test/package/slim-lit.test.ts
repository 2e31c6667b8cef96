import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {describe, it} from 'node:test';
import {slimLit} from '../tools/slim-lit.mjs';

const file = createRequire(import.meta.url)
  .resolve('@lit/reactive-element')
  .replace(/node\/(?=reactive-element\.js$)/u, '');
const code = readFileSync(file, 'utf8');

/** What the script has of this source of Lit's. */
function slim(source: string): string {
  const {transform} = slimLit() as {transform: (code: string, id: string) => {code: string} | null};
  return transform(source, file)?.code ?? source;
}

describe('Lit in dist/ws-chat.js', () => {
  it('knows nothing of standard decorators and of a static `properties`', () => {
    const shorter = slim(code);
    assert.doesNotMatch(shorter, /litPropertyMetadata|Symbol\.metadata|this\.properties/u);
    assert.match(shorter, /this\._\$Ei\(\);this\._\$Eh=new Map/u);
  });

  it('is built no more once there is something between what is left out', () => {
    const newer = code.replace('const t=this[Symbol.metadata]', 'this.somethingNew();const t=this[Symbol.metadata]');
    assert.notEqual(newer, code);
    assert.throws(() => slim(newer), /once, found it 0 times/u);
  });
});
