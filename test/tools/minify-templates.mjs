/** Takes the white space that is there for the reader of the sources, and comments, out of Lit templates and styles. */
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import MagicString from 'magic-string';
import {parseSync, Visitor} from 'vite';

/** Stands for a `${…}` while a template is looked at as a whole. */
const HOLE = '\uE000';

const TEMPLATE = /\b(?:css|html|svg) ?`/;
const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|"[^"]*"|'[^']*'/g;
const TAG_OR_COMMENT = /<!--[\s\S]*?-->|<\/?[a-zA-Z](?:"[^"]*"|'[^']*'|[^"'>])*>/g;
/** A value in quotes that means the same without them. */
const SIMPLE_VALUE = /^.[\w-]+.$/;
const KEEPS_SPACE = /<(?:pre|textarea)\b(?:"[^"]*"|'[^']*'|[^"'>])*>(?!<)/;

/**
 * Styles without comments, and without white space that parts nothing.
 * @param {string} css
 */
export function minifyCss(css) {
  /** @type {string[]} */
  const strings = [];
  const bare = css.replace(COMMENT_OR_STRING, (found) => {
    if (found.startsWith('/*')) return '';
    strings.push(found);
    return '"';
  });
  return bare
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: (?=[^{}]*[;}]|[^{}]*$)/g, ':')
    .replace(/;}/g, '}')
    .trim()
    .replace(/"/g, () => strings.shift() ?? '');
}

/**
 * A template with every run of white space made one space, as a page shows it, and none where a tag ends.
 * @param {string} html
 */
export function minifyHtml(html) {
  const shorten = KEEPS_SPACE.test(html) ? (/** @type {string} */ text) => text : collapse;
  let end = 0;
  let result = '';
  for (const {0: found, index} of html.matchAll(TAG_OR_COMMENT)) {
    result += shorten(html.slice(end, index)) + minifyTag(found);
    end = index + found.length;
  }
  return result + shorten(html.slice(end));
}

/** @param {string} text */
function collapse(text) {
  return text.replace(/\s+/g, ' ');
}

/** @param {string} tag */
function minifyTag(tag) {
  // A hole in a comment is counted by Lit, so it stays.
  if (tag.startsWith('<!--')) return tag.includes(HOLE) ? tag : '';
  const spaced = tag.replace(/(=?)("[^"]*"|'[^']*')(?=([\s>]?))|\s+/g, (found, equal, quoted, next) => {
    if (!quoted) return ' ';
    return equal && next && SIMPLE_VALUE.test(quoted) ? equal + quoted.slice(1, -1) : found;
  });
  // Without quotes, the slash of ` />` would be part of the value before it.
  return spaced.replace(/ >$/, '>').replace(/(?<=["']) \/>$/, '/>');
}

/** @type {Readonly<Record<string, (text: string) => string>>} */
const MINIFIERS = {css: minifyCss, html: minifyHtml, svg: minifyHtml};

/**
 * @param {string} code A module, in TypeScript or what is left of it.
 * @param {string} file
 */
export function minifyTemplatesOf(code, file) {
  const edited = new MagicString(code);
  new Visitor({
    TaggedTemplateExpression({tag, quasi: {quasis}}) {
      const minify = tag.type === 'Identifier' ? MINIFIERS[tag.name] : undefined;
      if (!minify) return;
      const shorter = minify(quasis.map(({value}) => value.raw).join(HOLE)).split(HOLE);
      if (shorter.length !== quasis.length) throw new Error(`${file}: a template has lost a value.`);
      quasis.forEach(({start, value: {raw}}, index) => {
        const text = shorter[index] ?? '';
        // As TypeScript, a piece begins with the mark that opens it.
        if (text !== raw) edited.update(start + 1, start + 1 + raw.length, text);
      });
    },
  }).visit(parseSync(file, code, {sourceType: 'module', lang: 'ts'}).program);
  return edited;
}

/** @returns {import('vite').Plugin} */
export function minifyTemplates() {
  return {
    name: 'minify-templates',
    enforce: 'pre',
    transform: {
      filter: {id: /\/src\/.*\.ts$/, code: TEMPLATE},
      handler(code, id) {
        const edited = minifyTemplatesOf(code, id);
        return {code: edited.toString(), map: edited.generateMap({hires: true})};
      },
    },
  };
}

/**
 * The same for what tsc has written.
 * @param {string} dist
 */
export function minifyTemplatesIn(dist) {
  for (const name of readdirSync(dist, {recursive: true, encoding: 'utf8'})) {
    if (!name.endsWith('.js')) continue;
    const file = join(dist, name);
    const code = readFileSync(file, 'utf8');
    if (TEMPLATE.test(code)) writeFileSync(file, minifyTemplatesOf(code, file).toString());
  }
}
