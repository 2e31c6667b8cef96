/** WebKit under WebDriver, on a screen that exists in memory only. */
import {connect} from 'node:net';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {findWebKit} from './browsers.mjs';
import {freePort, start, stop, temporaryFolder} from './processes.mjs';

const START_TIMEOUT = 20_000;

/**
 * Starts Xvfb on the first free display and WebKitWebDriver on a free port.
 * @returns {Promise<{port: number, miniBrowser: string, stop: () => Promise<void>}>}
 */
export async function startWebKitDriver() {
  const programs = findWebKit();
  if (!programs) throw new Error('WebKit is missing: install webkit2gtk-driver and xvfb');
  const profile = temporaryFolder('webkit');
  const screen = start(programs.xvfb, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const display = await readDisplay(screen);
  const port = await freePort();
  const driver = start(programs.driver, [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: `:${display}`,
      GDK_BACKEND: 'x11',
      // A profile of its own: nothing of an earlier run, and nothing of the person at this machine.
      XDG_CACHE_HOME: join(profile, 'cache'),
      XDG_CONFIG_HOME: join(profile, 'config'),
      XDG_DATA_HOME: join(profile, 'data'),
      // The sandbox of WebKitGTK needs user namespaces, which containers seldom give.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
      // Buffers of a graphics card, which there is not: to pass pictures on without them takes half of the work.
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    },
  });
  await reachable(port);
  return {
    port,
    miniBrowser: programs.miniBrowser,
    stop: async () => {
      await stop(driver);
      await stop(screen);
    },
  };
}

/**
 * Xvfb itself picks the display and writes its number, which no two runs at a time can get wrong.
 * @param {import('node:child_process').ChildProcess} screen
 * @returns {Promise<string>}
 */
function readDisplay(screen) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Xvfb did not start in time')), START_TIMEOUT);
    screen.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`Xvfb ended with code ${code}`));
    });
    screen.stdio[3]?.once('data', (data) => {
      clearTimeout(timer);
      resolve(String(data).trim());
    });
  });
}

/** @param {number} port */
async function reachable(port) {
  const deadline = Date.now() + START_TIMEOUT;
  while (Date.now() < deadline) {
    const open = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('close', () => socket.destroy());
      socket.once('connect', () => socket.end());
    });
    if (open) return;
    await delay(50);
  }
  throw new Error(`WebKitWebDriver did not answer on port ${port} in time`);
}
