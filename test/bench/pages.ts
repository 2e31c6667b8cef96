import {existsSync, readdirSync, statSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {build, type Plugin} from 'esbuild';
import {build as buildPackage} from '../tools/build.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The pages, served: `url` and the name of a contestant are the address of one. */
export interface Pages {
  readonly url: string;
  /** How many bytes of script each one loads, compressed, with the code that measures. */
  readonly gzipped: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** What is measured is the package as it is published; its types are those of its source. */
const published: Plugin = {
  name: 'published',
  setup({onResolve}) {
    onResolve({filter: /\/src\/define\/[^/]+\.js$/}, ({path}) => ({
      path: join(root, 'dist', path.slice(path.indexOf('define/'))),
    }));
  },
};

/** When the newest file below a folder was written. */
function newest(folder: string): number {
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, {recursive: true, withFileTypes: true}).filter((file) => file.isFile());
  return Math.max(0, ...files.map(({parentPath, name}) => statSync(join(parentPath, name)).mtimeMs));
}

/** Builds the package, unless that was done since its source was changed. */
async function buildIfStale(): Promise<void> {
  const built = join(root, 'dist/ws-chat.js');
  if (existsSync(built) && statSync(built).mtimeMs > newest(join(root, 'src'))) return;
  process.stderr.write('Building the package …\n');
  await buildPackage();
}

async function bundle(entry: string, plugins: Plugin[]): Promise<Uint8Array> {
  const {outputFiles} = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['production'],
    define: {'process.env.NODE_ENV': '"production"'},
    loader: {'.css': 'text'},
    logLevel: 'error',
    write: false,
    plugins,
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`Nothing came of ${entry}.`);
  return file.contents;
}

const PAGE = (name: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${name}</title>
<style>html, body { height: 100%; margin: 0 } body, #root { display: flex; flex-direction: column } #root { flex: 1; min-height: 0 } .whole { flex: 1; min-height: 0 }</style>
<div id="root"></div>
<script type="module" src="/${name}.js"></script>
</html>`;

const FACE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#678" d="M0 0h8v8H0z"/><circle cx="4" cy="3" r="2" fill="#fff"/></svg>';

/**
 * Bundles a page for each contestant, by their names and entries, and serves them, and the pictures of people. With `fromSource` the
 * package is not built before, and taken from `src/` as it is.
 */
export async function servePages(entries: ReadonlyMap<string, string>, fromSource: boolean): Promise<Pages> {
  if (!fromSource) await buildIfStale();
  const scripts = new Map<string, Uint8Array>();
  for (const [name, entry] of entries) scripts.set(name, await bundle(entry, fromSource ? [] : [published]));
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').slice(1);
    const script = scripts.get(path.replace(/\.js$/, ''));
    const [type, body] = path.endsWith('.svg')
      ? ['image/svg+xml', FACE]
      : path.endsWith('.js')
        ? ['text/javascript', script]
        : ['text/html', script && PAGE(path)];
    response.writeHead(body ? 200 : 404, {'content-type': type, 'cache-control': 'max-age=3600'}).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    gzipped: new Map([...scripts].map(([name, code]) => [name, gzipSync(code, {level: 9}).byteLength])),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
