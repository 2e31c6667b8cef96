/** Counts the cases of a run of @web/test-runner and writes them to a file, for the summary of `npm test`. */
import {writeFileSync} from 'node:fs';

/** @typedef {import('@web/test-runner').TestSuiteResult} Suite */

/**
 * @param {Suite | undefined} suite
 * @returns {import('@web/test-runner').TestResult[]}
 */
function casesOf(suite) {
  return suite ? [...suite.tests, ...suite.suites.flatMap(casesOf)] : [];
}

/**
 * @param {string} file Where the counts go.
 * @returns {import('@web/test-runner').Reporter}
 */
export function countReporter(file) {
  return {
    onTestRunFinished({sessions}) {
      const counts = {passed: 0, failed: 0, skipped: 0};
      for (const session of sessions) {
        const cases = casesOf(session.testResults);
        for (const {passed, skipped} of cases) counts[skipped ? 'skipped' : passed ? 'passed' : 'failed'] += 1;
        // A file that did not load, or that broke outside of a case, or that holds none, is a failure of its own.
        const broken = session.passed === false && cases.every((one) => one.passed || one.skipped);
        if (broken || cases.length === 0) counts.failed += 1;
      }
      writeFileSync(file, JSON.stringify(counts));
    },
  };
}

/**
 * Names the cases that took longest, and the files with all that their cases took.
 * @param {number} count How many of each.
 * @returns {import('@web/test-runner').Reporter}
 */
export function slowestReporter(count) {
  return {
    onTestRunFinished({sessions}) {
      /** @type {[number, string][]} */
      const cases = [];
      const files = sessions.map((session) => {
        const all = casesOf(session.testResults);
        for (const {duration = 0, name} of all) cases.push([duration, `${session.testFile}: ${name}`]);
        return /** @type {[number, string]} */ ([all.reduce((sum, {duration = 0}) => sum + duration, 0), session.testFile]);
      });
      for (const list of [files, cases]) {
        list.sort(([a], [b]) => b - a);
        for (const [duration, name] of list.slice(0, count)) console.log(`${(duration / 1000).toFixed(1)} s  ${name}`);
      }
    },
  };
}
