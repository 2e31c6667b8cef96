/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Where the servers are, as JSON; see `Backends` in settings.ts. Set by whoever serves the page. */
  readonly VITE_DEMO?: string;
}
