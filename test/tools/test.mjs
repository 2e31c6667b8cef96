/**
 * `npm test`: everything that can be tested without PHP, from a fresh clone on.
 * `--only NAME,NAME` runs the steps whose names begin so; `--list` names them. `TEST_VERBOSE=1` shows the output of what passed.
 */
import {ensureBrowsers, ENGINES} from './browsers.mjs';
import {readFlags, refuse} from './flags.mjs';
import {testFiles} from './node-tests.mjs';
import {stopAllOnExit} from './processes.mjs';
import {conclude, runAll} from './runner.mjs';
import {setUp} from './setup.mjs';

/** @typedef {import('./runner.mjs').Step} Step */

const USAGE = `Usage: npm test -- [options]

  --only NAME,NAME  Run the steps whose names begin so, and what they need. Default: all.
  --list            Name the steps.
  --help            Show this.`;

const bin = (/** @type {string} */ path) => ['node', `node_modules/${path}`];
const WTR = [...bin('@web/test-runner/dist/bin.js'), '--config', 'test/web-test-runner.config.js'];

/**
 * @param {readonly import('./browsers.mjs').Engine[]} engines
 * @returns {Step[]}
 */
function steps(engines) {
  return [
    // The long ones first: two cores are busy to the end then.
    {name: 'build', command: ['node', 'test/tools/build.mjs']},
    {name: 'node', command: ['node', 'test/tools/node-tests.mjs'], counted: true},
    ...engines.map((engine) => ({
      name: `elements ${engine}`,
      command: WTR,
      counted: true,
      env: {BROWSERS: engine},
      // WebKit draws in software.
      minutes: 25,
    })),
    // The other two: Chromium forces colours page by page, among the element tests, and WebKitGTK knows no forced colours.
    ...(engines.includes('firefox')
      ? [
          {
            name: 'forced colours firefox',
            command: [...WTR, '--files', 'test/a11y/forced-colors.test.ts'],
            counted: true,
            env: {BROWSERS: 'firefox', FORCED_COLORS: '1'},
          },
        ]
      : []),
    ...engines.map((engine) => ({
      name: `e2e embedded ${engine}`,
      command: ['node', 'test/tools/e2e.mjs', '--server', 'embedded', '--browser', engine],
      counted: true,
      needs: ['build'],
    })),
    ...(testFiles('test/chaos').length > 0
      ? [{name: 'chaos', command: ['node', 'test/tools/node-tests.mjs', 'test/chaos'], counted: true, needs: ['build']}]
      : []),
    ...(engines.includes('chromium')
      ? [
          {name: 'chaos embedded', command: ['node', 'test/chaos/run.mjs', '--untimed', '--messages', '300']},
          {name: 'chaos herd', command: ['node', 'test/chaos/run.mjs', '--untimed', '--scenario', 'herd']},
          {
            name: 'chaos links',
            command: [
              'node',
              'test/chaos/run.mjs',
              '--untimed',
              '--messages',
              '300',
              '--scenario',
              'half-open,codes,mounts,fuzz',
            ],
          },
        ]
      : []),
    ...(engines.includes('chromium')
      ? [{name: 'bench', command: ['node', 'test/bench/run.mjs', '--quick'], needs: ['build']}]
      : []),
    {name: 'lint', command: [...bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']},
    {name: 'types', command: [...bin('typescript/bin/tsc'), '--noEmit']},
    {name: 'package', command: ['node', 'test/tools/node-tests.mjs', 'test/package'], counted: true, needs: ['build']},
    {name: 'format', command: [...bin('prettier/bin/prettier.cjs'), '--check', '.']},
    {name: 'size', command: ['node', 'test/size.mjs'], counted: true, needs: ['build']},
    {name: 'manifest', command: ['node', 'test/tools/manifest.mjs', '--check']},
  ];
}

const {values} = readFlags(USAGE, {options: {only: {type: 'string'}, list: {type: 'boolean'}}});
const wanted = values.only?.split(',');
for (const name of wanted ?? []) {
  if (!steps(ENGINES).some((step) => isWanted(step.name, [name])))
    refuse(USAGE, `No step is named "${name}"; --list names them.`);
}
if (values.list) {
  for (const {name} of steps(ENGINES)) console.log(name);
} else {
  await setUp();
  stopAllOnExit();
  const {available, missing} = ensureBrowsers();
  for (const {engine, hint} of missing)
    console.error(`\n!!! ${engine.toUpperCase()} IS MISSING and will not be tested: ${hint}.\n`);
  const all = steps(available);
  const chosen = wanted ? all.filter(({name}) => isWanted(name, wanted) || isNeeded(name, all, wanted)) : all;
  conclude(
    await runAll(chosen),
    missing.map(({engine, hint}) => `${engine} (${hint})`),
  );
}

/**
 * @param {string} name
 * @param {readonly string[]} wanted
 */
function isWanted(name, wanted) {
  return wanted.some((beginning) => name.startsWith(beginning));
}

/**
 * @param {string} name
 * @param {readonly Step[]} all
 * @param {readonly string[]} wanted
 */
function isNeeded(name, all, wanted) {
  return all.some((step) => isWanted(step.name, wanted) && step.needs?.includes(name));
}
