/** Runs steps, a few at a time, keeps their output together, and adds up what they counted. */
import {readFileSync, writeFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {start, stop, temporaryFolder} from './processes.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly string[]} command The program and its arguments. `node` is the Node that runs this.
 * @property {boolean} [counted] Whether it writes counts of cases to `$TEST_COUNTS`. Otherwise it is one case itself.
 * @property {readonly string[]} [needs] The steps that must have passed before.
 * @property {Record<string, string>} [env]
 * @property {number} [minutes] How long it may take; 20 otherwise.
 */

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly string[]} [leftOut] What it says that it could not look at here, each with its reason.
 * @property {number} seconds
 * @property {string} output
 */

/**
 * Runs one step.
 * @param {Step} step
 * @param {string} folder Where its counts go.
 * @returns {Promise<Result>}
 */
async function run(step, folder) {
  const counts = join(folder, `${step.name.replace(/\W+/g, '-')}.json`);
  const began = performance.now();
  const [program = '', ...args] = step.command;
  const child = start(program === 'node' ? process.execPath : program, args, {
    cwd: root,
    env: {...process.env, ...step.env, TEST_COUNTS: counts, FORCE_COLOR: '0', NO_COLOR: '1'},
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  const minutes = step.minutes ?? 20;
  const limit = setTimeout(() => {
    output += `\nThis took longer than ${minutes} minutes and was ended.\n`;
    void stop(child);
  }, minutes * 60_000);
  const ok = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += `${error.message}\n`;
      resolve(false);
    });
    child.once('close', (code) => resolve(code === 0));
  });
  clearTimeout(limit);
  const seconds = (performance.now() - began) / 1000;
  return {name: step.name, ...(step.counted ? countsOf(counts, ok) : checkOf(ok)), seconds, output};
}

/** @param {boolean} ok */
function checkOf(ok) {
  return {passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0};
}

/**
 * A step that ended badly has failed even if no case did, and a step without a case has failed, too: unless it skipped all and says
 * why.
 * @param {string} file
 * @param {boolean} ok
 */
function countsOf(file, ok) {
  /** @type {Pick<Result, 'passed' | 'failed' | 'skipped' | 'leftOut'>} */
  let counts = {passed: 0, failed: 0, skipped: 0};
  try {
    counts = {...counts, ...JSON.parse(readFileSync(file, 'utf8'))};
  } catch {
    // It ended before it could count.
  }
  const saysWhy = counts.skipped > 0 && Boolean(counts.leftOut?.length);
  const isSound = ok ? counts.passed > 0 || saysWhy : counts.failed > 0;
  return isSound ? counts : {...counts, failed: counts.failed + 1};
}

/** @param {Result} result */
function announce(result) {
  const verdict = result.failed > 0 ? 'FAILED' : 'ok';
  console.log(`── ${result.name}: ${verdict}, ${result.passed} passed, ${result.failed} failed, ${result.seconds.toFixed(1)} s`);
  if (result.failed > 0 || process.env['TEST_VERBOSE'] === '1') console.log(result.output.trimEnd());
}

/**
 * Runs all steps; those first that others wait for, otherwise in the order given. One more at a time than there are processors: a
 * browser and a server spend much of a step waiting for each other, or for a countdown.
 * @param {readonly Step[]} steps
 * @param {{parallel?: number}} [options]
 * @returns {Promise<Result[]>}
 */
export async function runAll(steps, {parallel = availableParallelism() + 1} = {}) {
  const folder = temporaryFolder('test');
  const waiting = [...steps];
  /** @type {Result[]} */
  const results = [];
  /** @type {Set<Promise<void>>} */
  const active = new Set();
  const finish = (/** @type {Result} */ result) => {
    results.push(result);
    announce(result);
  };
  while (waiting.length > 0 || active.size > 0) {
    for (const step of waiting.slice()) {
      const needed = (step.needs ?? []).map((name) => results.find((result) => result.name === name));
      if (needed.some((result) => result === undefined)) continue;
      if (active.size >= parallel) break;
      waiting.splice(waiting.indexOf(step), 1);
      if (needed.some((result) => result?.failed)) {
        finish({name: step.name, ...checkOf(false), seconds: 0, output: `Not run, as ${step.needs?.join(', ')} failed.`});
        continue;
      }
      const running = run(step, folder)
        .then(finish)
        .finally(() => active.delete(running));
      active.add(running);
    }
    if (active.size > 0) await Promise.race(active);
    else if (
      waiting.length > 0 &&
      !waiting.some((step) => (step.needs ?? []).every((name) => results.some((one) => one.name === name)))
    ) {
      throw new Error(`No step can run: ${waiting.map(({name}) => name).join(', ')}`);
    }
  }
  return results;
}

/**
 * Prints the table and the last line, and decides on the exit code.
 * @param {readonly Result[]} results
 * @param {readonly string[]} leftOut What did not run, each with its reason.
 */
export function conclude(results, leftOut) {
  const missing = [...leftOut, ...results.flatMap((result) => result.leftOut ?? [])];
  const width = Math.max(4, ...results.map(({name}) => name.length));
  console.log(`\n${'step'.padEnd(width)}  passed  failed  skipped  seconds`);
  for (const {name, passed, failed, skipped, seconds} of results) {
    const figures = [
      String(passed).padStart(6),
      String(failed).padStart(6),
      String(skipped).padStart(7),
      seconds.toFixed(1).padStart(7),
    ];
    console.log(`${name.padEnd(width)}  ${figures.join('  ')}`);
  }
  for (const reason of missing) console.log(`LEFT OUT: ${reason}`);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  // Whoever adds up several runs says the last word.
  if (process.env['TEST_SUMMARY']) writeFileSync(process.env['TEST_SUMMARY'], JSON.stringify({passed, failed, leftOut: missing}));
  else console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
