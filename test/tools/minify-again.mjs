import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {minify} from 'terser';
import {minifySync} from 'vite';
import {INTERNAL_NAMES} from './internal-names.mjs';

const INTERNAL = new RegExp(`^(?:${INTERNAL_NAMES.join('|')})$`);
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
          mangle: {properties: {regex: INTERNAL}},
          sourceMap: {content: readFileSync(`${file}.map`, 'utf8'), filename: fileName},
        });
        if (code === undefined || typeof map !== 'string') throw new Error(`terser gave nothing for ${fileName}.`);
        const inputMap = /** @type {import('vite').Rollup.SourceMap} */ (JSON.parse(map));
        const last = minifySync(fileName, code, {module: format !== 'iife', sourcemap: true, inputMap});
        if (last.errors[0]) throw new Error(`${fileName}: ${last.errors[0].message}`);
        const [banner = ''] = BANNER.exec(written) ?? [];
        writeFileSync(file, `${banner}${last.code}\n//# sourceMappingURL=${fileName}.map\n`);
        // The banner is a line of its own.
        const mappings = `${banner && ';'}${last.map?.mappings ?? ''}`;
        writeFileSync(`${file}.map`, JSON.stringify({...last.map, mappings}));
      }
    },
  };
}
