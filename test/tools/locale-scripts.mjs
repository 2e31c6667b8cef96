/** The languages for pages without a bundler: `dist/ws-chat.<lang>.js`, a classic script each that the page puts beside `ws-chat.js`. */
import {readFileSync, readdirSync} from 'node:fs';
import {basename, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'src/i18n/locales');

/** Every language but English, which is built in. */
export const LANGUAGES = readdirSync(folder)
  .map((name) => basename(name, '.ts'))
  .filter((name) => name !== 'en');

/** It may run before the script that it belongs to, or after: both are `async` or late on some page. @param {string} language */
const registering = (language) => `
  import strings from './${language}.ts';
  customElements.whenDefined('chat-connection').then(() => globalThis.WsChat?.registerLocale(strings));`;

/** @param {string} outDir As an absolute path. */
export async function buildLocaleScripts(outDir) {
  const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  await Promise.all(
    LANGUAGES.map((language) =>
      build({
        stdin: {contents: registering(language), resolveDir: folder},
        outfile: join(outDir, `ws-chat.${language}.js`),
        bundle: true,
        minify: true,
        format: 'iife',
        target: 'es2022',
        // Read alike in whatever encoding the server or the page says.
        charset: 'ascii',
        banner: {js: `/*! ws-chat-elements ${version} | MIT */`},
        logLevel: 'warning',
      }),
    ),
  );
}
