import {chromium} from 'playwright-core';
import type {Driver} from './driver.js';

const FLAGS = [
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
  const browser = await chromium.launch({executablePath, args: FLAGS});
  const page = await browser.newPage({viewport: {width: 1200, height: 800}});
  return {
    goto: async (url) => {
      await page.goto(url, {waitUntil: 'load'});
    },
    run: (expression) => page.evaluate(expression),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    clickAt: (x, y) => page.mouse.click(x, y),
    screenshot: () => page.screenshot(),
    close: () => browser.close(),
  };
}
