/** Lit as `dist/ws-chat.js` has it: without what only those need who import it, or who come with an old browser. */
import {readFileSync} from 'node:fs';

const CSS_TAG = new URL('slim-lit/css-tag.js', import.meta.url);

/** Where standard decorators and a static `properties` leave what they know. Our elements have legacy decorators alone. */
const METADATA = /Symbol\.metadata\?\?=Symbol\("metadata"\),\w\.litPropertyMetadata\?\?=new WeakMap;/;
const OTHER_PROPERTIES = new RegExp(
  [
    /if\((this\.finalized=!0,this\._\$Ei\(\)),this\.hasOwnProperty\(\w\("properties"\)\)\)\{const t=this\.properties,/,
    /s=\[\.\.\.\w\(t\),\.\.\.\w\(t\)\];for\(const i of s\)this\.createProperty\(i,t\[i\]\)\}const t=this\[Symbol\.metadata\];/,
    /if\(null!==t\)\{const s=litPropertyMetadata\.get\(t\);if\(void 0!==s\)for\(const\[t,i\]of s\)/,
    /this\.elementProperties\.set\(t,i\)\}(?=this\._\$Eh=new Map)/,
  ]
    .map(({source}) => source)
    .join(''),
);

/**
 * Replaces a piece of a dependency, and refuses to build once that piece is no longer where it was.
 * @param {string} code
 * @param {RegExp} piece
 * @param {string} by
 */
export function replaceOnce(code, piece, by) {
  const found = code.match(new RegExp(piece, 'g'))?.length ?? 0;
  if (found !== 1) throw new Error(`expected ${String(piece)} once, found it ${found} times`);
  return code.replace(piece, by);
}

/** @returns {import('vite').Plugin} */
export function slimLit() {
  return {
    name: 'slim-lit',
    enforce: 'pre',
    load: (id) => (/\/@lit\/reactive-element\/css-tag\.js$/.test(id) ? readFileSync(CSS_TAG, 'utf8') : null),
    transform(code, id) {
      if (!/\/@lit\/reactive-element\/reactive-element\.js$/.test(id)) return null;
      return {code: replaceOnce(replaceOnce(code, METADATA, ''), OTHER_PROPERTIES, '$1;'), map: null};
    },
  };
}
