import type {BrowserPage} from './browser/browser-page.js';
import type {Environment} from './environment.js';

/** Opens the demo page, with more in its query if need be. From then on the page notes errors that nobody caught. */
export async function visitDemo(
  page: BrowserPage,
  environment: Pick<Environment, 'page' | 'server'>,
  query: Readonly<Record<string, string>>,
): Promise<void> {
  const url = new URL(environment.page);
  url.searchParams.set('backend', environment.server);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  await page.goto(url.href);
  await page.evaluate(() => {
    const noted: string[] = [];
    Object.assign(globalThis, {uncaught: noted});
    // Without an exception behind it, it is a notice: that a ResizeObserver will be called in the next frame, not in this one.
    addEventListener('error', (event) => {
      if (event.error) noted.push(event.message);
    });
    addEventListener('unhandledrejection', (event) => noted.push(String(event.reason)));
  });
}

/** The errors that nobody caught since the last `visitDemo`. */
export function uncaughtOn(page: BrowserPage): Promise<readonly string[]> {
  return page.evaluate(() => (globalThis as unknown as {uncaught: string[]}).uncaught);
}
