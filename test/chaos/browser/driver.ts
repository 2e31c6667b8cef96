import type {Driver} from '../../e2e/browser/driver.js';

/** What an engine must be able to do with a tab; everything else is built on it. */
export interface TabDriver extends Driver {
  /** The errors that nobody caught, over all that was opened in it. */
  readonly uncaught: readonly string[];
  /** What the engine holds for its page; `null` where it does not tell. */
  readonly measure: (() => Promise<Holdings>) | null;
  /** As `run`, for what may take its time: other tabs are served meanwhile. */
  wait(expression: string): Promise<unknown>;
  reload(): Promise<void>;
  /** Puts it before the other tabs: one in the background is drawn once a second, if at all. */
  front(): Promise<void>;
  /** Takes the network away, or gives it back. WebKit only says so to the page. */
  setOffline(offline: boolean): Promise<void>;
}

/** What the engine holds for a page, after everything that could go was collected. */
export interface Holdings {
  /** In bytes. */
  readonly heap: number;
  readonly listeners: number;
  readonly nodes: number;
  readonly documents: number;
}

/** The tabs of one person, which share their storage. Nothing of it is left once it is closed. */
export interface Tabs {
  open(): Promise<TabDriver>;
  close(): Promise<void>;
}

/** A browser of whichever engine. */
export interface TabBrowser {
  openTabs(): Promise<Tabs>;
  close(): Promise<void>;
}

/** How long a page, or anything on it, may take on a machine that has much to do (ms). */
export const PATIENCE = 120_000;

export const VIEW = {width: 900, height: 800};
