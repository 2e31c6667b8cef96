/**
 * A reporter for `node --test` that says little: what failed, why and where, and a last line.
 * `TEST_COUNTS` names a file for the counts; `TEST_VERBOSE=1` lists what passed, too.
 */
import {writeFileSync} from 'node:fs';
import {relative} from 'node:path';
import {inspect} from 'node:util';

const verbose = process.env['TEST_VERBOSE'] === '1';

/** Node reports a file as a case of its own when it holds none, or when it broke outside of one. @param {any} data */
function isFile(data) {
  return data.nesting === 0 && (data.name === data.file || data.name.endsWith('.ts') || data.name.endsWith('.mjs'));
}

/** What went wrong, without the wrapper that Node puts around it. @param {any} data */
function reasonOf(data) {
  const error = data.details?.error;
  const cause = error?.cause ?? error;
  return cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
}

/** @param {AsyncIterable<{type: string, data: any}>} source */
export default async function* report(source) {
  const counts = {passed: 0, failed: 0, skipped: 0};
  const emptyFiles = [];
  /** What each file was heard of last: a file that took too long was at it, or just behind it. @type {Map<string, string>} */
  const last = new Map();
  for await (const {type, data} of source) {
    if (type === 'test:dequeue' && !isFile(data)) last.set(data.file, data.name);
    if (type === 'test:stdout' || type === 'test:stderr') {
      if (verbose || type === 'test:stderr') yield data.message;
      continue;
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const isSuite = data.details?.type === 'suite';
    const where = relative(process.cwd(), data.file ?? '');
    if (type === 'test:fail') {
      // A suite fails with its cases, and those are counted; one that fails by itself (a hook, a throw) is counted here.
      const byChildren = data.details?.error?.failureType === 'subtestsFailed';
      if (byChildren) continue;
      counts.failed += 1;
      yield `✖ ${data.name} (${where}:${data.line ?? 1})\n${indent(reasonOf(data))}\n`;
      if (isFile(data) && last.has(data.file)) yield `    last heard of at: ${last.get(data.file)}\n`;
    } else if (isSuite) {
      continue;
    } else if (isFile(data)) {
      emptyFiles.push(relative(process.cwd(), data.name));
    } else if (data.skip !== undefined || data.todo !== undefined) {
      counts.skipped += 1;
      yield `– ${data.name} (skipped${typeof data.skip === 'string' ? `: ${data.skip}` : ''})\n`;
    } else {
      counts.passed += 1;
      if (verbose) yield `✔ ${data.name}\n`;
    }
  }
  for (const file of emptyFiles) {
    counts.failed += 1;
    yield `✖ ${file} holds no test\n`;
  }
  yield `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`;
  if (process.env['TEST_COUNTS']) writeFileSync(process.env['TEST_COUNTS'], JSON.stringify(counts));
}

/** @param {string} text */
function indent(text) {
  return text.replace(/^/gm, '    ');
}
