/** What `test/tools/e2e.mjs` tells the tests: on which server and browser they run, and where these are. */
export interface Environment {
  readonly server: 'embedded' | 'laravel';
  readonly browser: 'chromium' | 'firefox' | 'webkit';
  readonly browserPath: string;
  /** Chromium only: the program for tests that need no tabs. */
  readonly shellPath: string;
  /** The address of the WebDriver; WebKit only. */
  readonly webDriver: string;
  /** The address of the demo page. */
  readonly page: string;
  /** Where that page expects the server, and Reverb. */
  readonly port: number;
  readonly reverbPort: number;
}

/** Reads it. Throws where the tests were not started by that script. */
export function readEnvironment(): Environment {
  const {E2E_SERVER, E2E_BROWSER, E2E_BROWSER_PATH, E2E_SHELL_PATH, E2E_WEBDRIVER, E2E_PAGE, E2E_PORT, E2E_REVERB_PORT} =
    process.env;
  if (!E2E_PAGE || !E2E_BROWSER_PATH) throw new Error('Run the e2e tests by `npm run test:e2e -- --server … --browser …`.');
  return {
    server: E2E_SERVER === 'laravel' ? 'laravel' : 'embedded',
    browser: E2E_BROWSER === 'firefox' || E2E_BROWSER === 'webkit' ? E2E_BROWSER : 'chromium',
    browserPath: E2E_BROWSER_PATH,
    shellPath: E2E_SHELL_PATH ?? '',
    webDriver: E2E_WEBDRIVER ?? '',
    page: E2E_PAGE,
    port: Number(E2E_PORT),
    reverbPort: Number(E2E_REVERB_PORT),
  };
}
