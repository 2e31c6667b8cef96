import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {FRAMEWORK_NAMES} from '../tools/framework-types.mjs';
import {dist, root} from './package-info.js';

const folder = join(root, 'test/types');
const {resolve} = createRequire(import.meta.url);
const projects = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'tsconfig.json')));

/** What a type checker has to say of a project. Each holds what must compile, and, marked as expected errors, what must not. */
function complaintsOf(project: string): Promise<string> {
  const checker = resolve(project === 'vue' ? 'vue-tsc/bin/vue-tsc.js' : 'typescript/bin/tsc');
  return new Promise((done) => {
    execFile(process.execPath, [checker, '--noEmit', '-p', join(folder, project)], (_, stdout, stderr) => done(stdout + stderr));
  });
}

describe('the types for frameworks', () => {
  it('are tried, all of them', () => {
    assert.deepEqual(
      FRAMEWORK_NAMES.filter((name) => !projects.includes(name)),
      [],
    );
    assert.ok(FRAMEWORK_NAMES.every((name) => existsSync(join(dist, `types/${name}.d.ts`))));
  });

  for (const project of projects) {
    it(`take what is right, and refuse what is wrong, in ${project}`, async () => assert.equal(await complaintsOf(project), ''));
  }
});
