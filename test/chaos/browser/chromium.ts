import {chromium, type Page} from 'playwright-core';
import {drive} from '../../e2e/browser/chromium.js';
import {requireBrowser} from '../../tools/browsers.mjs';
import {PATIENCE, VIEW, type Holdings, type TabBrowser, type TabDriver} from './driver.js';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--js-flags=--expose-gc'];

/** Rejects where there is no Chromium. */
export async function openChromium(): Promise<TabBrowser> {
  const executablePath = requireBrowser('chromium', {shell: true});
  const browser = await chromium.launch({executablePath, args: FLAGS});
  return {
    async openTabs() {
      const context = await browser.newContext({viewport: VIEW});
      context.setDefaultTimeout(PATIENCE);
      return {open: async () => driveTab(await context.newPage()), close: () => context.close()};
    },
    close: () => browser.close(),
  };
}

function driveTab(page: Page): TabDriver {
  const uncaught: string[] = [];
  page.on('pageerror', (error) => uncaught.push(error.message));
  page.on('crash', () => uncaught.push('The page crashed.'));
  const driver = drive(page, () => page.close());
  return {
    ...driver,
    uncaught,
    measure: () => measure(page),
    wait: driver.run,
    reload: async () => {
      await page.reload();
    },
    front: () => page.bringToFront(),
    type: (text) => page.keyboard.insertText(text),
    setOffline: (offline) => page.context().setOffline(offline),
  };
}

async function measure(page: Page): Promise<Holdings> {
  const devTools = await page.context().newCDPSession(page);
  // What the first one finds may be held by finalizers until the second.
  for (let round = 0; round < 3; round += 1) await devTools.send('HeapProfiler.collectGarbage');
  const {usedSize} = await devTools.send('Runtime.getHeapUsage');
  const {documents, nodes, jsEventListeners} = await devTools.send('Memory.getDOMCounters');
  await devTools.detach();
  return {heap: usedSize, documents, nodes, listeners: jsEventListeners};
}
