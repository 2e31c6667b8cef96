/** Which names the script may have short: those of methods and fields that only its own modules call. */
import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseSync, Visitor} from 'vite';
import {BESIDE, sourcesBeside} from './load-beside.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const COMMENT = /\/\*[\s\S]*?\*\/|^ *\/\/.*$/gm;
const WORD = /[A-Za-z_$][\w$]*/g;
const IMPORTED = /\b(?:from|import)\b\s*\(?\s*'(\.[^']+)\.js'/g;
/** What Lit gives to directives, and what goes over the wire. */
const FOREIGN = /^_\$|_./;

/** @param {string} text */
function wordsIn(text) {
  return text.match(WORD) ?? [];
}

/**
 * The files below a folder, and there have to be some: names that stood in files that have moved would be shortened.
 * @param {string} folder
 * @param {RegExp} name
 */
export function below(folder, name) {
  const files = readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter((file) => name.test(file));
  if (files.length === 0) throw new Error(`There is no file ${String(name)} below ${folder}.`);
  return files.map((file) => join(folder, file));
}

/**
 * The types of a door, and all that they name.
 * @param {string} door
 */
function typesBehind(door) {
  const files = new Set([door]);
  for (const file of files) {
    for (const {1: path = ''} of readFileSync(file, 'utf8').matchAll(IMPORTED)) files.add(join(dirname(file), `${path}.d.ts`));
  }
  return [...files];
}

/**
 * Where names stand that somebody else calls by. A name that is found in any of these places stays, whatever it means there.
 * @param {string} dist What `tsc` has written, for the types.
 * @returns {Promise<Readonly<Record<string, readonly string[]>>>} Files, by what they are.
 */
export async function foreignPlaces(dist) {
  const src = join(root, 'src');
  const modules = join(root, 'node_modules');
  const beside = (await Promise.all(Object.keys(BESIDE).map(sourcesBeside))).flat();
  return {
    'what a page may call': [...typesBehind(join(dist, 'embed.d.ts')), join(root, 'custom-elements.json')],
    'what a backend sends and takes': [
      join(src, 'api/openapi.json'),
      ...below(join(src, 'model/resources'), /\.ts$/),
      ...below(join(src, 'events'), /\.ts$/),
    ],
    'the files beside the script': beside.map((file) => join(root, file)),
    'what tabs tell one another, and what is stored': [
      ...['tabs', 'tab-lock', 'types'].map((name) => join(src, `client/${name}.ts`)),
      ...below(join(src, 'client'), /^outbox-[a-z]+\.ts$/),
    ],
    'the browser and lit': [
      ...below(join(modules, 'typescript/lib'), /^lib\.(?:dom|es).*\.d\.ts$/),
      ...[
        'lit-html/lit-html.js',
        'lit-html/directive.js',
        '@lit/reactive-element/reactive-element.js',
        'lit-element/lit-element.js',
      ].map((file) => join(modules, file)),
    ],
  };
}

/** @param {readonly string[]} files */
export function wordsOf(files) {
  return new Set(files.flatMap((file) => wordsIn(readFileSync(file, 'utf8').replace(COMMENT, ''))));
}

/**
 * The names of members in a script, and the words in its texts: a decorator, a template or a computed key goes by a text.
 * @param {string} code
 */
export function namesIn(code) {
  /** @type {Set<string>} */
  const members = new Set();
  /** @type {Set<string>} */
  const texts = new Set();
  /** @param {{type: string, name?: unknown}} key */
  const add = ({type, name}) => void (type === 'Identifier' && members.add(String(name)));
  /** @param {string} text */
  const read = (text) => wordsIn(text).forEach((word) => texts.add(word));
  new Visitor({
    MemberExpression: ({computed, property}) => void (computed || add(property)),
    Property: ({computed, key}) => void (computed || add(key)),
    MethodDefinition: ({computed, key}) => void (computed || add(key)),
    PropertyDefinition: ({computed, key}) => void (computed || add(key)),
    Literal: ({value}) => void (typeof value === 'string' && read(value)),
    TemplateElement: ({value}) => read(value.raw),
  }).visit(parseSync('script.js', code, {sourceType: 'script'}).program);
  return {members, texts};
}

/**
 * The names in the script that nobody else goes by: no page, no backend, no other tab, no browser and no file beside the script.
 * @param {string} code The script.
 * @param {string} dist Where its types are.
 * @returns {Promise<readonly string[]>}
 */
export async function internalNames(code, dist) {
  const foreign = wordsOf(Object.values(await foreignPlaces(dist)).flat());
  const {members, texts} = namesIn(code);
  return [...members].filter((name) => name.length > 2 && !foreign.has(name) && !texts.has(name) && !FOREIGN.test(name)).sort();
}
