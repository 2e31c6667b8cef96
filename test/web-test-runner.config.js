/**
 * Element tests in real browsers.
 * `BROWSERS=chromium,firefox` picks engines (all that are installed, otherwise), `--files` picks files,
 * and `TEST_COUNTS` names a file for the counts.
 * `TEST_SLOWEST=20` names what took longest, and `FORCED_COLORS=1` starts a Firefox that forces the colours of the system upon pages.
 */
import {fileURLToPath} from 'node:url';
import {esbuildPlugin} from '@web/dev-server-esbuild';
import {defaultReporter} from '@web/test-runner';
import {chromeLauncher} from '@web/test-runner-chrome';
import {ENGINES, knownBrowsers, requireBrowser} from './tools/browsers.mjs';
import {bundleTests} from './tools/bundle-tests.mjs';
import {commonJsPlugin} from './tools/common-js-plugin.mjs';
import {forcedColorsPlugin} from './tools/forced-colors-plugin.mjs';
import {picturePlugin} from './tools/picture-plugin.mjs';
import {freePort, stopAllOnExit} from './tools/processes.mjs';
import {webKitLauncher} from './tools/webkit-launcher.mjs';
import {countReporter, slowestReporter} from './tools/wtr-reporter.mjs';

/** A file of WebKit's may take two minutes on a busy machine; each case has its own limit all the same. */
const TESTS_FINISH_TIMEOUT = 600_000;

const rootDir = fileURLToPath(new URL('..', import.meta.url));
const wanted = process.env['BROWSERS']?.split(',') ?? knownBrowsers().available;

const isPicked = process.argv.some((word) => word.startsWith('--files'));

/** @type {Readonly<Record<string, () => any>>} */
const launchers = {
  chromium: () =>
    named(
      'Chromium',
      chromeLauncher({
        launchOptions: {
          executablePath: requireBrowser('chromium', {shell: true}),
          headless: true,
          args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        },
      }),
    ),
  firefox: () =>
    named(
      'Firefox',
      chromeLauncher({
        launchOptions: {
          browser: 'firefox',
          executablePath: requireBrowser('firefox'),
          headless: true,
          // A matter of the whole browser, while Chromium is asked page by page (see forced-colors-plugin.mjs): 2 is "always".
          ...(process.env['FORCED_COLORS'] && {extraPrefsFirefox: {'browser.display.document_color_use': 2}}),
        },
      }),
    ),
  webkit: () => webKitLauncher(TESTS_FINISH_TIMEOUT),
};

/**
 * The launcher under the name of its engine; on its own it calls each browser Chrome.
 * @param {string} name
 * @param {import('@web/test-runner').BrowserLauncher} launcher
 */
function named(name, launcher) {
  launcher.name = name;
  return launcher;
}

// Ending in an orderly way ends the browsers, too.
stopAllOnExit();

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  rootDir,
  port: await freePort(),
  // Files that somebody picks are served as they are.
  files: isPicked ? [] : await bundleTests(rootDir, process.env['BROWSERS']?.replaceAll(',', '-') ?? 'all'),
  nodeResolve: {exportConditions: ['browser', 'development']},
  // One page at a time: focus, scrolling and animation frames of a page in the background are not those of a page in front.
  concurrency: 1,
  concurrentBrowsers: 1,
  browsers: await Promise.all(
    wanted.map((engine) => {
      const launch = launchers[engine];
      if (!launch) throw new Error(`BROWSERS: no engine is called "${engine}"; there are ${ENGINES.join(', ')}`);
      return launch();
    }),
  ),
  // What Lit says of its development build is no news here; all else that a page logs is shown.
  filterBrowserLogs: ({args}) => !String(args[0]).startsWith('Lit is in dev mode'),
  testFramework: {config: {ui: 'bdd', timeout: 60_000}},
  testsFinishTimeout: TESTS_FINISH_TIMEOUT,
  // Half a minute, the default, is not enough for a browser to start on a machine that has ten times as much to do as it can.
  browserStartTimeout: 120_000,
  reporters: [
    // The progress of each file would bury what failed; who counts sums up as well.
    defaultReporter({reportTestProgress: process.env['TEST_COUNTS'] === undefined}),
    ...(process.env['TEST_COUNTS'] ? [countReporter(process.env['TEST_COUNTS'])] : []),
    ...(process.env['TEST_SLOWEST'] ? [slowestReporter(Number(process.env['TEST_SLOWEST']))] : []),
  ],
  plugins: [
    commonJsPlugin(['/node_modules/pusher-js/worker/index.js']),
    picturePlugin(),
    forcedColorsPlugin(),
    esbuildPlugin({ts: true, target: 'es2022', tsconfig: `${rootDir}tsconfig.json`}),
  ],
};
