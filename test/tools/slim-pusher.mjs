/**
 * pusher-js as we publish it: `src/connection/pusher-client.ts` made anew from those sources of pusher-js that do what it asks for,
 * 1 kB in place of 57. `test/package/slim-pusher.test.ts` holds the two to each other, and says when a new pusher-js does otherwise.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

/** As the one file that knows pusher-js is imported. */
export const STOCK = './pusher-client.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packageFile = createRequire(import.meta.url).resolve('pusher-js/package.json');
const sources = join(dirname(packageFile), 'src');
/** A file that is never written: the map of the module tells the way to its sources from there. */
const MODULE = join(sources, 'slim-pusher.js');
const {version} = JSON.parse(readFileSync(packageFile, 'utf8'));

/** @returns {Promise<{code: string, map: string}>} An ES module that exports `openPusher`. */
export async function buildSlimPusher() {
  const {outputFiles} = await build({
    entryPoints: [fileURLToPath(new URL('slim-pusher/pusher-client.ts', import.meta.url))],
    outfile: MODULE,
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'external',
    legalComments: 'none',
    write: false,
    define: {VERSION: JSON.stringify(version), CDN_HTTP: '""', CDN_HTTPS: '""', DEPENDENCY_SUFFIX: '""'},
    tsconfigRaw: {},
    logLevel: 'warning',
  });
  const [map, code] = outputFiles;
  if (!map || !code) throw new Error('esbuild gave no module, or no map of it.');
  return {code: code.text, map: map.text};
}

/**
 * Puts it in place of the module that tsc has made for importers, with the licence that its sources ask for.
 * @param {string} dist
 */
export async function writeSlimPusher(dist) {
  const {code} = await buildSlimPusher();
  const licence = readFileSync(join(dirname(packageFile), 'LICENCE'), 'utf8').trim();
  writeFileSync(join(dist, 'connection/pusher-client.js'), `/*!\nParts of pusher-js ${version}\n\n${licence}\n*/\n${code}`);
}

/**
 * Puts it in place of the client over the published pusher-js.
 * @returns {import('vite').Plugin}
 */
export function slimPusher() {
  return {
    name: 'slim-pusher',
    enforce: 'pre',
    resolveId: (source) => (source === STOCK ? MODULE : null),
    load: (id) => (id === MODULE ? buildSlimPusher() : null),
  };
}
