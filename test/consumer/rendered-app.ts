import assert from 'node:assert/strict';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {Child} from '../e2e/backend/child.js';
import {cannotOpen} from '../package/page-server.js';
import {fileInGuide} from '../package/snippets.js';
import {freePort} from '../tools/processes.mjs';
import {Workshop} from './workshop.js';

const GUIDE = 'stories/frameworks.mdx';

/** A new app of a framework that renders on a server, of the newest version that runs on Node 20.19: what it holds beside the files that the guide shows, and how it runs. */
export interface App {
  readonly packages: readonly string[];
  /** Files of the guide, and what a host adds to them. */
  readonly shown: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  /** How its markup names a setting. */
  readonly setting: (name: string, value: string | number) => string;
  readonly build: readonly string[];
  /** The program of its server, in its folder, and what it says once it listens. */
  readonly serve: (port: number, cwd: string) => readonly string[];
  readonly listens: RegExp;
  /** What its server has written into the page. */
  readonly sends: RegExp;
}

/** A file of the guide with the backend that there is. */
function filled(file: string, {shown, setting}: App, {settings, backend, ali}: Workshop): string {
  // The ids first: a port may hold the same digits.
  const code = fileInGuide(GUIDE, file)
    .replaceAll('123', '1')
    .replaceAll('45', String(ali.id))
    .replace(
      /app-?key="app-key"\s+ws-?host="ws\.example\.com"/iu,
      Object.entries(settings)
        .map(([name, value]) => setting(name, value))
        .join(' '),
    )
    .replace('https://app.example.com/api', `${backend.url}/api`);
  assert.ok(!code.includes('example.com'), code);
  return `${code}${shown[file]}`;
}

/** Makes such an app of the packed package, builds, serves and opens it, and talks. */
export function testRendered(name: string, app: App): void {
  describe('the packed package, rendered on a server', {skip: cannotOpen}, () => {
    let workshop: Workshop;

    before(async () => {
      workshop = await Workshop.open();
    });

    after(() => workshop.close());

    it(`talks from a new app of ${name}, which renders and hydrates it`, {timeout: 480_000}, async () => {
      const shown = Object.keys(app.shown).map((file) => [file, filled(file, app, workshop)] as const);
      const cwd = await workshop.make(name, {...Object.fromEntries(shown), ...app.files}, app.packages);
      const quiet = {NEXT_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production'};
      await workshop.call(cwd, app.build, quiet);

      const port = await freePort();
      const address = {HOST: '127.0.0.1', PORT: String(port)};
      const [program = '', ...args] = app.serve(port, cwd);
      const server = new Child([join(cwd, program), ...args], {...quiet, ...address, CHAT_TOKEN: workshop.ali.token});
      try {
        await server.line(app.listens);
        const url = `http://127.0.0.1:${port}/`;
        const answer = await fetch(url);
        const html = await answer.text();
        assert.equal(answer.status, 200);
        assert.match(html, app.sends);
        assert.ok(!html.includes(workshop.ali.token), 'The token stands in the page.');
        await workshop.talk(await workshop.server.open(url), name);
      } finally {
        await server.stop();
      }
    });
  });
}
