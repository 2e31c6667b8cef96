/** Lit as `dist/ws-chat.js` has it: without what only those need who import it, or who come with an old browser. */
import {readFileSync} from 'node:fs';

const CSS_TAG = new URL('slim-lit/css-tag.js', import.meta.url);

/** @returns {import('vite').Plugin} */
export function slimLit() {
  return {
    name: 'slim-lit',
    enforce: 'pre',
    load: (id) => (/\/@lit\/reactive-element\/css-tag\.js$/.test(id) ? readFileSync(CSS_TAG, 'utf8') : null),
  };
}
