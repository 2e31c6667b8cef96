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
