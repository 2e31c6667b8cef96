import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {minifyCss, minifyHtml} from '../tools/minify-templates.mjs';

const HOLE = '\uE000';

describe('styles in dist/ws-chat.js', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['lose their line breaks', '\n  a {\n    color: red;\n    margin: 0 auto;\n  }\n', 'a{color:red;margin:0 auto}'],
    ['lose their comments, quotes and all', "a { /* don’t; don't */ color: red; }", 'a{color:red}'],
    ['keep the space that is a combinator', '.a :focus, .b > i { top: 0 }', '.a :focus,.b > i{top:0}'],
    ['keep the space that arithmetic needs', 'a { top: calc(1px + (2px * 3) - 4px); }', 'a{top:calc(1px + (2px * 3) - 4px)}'],
    ['keep the space of a condition', '@media (a: b) and (c) { a { b: c } }', '@media (a: b) and (c){a{b:c}}'],
    ['keep what stands in quotes', `a::before { content: ' ; /* } , '; }`, `a::before{content:' ; /* } , '}`],
    ['keep escapes', String.raw`a { content: '\201c  \'; }`, String.raw`a{content:'\201c  \'}`],
    ['keep values in their places', `a { ${HOLE}\n  b: ${HOLE}; }\n${HOLE}`, `a{${HOLE} b:${HOLE}}${HOLE}`],
  ];
  for (const [name, css, expected] of cases) it(name, () => assert.equal(minifyCss(css), expected));
});

describe('templates in dist/ws-chat.js', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['have one space where there were many', '\n  <b>a</b>\n\n  <i>b  c</i>\n', ' <b>a</b> <i>b c</i> '],
    ['gain no space', '<b>a</b><i>b</i>', '<b>a</b><i>b</i>'],
    ['lose comments', 'a <!-- > ${no} --> b', 'a  b'],
    ['keep a comment that Lit counts a value in', `<!-- ${HOLE} -->`, `<!-- ${HOLE} -->`],
    ['have one space between attributes', `<b\n  id="a"\n  @click=${HOLE}\n>x</b>`, `<b id=a @click=${HOLE}>x</b>`],
    ['keep what stands in quotes', '<b title="a  >  b">x</b>', '<b title="a  >  b">x</b>'],
    ['lose quotes that nothing needs', `<b id="a-1" class='b' lang="">x</b>`, '<b id=a-1 class=b lang="">x</b>'],
    ['keep quotes around more than a word', `<b class="a b" id="c${HOLE}">x</b>`, `<b class="a b" id="c${HOLE}">x</b>`],
    ['keep quotes inside of a value', `<b title="a='b' c">x</b>`, `<b title="a='b' c">x</b>`],
    ['keep quotes before a slash without a space', '<path d="M0"/>', '<path d="M0"/>'],
    ['keep the slash out of a value without quotes', `<path d=${HOLE} />`, `<path d=${HOLE} />`],
    ['need no space after a value in quotes', '<path d="M0 0" />', '<path d="M0 0"/>'],
    ['keep white space where it counts', '<pre>\n  a\n</pre>\n', '<pre>\n  a\n</pre>\n'],
    [
      'take no notice of an empty field',
      '<div>\n  <textarea rows="1"></textarea>\n</div>',
      '<div> <textarea rows=1></textarea> </div>',
    ],
  ];
  for (const [name, html, expected] of cases) it(name, () => assert.equal(minifyHtml(html), expected));
});
