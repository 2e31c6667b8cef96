import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build, preview} from 'vite';
import {freePort} from '../tools/processes.mjs';

const root = fileURLToPath(new URL('../../demo/page', import.meta.url));

/**
 * Builds the demo page and serves it: a page that is loaded again and again should load as it does for a host, and not as 200 modules.
 * Port 9 is nowhere: each tab names its server in its address.
 */
export async function serveBuiltPage(): Promise<{readonly url: string; close(): Promise<void>}> {
  const outDir = mkdtempSync(join(tmpdir(), 'ws-chat-chaos-page-'));
  const nowhere = 'http://127.0.0.1:9';
  const backends = {embedded: nowhere, laravel: {url: nowhere, reverbPort: 9}};
  const shared = {root, configFile: false, logLevel: 'error'} as const;
  await build({
    ...shared,
    define: {'import.meta.env.VITE_DEMO': JSON.stringify(JSON.stringify(backends))},
    build: {outDir, emptyOutDir: true, target: 'es2022', reportCompressedSize: false},
  });
  const port = await freePort();
  const server = await preview({...shared, build: {outDir}, preview: {host: '127.0.0.1', port, strictPort: true}});
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      await server.close();
      rmSync(outDir, {recursive: true, force: true});
    },
  };
}
