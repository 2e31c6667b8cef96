/** How much each way of using the package brings to a page, and whether it is too much. Works on what `npm run build` made. */
import {existsSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
// It brings no types.
// @ts-expect-error
import {gzip} from 'pako';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/**
 * In bytes, gzipped. What has no limit is only reported. A limit is a ratchet: it goes down with the size, never up.
 * @type {Readonly<Record<string, number>>}
 */
const LIMITS = {'ws-chat.js': 60_000};

/**
 * Where it has to come to. Said aloud for as long as it is not there.
 * @type {Readonly<Record<string, number>>}
 */
const GOALS = {'ws-chat.js': 50_000};

/**
 * As `gzip -9` does it, to the byte. Node's own packs a little worse, and each version of it differently.
 * @param {Uint8Array} code
 * @returns {number}
 */
function weigh(code) {
  return gzip(code, {level: 9}).byteLength;
}

/** What a bundler makes of one import. @param {string} file A module of `dist/`. */
async function weighImport(file) {
  const result = await build({
    stdin: {contents: `export * from './${file}'; import './${file}';`, resolveDir: dist},
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['production'],
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  });
  const code = result.outputFiles[0]?.contents ?? new Uint8Array();
  return {raw: code.byteLength, gzip: weigh(code)};
}

/** @param {string} folder */
function definitions(folder) {
  return readdirSync(join(dist, folder))
    .filter((name) => name.endsWith('.js') && name.includes('-'))
    .map((name) => `${folder}/${name}`);
}

async function measure() {
  const bundle = readFileSync(join(dist, 'ws-chat.js'));
  const rows = [{name: 'ws-chat.js', raw: bundle.byteLength, gzip: weigh(bundle)}];
  rows.push({name: 'core', ...(await weighImport('core.js'))});
  for (const file of definitions('define')) rows.push({name: file, ...(await weighImport(file))});
  return rows;
}

if (!existsSync(join(dist, 'ws-chat.js'))) {
  console.error('There is nothing to weigh: run `npm run build` first.');
  process.exit(1);
}
const rows = await measure();
const width = Math.max(...rows.map(({name}) => name.length));
console.log(`${'what'.padEnd(width)}      bytes  gzipped    limit`);
for (const {name, raw, gzip} of rows) {
  const limit = LIMITS[name];
  const verdict = limit === undefined ? '' : gzip > limit ? `${limit}  TOO BIG` : String(limit);
  console.log(`${name.padEnd(width)}  ${String(raw).padStart(9)}  ${String(gzip).padStart(7)}  ${verdict.padStart(7)}`);
}
for (const {name, gzip} of rows) {
  const over = gzip - (GOALS[name] ?? Infinity);
  if (over > 0) console.log(`\n!!! ${name} IS ${over} BYTES OVER ITS GOAL of ${GOALS[name]}.`);
}
const failed = rows.filter(({name, gzip}) => gzip > (LIMITS[name] ?? Infinity)).length;
const passed = Object.keys(LIMITS).length - failed;
if (process.env['TEST_COUNTS']) writeFileSync(process.env['TEST_COUNTS'], JSON.stringify({passed, failed}));
process.exitCode = failed > 0 ? 1 : 0;
