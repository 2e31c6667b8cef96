/**
 * `npm test`: everything that can be tested without PHP, from a fresh clone on.
 * `--only NAME,NAME` runs the steps whose names begin so; `--list` names them. `TEST_VERBOSE=1` shows the output of what passed.
 */
import {ensureBrowsers, ENGINES} from './browsers.mjs';
import {readFlags, refuse} from './flags.mjs';
import {stopAllOnExit} from './processes.mjs';
import {conclude, runAll} from './runner.mjs';
import {setUp} from './setup.mjs';

/**
 * A step, and the engine that it opens pages in. Without that it is left out, or looks at less if it is `partly` about pages.
 * @typedef {import('./runner.mjs').Step & {engine?: import('./browsers.mjs').Engine, partly?: boolean}} Step
 */

const USAGE = `Usage: npm test -- [options]

  --only NAME,NAME  Run the steps whose names begin so, and what they need. Default: all.
  --list            Name the steps.
  --help            Show this.`;

const bin = (/** @type {string} */ path) => ['node', `node_modules/${path}`];
const CHAOS = ['node', 'test/chaos/run.mjs', '--untimed'];
const WTR = [...bin('@web/test-runner/dist/bin.js'), '--config', 'test/web-test-runner.config.js'];

/** @type {readonly Step[]} */
const STEPS = [
  // The long ones first: two cores are busy to the end then.
  {name: 'build', command: ['node', 'test/tools/build.mjs']},
  {name: 'node', command: ['node', 'test/tools/node-tests.mjs'], counted: true},
  ...ENGINES.map((engine) => ({
    name: `elements ${engine}`,
    command: WTR,
    counted: true,
    engine,
    env: {BROWSERS: engine},
    // WebKit draws in software.
    minutes: 25,
  })),
  // Chromium forces colours page by page, among the element tests, and WebKitGTK knows no forced colours.
  {
    name: 'forced colours firefox',
    command: [...WTR, '--files', 'test/a11y/forced-colors.test.ts'],
    counted: true,
    engine: 'firefox',
    env: {BROWSERS: 'firefox', FORCED_COLORS: '1'},
  },
  ...ENGINES.map((engine) => ({
    name: `e2e embedded ${engine}`,
    command: ['node', 'test/tools/e2e.mjs', '--server', 'embedded', '--browser', engine],
    counted: true,
    engine,
    needs: ['build'],
  })),
  {name: 'chaos', command: ['node', 'test/tools/node-tests.mjs', 'test/chaos'], counted: true, needs: ['build']},
  {name: 'chaos embedded', command: [...CHAOS, '--messages', '300'], engine: 'chromium'},
  {name: 'chaos herd', command: [...CHAOS, '--scenario', 'herd'], engine: 'chromium'},
  {
    name: 'chaos links',
    command: [...CHAOS, '--messages', '300', '--scenario', 'half-open,codes,mounts,fuzz,walk'],
    engine: 'chromium',
  },
  {name: 'bench', command: ['node', 'test/bench/run.mjs', '--quick'], engine: 'chromium', needs: ['build']},
  {name: 'lint', command: [...bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']},
  // By the newest; the build has checked the sources by that which the packages are written for.
  {name: 'types', command: [...bin('typescript-7/bin/tsc'), '--noEmit']},
  {
    name: 'package',
    command: ['node', 'test/tools/node-tests.mjs', 'test/package'],
    counted: true,
    engine: 'chromium',
    partly: true,
    needs: ['build'],
  },
  {name: 'format', command: [...bin('prettier/bin/prettier.cjs'), '--check', '.']},
  {name: 'size', command: ['node', 'test/size.mjs'], counted: true, needs: ['build']},
  {name: 'manifest', command: ['node', 'test/tools/manifest.mjs', '--check']},
];

const {values} = readFlags(USAGE, {options: {only: {type: 'string'}, list: {type: 'boolean'}}});
const wanted = values.only?.split(',') ?? [''];
for (const name of wanted) {
  if (!STEPS.some((step) => step.name.startsWith(name))) refuse(USAGE, `No step is named "${name}"; --list names them.`);
}
if (values.list) {
  for (const {name} of STEPS) console.log(name);
} else {
  await setUp();
  stopAllOnExit();
  const named = STEPS.filter((step) => wanted.some((beginning) => step.name.startsWith(beginning)));
  const {available, missing} = ensureBrowsers(ENGINES.filter((engine) => named.some((step) => step.engine === engine)));
  const possible = named.filter(({engine, partly}) => engine === undefined || partly || available.includes(engine));
  conclude(
    await runAll(STEPS.filter((step) => possible.some((one) => one === step || one.needs?.includes(step.name)))),
    missing.map(({engine, hint}) => `${engine} (${hint})`),
  );
}
