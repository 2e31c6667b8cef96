import {packageFile} from '../package/package-info.js';
import {testRendered} from './rendered-app.js';

const {devDependencies} = packageFile;
const ours = (...names: readonly string[]): readonly string[] => names.map((name) => `${name}@${devDependencies[name]}`);
const camel = (name: string): string => name.replace(/-./gu, (pair) => pair.slice(1).toUpperCase());

testRendered('next', {
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
export const GET = () => Response.json({token: process.env.CHAT_TOKEN});`,
  },
  setting: (name, value) => `${camel(name)}={${JSON.stringify(value)}}`,
  build: ['next', 'build'],
  serve: (port, cwd) => ['node_modules/next/dist/bin/next', 'start', cwd, '-p', String(port), '-H', '127.0.0.1'],
  listens: /Ready in/u,
  sends:
    /<h1>Vali Yusupov<\/h1><chat-connection defer-hydration=""><chat-conversation defer-hydration=""><\/chat-conversation><\/chat-connection>/u,
});
