/**
 * WebKit for the test runner.
 *
 * WebKitWebDriver never answers a navigation if it is asked for something else meanwhile. Its client then sends the navigation again two
 * minutes later, into whatever is tested by that time. So here it is asked for one thing at a time, and once.
 */
import {webdriverLauncher} from '@web/test-runner-webdriver';
import {startWebKitDriver} from './webkit-driver.mjs';

/**
 * @param {number} answerTimeout How long the driver may take to answer, in ms.
 * @returns {Promise<import('@web/test-runner').BrowserLauncher>}
 */
export async function webKitLauncher(answerTimeout) {
  const driver = await startWebKitDriver();
  const launcher = webdriverLauncher({
    automationProtocol: 'webdriver',
    hostname: '127.0.0.1',
    port: driver.port,
    path: '/',
    connectionRetryTimeout: answerTimeout,
    connectionRetryCount: 0,
    capabilities: {
      browserName: 'MiniBrowser',
      'wdio:enforceWebDriverClassic': true,
      // @ts-expect-error The types know no other browsers than the great four.
      'webkitgtk:browserOptions': {binary: driver.miniBrowser, args: ['--automation']},
    },
  });
  const initialize = launcher.initialize.bind(launcher);
  const createDriverManager = Reflect.get(launcher, 'createDriverManager').bind(launcher);
  const stopBrowser = launcher.stop.bind(launcher);
  return Object.assign(launcher, {
    /** @type {typeof initialize} */
    async initialize(config) {
      await initialize(config);
      launcher.name = 'WebKit';
    },
    async createDriverManager() {
      return Object.assign(await createDriverManager(), {scheduleCommand: oneAtATime()});
    },
    /** It would ask for the title of the page each minute, for servers that end a session which nobody uses. This one does not. */
    setupHeartbeat() {},
    async stop() {
      await stopBrowser();
      await driver.stop();
    },
  });
}

/** Runs a command when those before it have ended, however they did. */
function oneAtATime() {
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  /** @param {() => Promise<unknown>} command */
  return (command) => {
    const next = last.then(command, command);
    last = next;
    return next;
  };
}
