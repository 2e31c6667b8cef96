/** A rule for ESLint: what a person can read comes from `src/i18n/`, and stands in no template and no attribute as it is. */

/** Attributes that are read out or shown, and the properties that reflect them. */
const READ = /^(?:aria-?(?:label|description|placeholder|roledescription|valuetext)|alt|label|placeholder|title)$/iu;
const SHOWN = /^(?:textContent|innerText)$/u;
const LETTER = /\p{L}/u;
const TAG = /<\/?[a-z](?:"[^"]*"|'[^']*'|[^>"'])*>/giu;
const ATTRIBUTE = /[.@?]?([^\s=>"'/]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gu;
const UNREAD = /<!--.*?-->|&\w+;/gsu;
/** Stand for an expression of a template, where it is read and where it is not. */
const HOLE = '\ue000';
const HIDDEN_HOLE = '\ue001';

/**
 * The strings that an expression may come to: itself, or what a choice chooses from.
 * @param {any} node
 * @returns {any[]}
 */
function stringsIn(node) {
  if (node.type === 'Literal') return typeof node.value === 'string' && LETTER.test(node.value) ? [node] : [];
  if (node.type === 'TemplateLiteral')
    return node.quasis.some((/** @type {any} */ {value}) => LETTER.test(value.cooked)) ? [node] : [];
  if (node.type === 'ConditionalExpression') return [...stringsIn(node.consequent), ...stringsIn(node.alternate)];
  if (node.type === 'LogicalExpression') return [...stringsIn(node.left), ...stringsIn(node.right)];
  return [];
}

/** @param {string} text */
const hide = (text) => text.replaceAll(HOLE, HIDDEN_HOLE).replaceAll(/[^\ue001]/gu, ' ');

/** Leaves of a tag only the values of attributes that are read. @param {string} tag */
function hideTag(tag) {
  let shown = '';
  let end = 0;
  for (const {0: whole, 1: name = '', 2: value = '', index} of tag.matchAll(ATTRIBUTE)) {
    if (!READ.test(name)) continue;
    const start = index + whole.length - value.length;
    shown += hide(tag.slice(end, start)) + value;
    end = start + value.length;
  }
  return shown + hide(tag.slice(end));
}

/** @type {import('eslint').Rule.RuleModule} */
export const noBareWords = {
  meta: {type: 'problem', schema: [], messages: {bare: 'Words come from src/i18n/: {{words}}'}},
  create(context) {
    /** @param {any} node @param {string} words */
    const report = (node, words) => context.report({node, messageId: 'bare', data: {words: words.trim()}});
    /** @param {any} node */
    const check = (node) => {
      for (const found of stringsIn(node)) report(found, context.sourceCode.getText(found));
    };
    return {
      /** @param {any} node */
      TaggedTemplateExpression({tag, quasi}) {
        if (tag.name !== 'html') return;
        const markup = quasi.quasis.map((/** @type {any} */ {value}) => value.raw).join(HOLE);
        const read = markup.replaceAll(UNREAD, hide).replaceAll(TAG, hideTag);
        if (LETTER.test(read)) report(quasi, read.replaceAll(/[\ue000\ue001\s]+/gu, ' '));
        const holes = [...read].filter((character) => character === HOLE || character === HIDDEN_HOLE);
        for (const [index, hole] of holes.entries()) if (hole === HOLE) check(quasi.expressions[index]);
      },
      /** @param {any} node */
      AssignmentExpression({left, right}) {
        const name = left.property?.name ?? '';
        if (READ.test(name) || SHOWN.test(name)) check(right);
      },
      /** @param {any} node */
      CallExpression({callee, arguments: [name, value]}) {
        if (callee.property?.name === 'setAttribute' && value && READ.test(String(name.value))) check(value);
      },
    };
  },
};
