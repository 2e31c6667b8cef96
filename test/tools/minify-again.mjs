import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {minify} from 'terser';

/**
 * A second pass over a finished script, which finds what the first left: terser looks across statements where the minifier of the
 * bundler looks at one. The map leads through both passes to the sources.
 * @returns {import('vite').Plugin}
 */
export function minifyAgain() {
  return {
    name: 'minify-again',
    async writeBundle({dir = ''}, bundle) {
      for (const {fileName, type} of Object.values(bundle)) {
        if (type !== 'chunk') continue;
        const file = join(dir, fileName);
        const {code, map} = await minify(readFileSync(file, 'utf8'), {
          ecma: 2022,
          // `null === x` packs worse than what was written.
          compress: {passes: 3, lhs_constants: false},
          format: {comments: /^!/},
          sourceMap: {content: readFileSync(`${file}.map`, 'utf8'), filename: fileName, url: `${fileName}.map`},
        });
        if (code === undefined || typeof map !== 'string') throw new Error(`terser gave nothing for ${fileName}.`);
        writeFileSync(file, code);
        writeFileSync(`${file}.map`, map);
      }
    },
  };
}
