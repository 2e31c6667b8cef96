import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {minify} from 'terser';
import {minifySync} from 'vite';
import {internalNames} from './internal-names.mjs';

const BANNER = /^\/\*!.*\*\/\n/;

/**
 * Two more passes over a finished script, which find what the first left: terser looks across statements where the minifier of the
 * bundler looks at one, and the names and quotes of that one pack better. The map leads through all of them to the sources.
 * @returns {import('vite').Plugin}
 */
export function minifyAgain() {
  return {
    name: 'minify-again',
    async writeBundle({dir = '', format}, bundle) {
      for (const {fileName, type} of Object.values(bundle)) {
        if (type !== 'chunk') continue;
        const file = join(dir, fileName);
        const written = readFileSync(file, 'utf8');
        const map = readFileSync(`${file}.map`, 'utf8');
        // Only the script has modules enough, and types beside it that tell which names are for others.
        const names = format === 'iife' && fileName === 'ws-chat.js' ? await internalNames(written, dir) : [];
        let last = await twice({code: written, map}, fileName, format !== 'iife', names);
        last = await twice(last, fileName, format !== 'iife', []);
        const [banner = ''] = BANNER.exec(written) ?? [];
        writeFileSync(file, `${banner}${last.code}\n//# sourceMappingURL=${fileName}.map\n`);
        // The banner is a line of its own.
        const mappings = `${banner && ';'}${JSON.parse(last.map).mappings}`;
        writeFileSync(`${file}.map`, JSON.stringify({...JSON.parse(last.map), mappings}));
      }
    },
  };
}

/**
 * One minifier, and then the other.
 * @param {{readonly code: string, readonly map: string}} written
 * @param {string} fileName
 * @param {boolean} module
 * @param {readonly string[]} names Names of members to shorten.
 */
async function twice({code: written, map: before}, fileName, module, names) {
  const {code, map} = await minify(written, {
    ecma: 2022,
    // `null === x` packs worse than what was written. The others are safe for this code: no function but classes is called by
    // `new`, no getter is read for its effect, nothing is compared that is no number or text, and nobody asks for `length` of a function.
    compress: {
      passes: 3,
      lhs_constants: false,
      unsafe_arrows: true,
      pure_getters: true,
      unsafe_comps: true,
      keep_fargs: false,
    },
    ...(names.length > 0 && {mangle: {properties: {regex: new RegExp(`^(?:${names.join('|')})$`)}}}),
    sourceMap: {content: before, filename: fileName},
  });
  if (code === undefined || typeof map !== 'string') throw new Error(`terser gave nothing for ${fileName}.`);
  const inputMap = /** @type {import('vite').Rollup.SourceMap} */ (JSON.parse(map));
  const last = minifySync(fileName, code, {module, sourcemap: true, inputMap});
  if (last.errors[0]) throw new Error(`${fileName}: ${last.errors[0].message}`);
  return {code: last.code, map: JSON.stringify(last.map)};
}
