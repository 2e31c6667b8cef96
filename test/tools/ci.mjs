/** What `.ci/run` does after `npm test`: the Laravel demo, the demo hosts, and Storybook. */
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {basename, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {findBrowser, install, which} from './browsers.mjs';
import {testFiles} from './node-tests.mjs';
import {stopAllOnExit} from './processes.mjs';
import {conclude, runAll} from './runner.mjs';
import {setUp} from './setup.mjs';

/** @typedef {import('./runner.mjs').Step} Step */

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What PHP needs on Debian; the names of the extensions are those of the packages. */
const PHP_PACKAGES = ['php-cli', 'php-sqlite3', 'php-curl', 'php-mbstring', 'php-xml', 'php-zip', 'composer', 'unzip'];

/** What two nodes of Reverb need; PHP needs nothing for it. */
const REDIS_PACKAGES = ['redis-server'];

/** Two nodes of Reverb, and Redis between them. @returns {Step[]} */
function scaledSteps() {
  const needs = ['laravel starts'];
  const e2e = ['node', 'test/tools/e2e.mjs', '--server', 'laravel-scaled', '--browser', 'chromium'];
  const chaos = [
    'node',
    'test/chaos/run.mjs',
    '--untimed',
    '--server',
    'laravel-scaled',
    '--scenario',
    'messages',
    '--messages',
    '200',
  ];
  return [
    {name: 'e2e laravel-scaled chromium', command: e2e, counted: true, needs},
    {name: 'chaos laravel-scaled', command: chaos, needs},
  ];
}

/** @returns {Step[]} */
function laravelSteps() {
  const needs = ['laravel starts'];
  const e2e = {
    name: 'e2e laravel chromium',
    command: ['node', 'test/tools/e2e.mjs', '--server', 'laravel', '--browser', 'chromium'],
    counted: true,
    needs,
  };
  const chaos = {
    name: 'chaos laravel',
    command: ['node', 'test/chaos/run.mjs', '--untimed', '--server', 'laravel', '--messages', '300'],
    needs,
  };
  return [
    {name: 'laravel starts', command: ['node', 'test/tools/laravel-check.mjs'], minutes: 12},
    {name: 'serve:laravel', command: ['node', 'test/tools/node-tests.mjs', 'test/laravel'], counted: true, needs},
    {name: 'phpunit', command: ['node', 'test/tools/phpunit.mjs'], counted: true, needs},
    ...(findBrowser('chromium') ? [e2e, chaos] : []),
  ];
}

/** Installs the packed package where nothing else is, and talks: a step a file, as each takes minutes. @returns {Step[]} */
function consumerSteps() {
  if (!findBrowser('chromium')) return [];
  return testFiles('test/consumer').map((file) => ({
    name: `consumer ${basename(file, '.test.ts')}`,
    command: ['node', 'test/tools/node-tests.mjs', file],
    counted: true,
  }));
}

/** A step for each demo that is a project of its own and can be built. @returns {Step[]} */
function demoSteps() {
  return readdirSync(join(root, 'demo'))
    .filter((name) => hasBuild(join(root, 'demo', name, 'package.json')))
    .map((name) => ({
      name: `demo ${name}`,
      command: ['bash', '-c', `cd demo/${name} && npm ci --ignore-scripts --no-audit --no-fund && npm run build`],
    }));
}

/** Opens what these steps have built. @param {readonly Step[]} demos @returns {Step[]} */
function demoHostsStep(demos) {
  if (!findBrowser('chromium')) return [];
  const command = ['node', 'test/tools/node-tests.mjs', 'test/package/demo-hosts.test.ts'];
  return [{name: 'demo hosts', command, counted: true, needs: demos.map(({name}) => name)}];
}

/** @param {string} path */
function hasBuild(path) {
  return existsSync(path) && Boolean(JSON.parse(readFileSync(path, 'utf8')).scripts?.build);
}

/** Builds Storybook, opens every story, and holds the main ones against their pictures. @returns {Step[]} */
function storybookSteps() {
  const command = ['node', 'node_modules/storybook/dist/bin/dispatcher.js', 'build', '-c', 'stories/.storybook'];
  const build = {
    name: 'storybook',
    command: [...command, '-o', 'storybook-static', '--disable-telemetry', '--quiet'],
    env: {STORYBOOK_DISABLE_TELEMETRY: '1'},
  };
  const open = {name: 'stories', command: ['node', 'test/tools/stories.mjs'], counted: true, needs: [build.name]};
  const look = {name: 'snapshots', command: ['node', 'test/tools/snapshots.mjs'], counted: true, needs: [build.name]};
  return findBrowser('chromium') ? [build, open, look] : [build];
}

/**
 * Whether these commands are there, if need be by what brings them.
 * @param {readonly string[]} commands
 * @param {readonly string[]} packages
 */
function has(commands, packages) {
  if (!commands.every(which)) install(packages);
  return commands.every(which);
}

await setUp();
stopAllOnExit();
const leftOut = [];
const demos = demoSteps();
// The long ones first: two cores are busy to the end then.
const steps = [...consumerSteps(), ...demos, ...demoHostsStep(demos), ...storybookSteps()];
const hasPhp = has(['php', 'composer'], PHP_PACKAGES);
if (hasPhp && findBrowser('chromium')) {
  if (has(['redis-server', 'redis-cli'], REDIS_PACKAGES)) steps.unshift(...scaledSteps());
  else leftOut.push(`two nodes of Reverb: Redis is missing (Debian: ${REDIS_PACKAGES.join(' ')})`);
}
if (hasPhp) steps.unshift(...laravelSteps());
else leftOut.push(`Laravel and Reverb: PHP 8.2 and composer are missing (Debian: ${PHP_PACKAGES.join(' ')})`);
if (!existsSync(join(root, '../shared'))) {
  leftOut.push('what needs ../shared: packages of Laravel that the registry may lack, and the full corpora of hostile input');
}
conclude(await runAll(steps), leftOut);
