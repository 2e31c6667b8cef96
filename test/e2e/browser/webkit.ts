import WebDriver, {type Client} from 'webdriver';
import type {Driver, Key} from './driver.js';

/** How the WebDriver protocol writes keys that are no character. */
const KEYS: Readonly<Record<Key, string>> = {Enter: '\uE007', Escape: '\uE00C', Tab: '\uE004', Backspace: '\uE003'};

/** How long a script in the page may take (ms). The driver sets a timer of its own in the page for it. */
export const SCRIPT_TIMEOUT = 170_000;

/** WebKit, the engine of Safari, driven by WebKitWebDriver at `driverUrl`. */
export async function openWebKit(executablePath: string, driverUrl: string): Promise<Driver> {
  const session = await openSession(executablePath, driverUrl);
  await session.setWindowRect(null, null, 1200, 900);
  return drive(session);
}

/** A WebKit of its own, with one window. */
export async function openSession(executablePath: string, driverUrl: string): Promise<Client> {
  const {hostname, port} = new URL(driverUrl);
  const session = await WebDriver.newSession({
    hostname,
    port: Number(port),
    path: '/',
    logLevel: 'error',
    // Longer than any script may take, and once: what is sent again is done again.
    connectionRetryTimeout: SCRIPT_TIMEOUT + 60_000,
    connectionRetryCount: 0,
    capabilities: {
      browserName: 'MiniBrowser',
      'wdio:enforceWebDriverClassic': true,
      'webkitgtk:browserOptions': {binary: executablePath, args: ['--automation']},
    } as WebdriverIO.Capabilities,
  });
  await session.setTimeouts(undefined, 60_000, SCRIPT_TIMEOUT);
  return session;
}

/** The window that the session is at. `close` ends the session. */
export function drive(session: Client): Driver {
  const pressKeys = async (keys: readonly string[]): Promise<void> => {
    const actions = keys.flatMap((value) => [
      {type: 'keyDown', value},
      {type: 'keyUp', value},
    ]);
    await session.performActions([{type: 'key', id: 'keyboard', actions}]);
  };
  return {
    goto: (url) => session.navigateTo(url),
    run: async (expression) => {
      const answer = (await session.executeAsyncScript(asyncScript(expression), [])) as {value?: unknown; error?: string};
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.value;
    },
    type: (text) => pressKeys(Array.from(text)),
    press: (key) => pressKeys([KEYS[key]]),
    clickAt: async (x, y) => {
      const point = {type: 'pointerMove', duration: 0, origin: 'viewport', x: Math.round(x), y: Math.round(y)};
      const actions = [point, {type: 'pointerDown', button: 0}, {type: 'pointerUp', button: 0}];
      await session.performActions([{type: 'pointer', id: 'mouse', parameters: {pointerType: 'mouse'}, actions}]);
    },
    screenshot: async () => Buffer.from(await session.takeScreenshot(), 'base64'),
    close: () => session.deleteSession(),
  };
}

function asyncScript(expression: string): string {
  return `const done = arguments[arguments.length - 1];
    Promise.resolve().then(() => ${expression}).then((value) => done({value}), (error) => done({error: String(error?.stack ?? error)}));`;
}
