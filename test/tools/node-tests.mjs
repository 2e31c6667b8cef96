/**
 * Runs the tests that need no browser.
 * `node test/tools/node-tests.mjs [FILE or FOLDER]…`; without a name, every headless room.
 */
import {spawn} from 'node:child_process';
import {existsSync, readFileSync, readdirSync, statSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {refuse} from './flags.mjs';
import {temporaryFolder} from './processes.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Folders of `test/` whose tests run in browsers. Elsewhere, the names of such files say so. */
export const BROWSER_ROOMS = ['a11y', 'context', 'behaviors', 'i18n', 'styles', 'elements', 'define'];

/** Folders of `test/` that have a step of their own: those that need a browser, a build, PHP, or time. */
const ELSEWHERE = new Set([
  ...BROWSER_ROOMS,
  ...['package', 'chaos', 'e2e', 'bench', 'leaks', 'tools', 'laravel', 'types', 'consumer'],
]);

/**
 * @param {string} path A file, or a folder that is searched to the bottom.
 * @param {string} suffix
 * @returns {string[]}
 */
export function testFiles(path, suffix = '.test.ts') {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, {withFileTypes: true})
    .flatMap((entry) => testFiles(join(path, entry.name), suffix))
    .filter((file) => file.endsWith(suffix) && !file.endsWith(`.browser${suffix}`))
    .sort();
}

/** The folders of `test/` whose tests run in Node. */
function headlessFolders() {
  return readdirSync(join(root, 'test'), {withFileTypes: true})
    .filter((entry) => entry.isDirectory() && !ELSEWHERE.has(entry.name))
    .map((entry) => join(root, 'test', entry.name));
}

/**
 * Runs test files under `node --test`, a process each, as many at a time as there are processors.
 * @param {readonly string[]} files
 * @param {{env?: NodeJS.ProcessEnv, concurrency?: number, timeout?: number}} [options] `timeout` in milliseconds for each file: Node 20
 *   knows none for a case that its options do not name. What may never come is waited for with a limit of its own.
 * @returns {Promise<number>} The exit code. No files, or no cases in them, is a failure.
 */
export async function runNodeTests(files, {env = {}, concurrency = availableParallelism(), timeout = 600_000} = {}) {
  if (files.length === 0) {
    console.error('No test files were found.');
    return 1;
  }
  const counts = process.env['TEST_COUNTS'] ?? join(temporaryFolder('counts'), 'counts.json');
  const args = ['--import', 'tsx', '--test', `--test-concurrency=${concurrency}`, `--test-timeout=${timeout}`];
  const reporter = ['--test-reporter=./test/tools/node-reporter.mjs', '--test-reporter-destination=stdout'];
  const child = spawn(process.execPath, [...args, ...reporter, ...files], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {...process.env, ...env, TEST_COUNTS: counts},
  });
  const code = await new Promise((resolve) => child.once('exit', (value) => resolve(value ?? 1)));
  const {passed = 0, failed = 0} = existsSync(counts) ? JSON.parse(readFileSync(counts, 'utf8')) : {};
  return code !== 0 || failed > 0 || passed === 0 ? code || 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = process.argv.slice(2);
  for (const path of named) {
    if (testFiles(path).length === 0) refuse('Usage: npm run test:node -- [FILE or FOLDER]…', `There is no test at ${path}.`);
  }
  const folders = named.length > 0 ? named : headlessFolders();
  process.exitCode = await runNodeTests(folders.flatMap((path) => testFiles(path)));
}
