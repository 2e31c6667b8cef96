/** Weighs what `npm run build` made: what a bundler makes of an import of it, and what each room of the sources brings to the script. */
import {readFileSync} from 'node:fs';
import {SourceMap} from 'node:module';
import {join} from 'node:path';
import {build} from 'esbuild';
// It brings no types.
// @ts-expect-error
import {gzip} from 'pako';

/**
 * In bytes. `start` and `later` are gzipped: what a page loads at once, and what it loads on first use.
 * @typedef {{readonly raw: number, readonly start: number, readonly later: number}} Weight
 */

/**
 * As `gzip -9` does it, to the byte. Node's own packs a little worse, and each version of it differently.
 * @param {Uint8Array | string} code
 * @returns {number}
 */
export function gzipped(code) {
  return gzip(code, {level: 9}).byteLength;
}

/**
 * A file that is loaded as it is, and those that it loads from beside it.
 * @param {string} file
 * @param {readonly string[]} beside
 * @returns {Weight}
 */
export function weighFile(file, beside) {
  const code = readFileSync(file);
  return {raw: code.byteLength, start: gzipped(code), later: sum(beside.map((path) => gzipped(readFileSync(path))))};
}

/**
 * What a bundler that splits code makes of modules that are imported together.
 * @param {string} dist
 * @param {readonly string[]} modules Paths in `dist`.
 * @returns {Promise<Weight>}
 */
export async function weighImport(dist, modules) {
  const contents = modules.map((file) => `export * from './${file}'; import './${file}';`).join('\n');
  const {metafile, outputFiles} = await build({
    stdin: {contents, resolveDir: dist},
    absWorkingDir: dist,
    bundle: true,
    minify: true,
    splitting: true,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['production'],
    legalComments: 'none',
    outdir: 'bundled',
    write: false,
    logLevel: 'silent',
  });
  const atStart = new Set([...loadedAtOnce(metafile.outputs)].map((name) => join(dist, name)));
  const files = outputFiles.map(({path, contents: code}) => ({code, isAtStart: atStart.has(path)}));
  const raw = files.filter(({isAtStart}) => isAtStart);
  return {
    raw: sum(raw.map(({code}) => code.byteLength)),
    start: sum(raw.map(({code}) => gzipped(code))),
    later: sum(files.filter(({isAtStart}) => !isAtStart).map(({code}) => gzipped(code))),
  };
}

/**
 * The entry and all that it imports, but not by `import()`.
 * @param {import('esbuild').Metafile['outputs']} outputs
 */
function loadedAtOnce(outputs) {
  const entry = Object.keys(outputs).find((name) => outputs[name]?.entryPoint === '<stdin>');
  if (entry === undefined) throw new Error('esbuild does not say which file is the entry.');
  const loaded = new Set([entry]);
  for (const name of loaded) {
    for (const {path, kind} of outputs[name]?.imports ?? []) if (kind === 'import-statement') loaded.add(path);
  }
  return loaded;
}

/**
 * What a room brings to a script: its bytes there, and how much smaller the script would be, gzipped, without them. The latter adds up to
 * less than the whole, as what two rooms have in common is paid once.
 * @param {string} file With a source map beside it.
 * @returns {readonly {readonly room: string, readonly raw: number, readonly gzip: number}[]} The heaviest first.
 */
export function weighRooms(file) {
  const code = readFileSync(file, 'utf8');
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  /** @type {Map<string, {raw: number, others: string}>} */
  const rooms = new Map();
  /** @type {{room: string, text: string}[]} */
  const pieces = [];
  for (const [line, text] of code.split('\n').entries()) {
    for (let column = 0; column < text.length; column += 1) {
      const entry = map.findEntry(line, column);
      const room = roomOf('originalSource' in entry ? entry.originalSource : '');
      const last = pieces.at(-1);
      if (last?.room === room) last.text += text[column];
      else pieces.push({room, text: text[column] ?? ''});
      rooms.set(room, {raw: 0, others: ''});
    }
  }
  const whole = gzipped(code);
  return [...rooms.keys()]
    .map((room) => {
      const raw = sum(pieces.filter((piece) => piece.room === room).map(({text}) => text.length));
      const others = pieces.filter((piece) => piece.room !== room).map(({text}) => text);
      return {room, raw, gzip: whole - gzipped(others.join(''))};
    })
    .sort((a, b) => b.gzip - a.gzip);
}

/** @param {string} source */
function roomOf(source) {
  if (/\/(?:@lit|lit|lit-html|lit-element)\/|slim-lit/.test(source)) return 'lit';
  if (/pusher-js|slim-pusher/.test(source)) return 'pusher-js';
  return /\/src\/(\w+)\//.exec(source)?.[1] ?? 'doors';
}

/** @param {readonly number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
