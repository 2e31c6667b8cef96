import type {Environment} from '../environment.js';
import {BrowserPage} from './browser-page.js';
import {openChromium} from './chromium.js';
import type {Driver} from './driver.js';
import {openFirefox} from './firefox.js';
import {openWebKit} from './webkit.js';

/** Opens a page in a browser of its own. */
export async function openPage(environment: Environment): Promise<BrowserPage> {
  return new BrowserPage(await openDriver(environment));
}

function openDriver({browser, browserPath, shellPath, webDriver}: Environment): Promise<Driver> {
  if (browser === 'firefox') return openFirefox(browserPath);
  if (browser === 'webkit') return openWebKit(browserPath, webDriver);
  return openChromium(shellPath);
}
