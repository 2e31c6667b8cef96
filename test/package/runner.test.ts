import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {runAll} from '../tools/runner.mjs';

/** What becomes of a step that ends well and counts so. */
async function resultOf(counts: object): Promise<Awaited<ReturnType<typeof runAll>>[number] | undefined> {
  const write = `require('node:fs').writeFileSync(process.env.TEST_COUNTS, ${JSON.stringify(JSON.stringify(counts))})`;
  const [result] = await runAll([{name: 'a step', command: ['node', '-e', write], counted: true}]);
  return result;
}

describe('a step of the tests', () => {
  it('has failed when it found no case', async () => assert.equal((await resultOf({passed: 0, failed: 0}))?.failed, 1));

  it('has failed when it skipped all and does not say why', async () => {
    assert.equal((await resultOf({passed: 0, failed: 0, skipped: 3}))?.failed, 1);
  });

  it('may skip all when it says why, and that is handed on', async () => {
    const result = await resultOf({passed: 0, failed: 0, skipped: 3, leftOut: ['pictures: other fonts']});
    assert.equal(result?.failed, 0);
    assert.deepEqual(result.leftOut, ['pictures: other fonts']);
  });

  it('is over when its program has ended, whatever that left running', async () => {
    const leave = `require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {stdio: 'inherit'});
      process.exit();`;
    const [result] = await runAll([{name: 'a step', command: ['node', '-e', leave]}]);
    assert.equal(result?.passed, 1);
  });
});
