/** The demo page and the servers behind it, for `npm start` and for the e2e tests. */
import {once} from 'node:events';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {freePort, start, stop, temporaryFolder} from './processes.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Where the page looks for its servers. It finds this in `import.meta.env.VITE_DEMO`, as JSON, and takes `laravel` with
 * `?backend=laravel`, otherwise `embedded`.
 * @typedef {object} Backends
 * @property {string} embedded The address of the embedded server, HTTP and socket in one.
 * @property {{url: string, reverbPort: number}} laravel The address of the Laravel demo, and the port of its Reverb on the same host.
 */

/** Where the Laravel demo is unless somebody says otherwise. */
export const LARAVEL = {url: 'http://127.0.0.1:8000', reverbPort: 8080};

/**
 * Without hot reload, vite's own script in the page would only try to open a socket that is not there, and complain of it.
 * @type {import('vite').Plugin}
 */
const withoutViteClient = {
  name: 'without-vite-client',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace(/<script type="module" src="\/@vite\/client"><\/script>/, ''),
  },
};

/**
 * Serves the demo page.
 * @param {{port?: number, backends: Backends}} options Port 0, or none, is any free one; a port in use makes it take the next.
 * @returns {Promise<{url: string, close: () => Promise<void>}>}
 */
export async function servePage({port = 0, backends}) {
  // Not at the top: what is above runs before anything is installed.
  const {createServer} = await import('vite');
  const cacheDir = temporaryFolder('vite');
  const server = await createServer({
    root: join(root, 'demo/page'),
    configFile: false,
    cacheDir,
    logLevel: 'warn',
    clearScreen: false,
    define: {'import.meta.env.VITE_DEMO': JSON.stringify(JSON.stringify(backends))},
    server: {host: '127.0.0.1', port: port || (await freePort()), fs: {allow: [root, cacheDir]}, hmr: false, ws: false},
    plugins: [withoutViteClient],
    // Found and bundled before the first page asks, so that no page is reloaded under a test.
    optimizeDeps: {include: ['pusher-js/worker/index.js']},
  });
  await server.listen();
  const address = server.httpServer?.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return {url: `http://127.0.0.1:${actual}/`, close: () => server.close()};
}

/**
 * Builds the demo page and serves it: a page that is loaded again and again should load as it does for a host, and not as 200 modules.
 * @param {{backends: Backends}} options
 * @returns {Promise<{url: string, close: () => Promise<void>}>}
 */
export async function serveBuiltPage({backends}) {
  const {build, preview} = await import('vite');
  const outDir = temporaryFolder('page');
  /** @type {import('vite').InlineConfig} */
  const shared = {root: join(root, 'demo/page'), configFile: false, logLevel: 'error'};
  await build({
    ...shared,
    define: {'import.meta.env.VITE_DEMO': JSON.stringify(JSON.stringify(backends))},
    // Nothing is cached from one run to the next, and a test goes to the style sheet as to a page with nothing on it.
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      reportCompressedSize: false,
      rollupOptions: {output: {assetFileNames: '[name][extname]'}},
    },
  });
  const port = await freePort();
  const server = await preview({...shared, build: {outDir}, preview: {host: '127.0.0.1', port, strictPort: true}});
  return {url: `http://127.0.0.1:${port}/`, close: () => server.close()};
}

/**
 * Starts a server that prints `listening on ADDRESS` once it answers.
 * @param {readonly string[]} command The arguments for Node.
 * @param {{quiet?: boolean, timeout?: number}} [options] `quiet` keeps what it says to itself, unless it fails. Milliseconds.
 * @returns {Promise<{url: string, child: import('node:child_process').ChildProcess, stop: () => Promise<void>}>}
 */
export async function serve(command, {quiet = false, timeout = 120_000} = {}) {
  const child = start(process.execPath, command, {cwd: root});
  let said = '';
  const listening = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`It did not listen in time.\n${said}`)), timeout);
    child.once('exit', (code) => {
      // Else whoever is told of it waits for the timer before the process ends.
      clearTimeout(timer);
      reject(new Error(`It ended with code ${code}.\n${said}`));
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({input: stream}).on('line', (line) => {
        said = `${said}${line}\n`.slice(-20_000);
        if (!quiet) console.log(line);
        const url = /^listening on (http:\/\/\S+)/.exec(line)?.[1];
        if (!url) return;
        clearTimeout(timer);
        resolve(url);
      });
    }
  });
  try {
    return {url: await listening, child, stop: () => stop(child)};
  } catch (error) {
    await stop(child);
    throw error;
  }
}

/**
 * @param {{port: number, db: string, quiet?: boolean}} options
 */
export function serveEmbedded({port, db, quiet = true}) {
  return serve(['--import', 'tsx', 'demo/server/main.ts', '--port', String(port), '--db', db], {quiet});
}

/**
 * @param {{port: number, reverbPort: number, db: string, quiet?: boolean}} options
 */
export function serveLaravel({port, reverbPort, db, quiet = true}) {
  const flags = ['--port', String(port), '--reverb-port', String(reverbPort), '--db', db];
  // The first time it installs packages.
  return serve(['demo/laravel/serve.mjs', ...flags], {quiet, timeout: 600_000});
}

/** Resolves when somebody ends this with Ctrl-C. */
export async function untilStopped() {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}
