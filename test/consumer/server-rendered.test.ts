import assert from 'node:assert/strict';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {Child} from '../e2e/backend/child.js';
import {cannotOpen} from '../package/page-server.js';
import {packageFile} from '../package/package-info.js';
import {fileInGuide} from '../package/snippets.js';
import {freePort} from '../tools/processes.mjs';
import {Workshop} from './workshop.js';

const GUIDE = 'stories/frameworks.mdx';

/** A new app of a framework that renders on a server: what it holds beside the files that the guide shows, and how it runs. */
interface App {
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

const camel = (name: string): string => name.replace(/-./gu, (pair) => pair.slice(1).toUpperCase());
const {devDependencies} = packageFile;
const ours = (...names: readonly string[]): readonly string[] => names.map((name) => `${name}@${devDependencies[name]}`);

// The newest that run on Node 20.19.
const APPS: Readonly<Record<string, App>> = {
  next: {
    packages: ['next@16.4.6', ...ours('react', 'react-dom', 'typescript', '@types/node', '@types/react')],
    shown: {
      'app/chat.tsx': '',
      'app/page.tsx': `
import {connection} from 'next/server';

async function fetchToken(): Promise<string> {
  await connection();
  return process.env.CHAT_TOKEN ?? '';
}`,
    },
    files: {
      'app/layout.tsx': `import type {ReactNode} from 'react';

export default function Layout({children}: {children: ReactNode}) {
  return <html lang="en"><body>{children}</body></html>;
}`,
      'app/chat-token/route.ts': `export const dynamic = 'force-dynamic';
export const GET = () => new Response(process.env.CHAT_TOKEN);`,
    },
    setting: (name, value) => `${camel(name)}={${JSON.stringify(value)}}`,
    build: ['next', 'build'],
    serve: (port, cwd) => ['node_modules/next/dist/bin/next', 'start', cwd, '-p', String(port), '-H', '127.0.0.1'],
    listens: /Ready in/u,
    sends: /<h1>Vali Yusupov<\/h1><chat-connection><chat-conversation><\/chat-conversation><\/chat-connection>/u,
  },
  nuxt: {
    packages: ['nuxt@4.4.5'],
    shown: {'nuxt.config.ts': '', 'app/pages/index.vue': ''},
    files: {'server/routes/chat-token.get.ts': 'export default defineEventHandler(() => process.env.CHAT_TOKEN);'},
    setting: (name, value) => `${name}="${value}"`,
    build: ['nuxt', 'build'],
    serve: () => ['.output/server/index.mjs'],
    listens: /Listening on/u,
    sends: /<chat-connection [^>]+><chat-conversation conversation-id="1"><\/chat-conversation><\/chat-connection>/u,
  },
};

describe('the packed package, rendered on a server', {skip: cannotOpen}, () => {
  let workshop: Workshop;

  before(async () => {
    workshop = await Workshop.open();
  });

  after(() => workshop.close());

  /** A file of the guide with the backend that there is. */
  function filled(file: string, {shown, setting}: App): string {
    const settings = Object.entries(workshop.settings).map(([name, value]) => setting(name, value));
    const code = fileInGuide(GUIDE, file)
      .replace(/app-?key="app-key"\s+ws-?host="ws\.example\.com"/iu, settings.join(' '))
      .replace('https://app.example.com/api', `${workshop.backend.url}/api`)
      .replaceAll('123', '1')
      .replaceAll('45', String(workshop.ali.id));
    assert.ok(!code.includes('example.com'), code);
    return `${code}${shown[file]}`;
  }

  for (const [name, app] of Object.entries(APPS)) {
    it(`talks from a new app of ${name}, which renders and hydrates it`, {timeout: 900_000}, async () => {
      const shown = Object.keys(app.shown).map((file) => [file, filled(file, app)] as const);
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
  }
});
