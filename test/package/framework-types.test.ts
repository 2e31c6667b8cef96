import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {FRAMEWORK_NAMES} from '../tools/framework-types.mjs';
import {dist, root} from './package-info.js';

const folder = join(root, 'test/types');
const projects = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'tsconfig.json')));

/** Written in JavaScript, and anew in Go since 7; that of Vue is made of the first. */
const CHECKERS = {'TypeScript 5': 'typescript/bin/tsc', 'TypeScript 7': 'typescript-7/bin/tsc'};
const OF_VUE = {'vue-tsc': 'vue-tsc/bin/vue-tsc.js'};

/** What a type checker has to say of a project. Each holds what must compile, and, marked as expected errors, what must not. */
function complaintsOf(project: string, path: string): Promise<string> {
  return new Promise((done) => {
    execFile(process.execPath, [join(root, 'node_modules', path), '--noEmit', '-p', join(folder, project)], (_, stdout, stderr) =>
      done(stdout + stderr),
    );
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
    for (const [name, path] of Object.entries(project === 'vue' ? OF_VUE : CHECKERS)) {
      it(`take what is right, and refuse what is wrong, in ${project}, by ${name}`, async () => {
        assert.equal(await complaintsOf(project, path), '');
      });
    }
  }
});
