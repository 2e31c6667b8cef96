import {chromium, type Page} from 'playwright-core';
import type {Driver} from './driver.js';

export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium, driven by playwright-core. */
export async function openChromium(executablePath: string): Promise<Driver> {
  const browser = await chromium.launch({executablePath, args: CHROMIUM_FLAGS});
  const page = await browser.newPage({viewport: {width: 1200, height: 800}});
  return drive(page, () => browser.close());
}

/** One page of a Chromium. `close` ends what was opened for it. */
export function drive(page: Page, close: () => Promise<void>): Driver {
  return {
    goto: async (url) => {
      await page.goto(url, {waitUntil: 'load'});
    },
    run: (expression) => page.evaluate(expression),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    clickAt: (x, y) => page.mouse.click(x, y),
    screenshot: () => page.screenshot(),
    close,
  };
}
