/**
 * Runs the e2e tests on one server in one browser.
 * `node test/tools/e2e.mjs --server embedded|laravel|laravel-scaled --browser chromium|firefox|webkit [FILE]…`
 *
 * `laravel-scaled` is Laravel with two nodes of Reverb and Redis, and has tests of its own: `test/e2e/scaled/`.
 *
 * The tests start and stop the server themselves, as some are about just that. They find in their environment:
 * `E2E_SERVER`, `E2E_BROWSER`, `E2E_BROWSER_PATH` (its program), `E2E_SHELL_PATH` (Chromium only: the one for tests that need no tabs), `E2E_WEBDRIVER` (the address of its driver; WebKit only),
 * `E2E_PAGE` (the address of the demo page), `E2E_PORT` and `E2E_REVERB_PORT` (where the page expects the server and Reverb).
 */
import {join} from 'node:path';
import {ENGINES, findShell, requireBrowser} from './browsers.mjs';
import {serveBuiltPage} from './demo.mjs';
import {readFlags, refuse} from './flags.mjs';
import {runNodeTests, testFiles} from './node-tests.mjs';
import {freePort, stopAll, stopAllOnExit} from './processes.mjs';
import {startWebKitDriver} from './webkit-driver.mjs';

const USAGE = `Usage: npm run test:e2e -- [--server embedded|laravel|laravel-scaled] [--browser ${ENGINES.join('|')}] [FILE]…`;

const {values, positionals} = readFlags(USAGE, {
  options: {server: {type: 'string', default: 'embedded'}, browser: {type: 'string', default: 'chromium'}},
  allowPositionals: true,
});
const {server, browser} = values;

const SCALED = 'laravel-scaled';
const SCALED_FILES = join('test', 'e2e', 'scaled');

if (!['embedded', 'laravel', SCALED].includes(server)) refuse(USAGE, `No server is named "${server}".`);
if (!ENGINES.some((engine) => engine === browser)) refuse(USAGE, `No browser is named "${browser}".`);

/** @param {string} server */
function filesOf(server) {
  const all = testFiles('test/e2e', '.e2e.ts');
  return all.filter((file) => file.startsWith(SCALED_FILES) === (server === SCALED));
}

/** @param {import('./browsers.mjs').Engine} engine */
async function main(engine) {
  const path = requireBrowser(engine);
  const [port, reverbPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const page = await serveBuiltPage({backends: {embedded: url, laravel: {url, reverbPort}}});
  try {
    const driver = engine === 'webkit' ? await startWebKitDriver() : null;
    return await runNodeTests(positionals.length > 0 ? positionals : filesOf(server), {
      // One after the other: they share the ports, and a browser in front is not one in the background.
      concurrency: 1,
      timeout: 600_000,
      env: {
        E2E_SERVER: server === SCALED ? 'laravel' : server,
        E2E_BROWSER: engine,
        E2E_BROWSER_PATH: path,
        E2E_SHELL_PATH: findShell() ?? '',
        E2E_WEBDRIVER: driver ? `http://127.0.0.1:${driver.port}` : '',
        E2E_PAGE: page.url,
        E2E_PORT: String(port),
        E2E_REVERB_PORT: String(reverbPort),
      },
    });
  } finally {
    await page.close();
  }
}

stopAllOnExit();
try {
  process.exitCode = await main(/** @type {import('./browsers.mjs').Engine} */ (browser));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await stopAll();
}
