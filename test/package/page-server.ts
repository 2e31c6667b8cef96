import {existsSync, readFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {extname, join, normalize} from 'node:path';
import {chromium, type Browser, type Page} from 'playwright-core';
import {findShell} from '../tools/browsers.mjs';
import {root} from './package-info.js';

const program = findShell();

/** Why tests in a page cannot run here, or false. */
export const cannotOpen: string | false = program === null ? 'Chromium is missing' : false;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.xhtml': 'application/xhtml+xml; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A page that was opened, and what it has complained about since. A browser that looks for an icon does not count. */
export interface OpenPage {
  readonly page: Page;
  readonly complaints: string[];
}

/** Hands out the files of the repository, and pages and scripts that a test has written; and opens them in Chromium. */
export class PageServer {
  readonly #texts = new Map<string, string>();
  readonly #server: Server;
  #browser: Browser | undefined;

  constructor() {
    this.#server = createServer(({url}, response) => {
      const path = new URL(url ?? '/', 'http://localhost').pathname;
      const type = TYPES[extname(path)];
      const file = join(root, normalize(path));
      const content = this.#texts.get(path) ?? (type !== undefined && existsSync(file) ? readFileSync(file) : undefined);
      if (content === undefined) return void response.writeHead(404).end();
      response.setHeader('content-type', type ?? 'text/html; charset=utf-8').end(content);
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#browser = await chromium.launch({executablePath: program ?? '', args: ['--no-sandbox', '--disable-gpu']});
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    this.#server.close();
  }

  /** Hands out `text` at `path` from now on; an ending of its own decides on the type. */
  put(path: string, text: string): void {
    this.#texts.set(path, text);
  }

  urlOf(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** Opens what is at `path`, or at an address of somebody else. Resolves once it has loaded. */
  async open(path: string): Promise<OpenPage> {
    if (!this.#browser) throw new Error('Start it first.');
    // Nothing is caught in the middle of a movement then.
    const page = await this.#browser.newPage({reducedMotion: 'reduce'});
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (line) => {
      const isOurs = !line.location().url.endsWith('/favicon.ico');
      if (['error', 'warning'].includes(line.type()) && isOurs) complaints.push(line.text());
    });
    await page.goto(new URL(path, this.urlOf('/')).href);
    return {page, complaints};
  }
}
