import puppeteer, {type Page} from 'puppeteer-core';
import {drive} from '../../e2e/browser/firefox.js';
import {requireBrowser} from '../../tools/browsers.mjs';
import {noteUncaught} from './notes.js';
import {PATIENCE, VIEW, type TabBrowser, type TabDriver} from './driver.js';

/** Rejects where there is no Firefox. */
export async function openFirefox(): Promise<TabBrowser> {
  const executablePath = requireBrowser('firefox');
  const browser = await puppeteer.launch({browser: 'firefox', executablePath, headless: true, protocolTimeout: 0});
  return {
    async openTabs() {
      const context = await browser.createBrowserContext();
      // A window each: none hides the others, and their timers keep time.
      return {open: async () => driveTab(await context.newPage({type: 'window'})), close: () => context.close()};
    },
    close: () => browser.close(),
  };
}

/** One page that puppeteer drives, of Firefox or of Chromium. */
export async function driveTab(page: Page, close = () => page.close()): Promise<TabDriver> {
  page.setDefaultTimeout(PATIENCE);
  await page.setViewport(VIEW);
  const driver = drive(page, close);
  const {uncaught, run} = noteUncaught(driver.run);
  return {
    ...driver,
    uncaught,
    run,
    measure: null,
    wait: run,
    reload: async () => {
      await run('null');
      await page.reload();
    },
    front: () => page.bringToFront(),
    setOffline: (offline) => page.setOfflineMode(offline),
  };
}
