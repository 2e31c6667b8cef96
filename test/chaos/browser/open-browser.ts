import type {Engine} from '../../tools/browsers.mjs';
import {openChromium} from './chromium.js';
import type {TabBrowser} from './driver.js';
import {openFirefox} from './firefox.js';
import {openWebKit} from './webkit.js';

/** Rejects where there is no such browser, and says what to install. */
export function openBrowser(engine: Engine): Promise<TabBrowser> {
  if (engine === 'firefox') return openFirefox();
  if (engine === 'webkit') return openWebKit();
  return openChromium();
}
