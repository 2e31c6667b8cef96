import assert from 'node:assert/strict';
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {build, type Rolldown} from 'vite';
import {dist} from './package-info.js';

const folder = join(dist, 'themes');

/** A look as the build of a page gives it out. @param file In the folder of the looks. */
async function built(file: string): Promise<string> {
  const input = join(folder, file);
  const output = await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    build: {write: false, rolldownOptions: {input}},
  });
  const made = [output].flat() as readonly Rolldown.RolldownOutput[];
  return made
    .flatMap(({output: files}) => files)
    .map((one) => (one.type === 'asset' && one.fileName.endsWith('.css') ? String(one.source) : ''))
    .join('');
}

describe('the looks, bundled by Vite', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.css'))) {
    it(`${file}: keeps its pairs of colours, whatever color-scheme the page sets, or none`, async () => {
      const css = await built(file);
      assert.match(css, /light-dark\(/u);
      // Lightning CSS puts two colours in a row in place of a pair, one of which goes where the page's own sheet sets a scheme.
      assert.doesNotMatch(css, /lightningcss/u);
    });
  }
});
