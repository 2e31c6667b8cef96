/** The last word of a run that had several parts: `node test/tools/sum.mjs FILE…`. A part without a summary has failed. */
import {readFileSync} from 'node:fs';

let [passed, failed] = [0, 0];
/** @type {string[]} */
const leftOut = [];
for (const file of process.argv.slice(2)) {
  try {
    const summary = JSON.parse(readFileSync(file, 'utf8'));
    passed += summary.passed;
    failed += summary.failed;
    leftOut.push(...summary.leftOut);
  } catch {
    failed += 1;
  }
}
for (const reason of new Set(leftOut)) console.log(`LEFT OUT: ${reason}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
