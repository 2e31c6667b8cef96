/** Files that `dist/ws-chat.js` loads from beside it, on first use. Everywhere else they are modules like any other. */
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What is loaded, and the file it becomes. Such a module may import nothing that holds state of its own, for it gets a copy.
 * @type {Readonly<Record<string, string>>}
 */
export const BESIDE = {
  'src/client/outbox-disk.ts': 'ws-chat.outbox-disk.js',
  'src/client/shared-connection/index.ts': 'ws-chat.shared-connection.js',
};

const DYNAMIC_IMPORT = /\bimport\(\s*'(\.[^']+)'\s*\)/g;
const SCRIPT_URL = 'virtual:script-url';

/**
 * A script of another origin has no base address for a relative `import()`, unless its tag says `crossorigin`; so the address is taken from
 * the tag. As a module it has no tag, but a base.
 */
const ADDRESS_OF = `const script = document.currentScript?.src;
export const addressOf = (name) => (script ? new URL(name, script).href : './' + name);`;

/** @returns {import('vite').Plugin} */
export function loadBeside() {
  return {
    name: 'load-beside',
    enforce: 'pre',
    resolveId: (id) => (id === SCRIPT_URL ? `\0${id}` : null),
    load: (id) => (id === `\0${SCRIPT_URL}` ? ADDRESS_OF : null),
    transform: {
      filter: {id: /\/src\/.*\.ts$/, code: /\bimport\(/},
      handler(code, id) {
        let found = false;
        const loading = code.replace(DYNAMIC_IMPORT, (whole, /** @type {string} */ path) => {
          const name = BESIDE[join(dirname(id), path).slice(root.length).replace(/\.js$/, '.ts')];
          if (name === undefined) return whole;
          found = true;
          return `import(/* @vite-ignore */ addressOf('${name}'))`;
        });
        // On the last line, so that every line stays where the map says it is.
        return found ? {code: `${loading}\nimport {addressOf} from '${SCRIPT_URL}';`, map: null} : null;
      },
    },
  };
}
