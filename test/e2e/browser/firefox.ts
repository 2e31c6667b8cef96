import puppeteer, {type Page} from 'puppeteer-core';
import type {Driver} from './driver.js';

/** Firefox, as it ships, driven by puppeteer-core over WebDriver BiDi. */
export async function openFirefox(executablePath: string): Promise<Driver> {
  const browser = await puppeteer.launch({browser: 'firefox', executablePath, headless: true});
  const page = await browser.newPage();
  await page.setViewport({width: 1200, height: 800});
  return drive(page, () => browser.close());
}

/** One page that puppeteer drives. `close` ends what was opened for it. */
export function drive(page: Page, close: () => Promise<void>): Driver {
  return {
    goto: async (url) => {
      await page.goto(url, {waitUntil: 'load'});
    },
    run: (expression) => page.evaluate(expression),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    clickAt: (x, y) => page.mouse.click(x, y),
    screenshot: async () => Buffer.from(await page.screenshot()),
    close,
  };
}
