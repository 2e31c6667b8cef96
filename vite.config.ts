import {readFileSync} from 'node:fs';
import MagicString from 'magic-string';
import {defineConfig, type Plugin} from 'vite';
import {loadBeside} from './test/tools/load-beside.mjs';
import {minifyAgain} from './test/tools/minify-again.mjs';
import {minifyTemplates} from './test/tools/minify-templates.mjs';
import {packChunk} from './test/tools/pack-chunk.mjs';
import {replaceOnce, slimLit} from './test/tools/slim-lit.mjs';
import {plainDecorators} from './test/tools/plain-decorators.mjs';
import {slimPusher} from './test/tools/slim-pusher.mjs';

const {version} = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {version: string};

const SCRIPT = 'ws-chat.js';
const BANNER = `/*! ws-chat-elements ${version} | MIT`;
const INCLUDES = ' | lit: BSD-3-Clause, Google LLC | pusher-js: MIT, Pusher Ltd';

const LIT = /\/node_modules\/(lit-html\/lit-html|lit-element\/lit-element|@lit\/reactive-element\/reactive-element)\.js$/;
const ASKS_FOR_BROWSER =
  /\btypeof (?:BroadcastChannel|CSS|customElements|document|location|navigator|window) ([!=])== 'undefined'/g;
const VERSIONS = /\(\w\.\w+Versions\?\?=\[\]\)\.push\("[^"]+"\)/;
const POLICY = /(\w)\.createPolicy\("lit-html",(\{createHTML:\w=>\w\})\)/;

/** A second copy of this script may not create the policy again, and need not: the elements are those of the first. */
const OUR_POLICY = '(()=>{try{return $1.createPolicy("ws-chat-elements",$2)}catch{}})()';

/**
 * Makes the Lit inside of the bundle keep to itself.
 *
 * Two copies of Lit on a page with `trusted-types lit-html` collide at load, as a policy may be created once: ours is called
 * `ws-chat-elements`. And the lists of versions that Lit keeps on the window are for those who import it, so they go.
 */
function privateLit(): Plugin {
  return {
    name: 'private-lit',
    enforce: 'pre',
    transform(code, id) {
      if (!LIT.test(id)) return null;
      const quiet = replaceOnce(code, VERSIONS, 'void 0');
      const renamed = id.endsWith('/lit-html.js') ? replaceOnce(quiet, POLICY, OUR_POLICY) : quiet;
      // No map of its own: the code of a dependency comes minified, on one line, and columns there help nobody.
      return {code: renamed, map: null};
    },
  };
}

/** Answers for a browser what the modules ask because they also run in Node: every browser that can show the elements has these. */
function inBrowser(): Plugin {
  return {
    name: 'in-browser',
    enforce: 'pre',
    transform: {
      filter: {id: /\/src\/.*\.ts$/, code: 'typeof'},
      handler(code) {
        const edited = new MagicString(code).replaceAll(ASKS_FOR_BROWSER, (_, equal: string) => String(equal === '!'));
        return {code: edited.toString(), map: edited.generateMap({hires: true})};
      },
    },
  };
}

/** Lets the script set its global where a `var` would not be one: as a module. */
function setGlobal(): Plugin {
  return {
    name: 'set-global',
    renderChunk(code, _chunk, {format, name}) {
      if (format !== 'iife') return null;
      const edited = new MagicString(code).replace(`var ${name} =`, `globalThis.${name} =`);
      return {code: edited.toString(), map: edited.generateMap({hires: true})};
    },
  };
}

/** How `test/tools/build.mjs` builds the classic script and the files beside it. Everything else is built by tsc, a file a file. */
export default defineConfig({
  plugins: [
    loadBeside(),
    inBrowser(),
    privateLit(),
    slimLit(),
    slimPusher(),
    minifyTemplates(),
    packChunk(),
    plainDecorators(),
    setGlobal(),
    minifyAgain(),
  ],
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    sourcemap: true,
    copyPublicDir: false,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        postBanner: ({fileName}) => `${BANNER}${fileName === SCRIPT ? INCLUDES : ''} */`,
        strict: true,
        generatedCode: {symbols: false},
      },
      // That the last pass takes most of the time is known.
      checks: {bundlerTimings: false},
    },
  },
});
