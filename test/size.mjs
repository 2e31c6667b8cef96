/**
 * How much each way of using the package brings to a page, and whether it is too much. Works on what `npm run build` made.
 * `--write` puts the limits into the table of the readme; without it, the table is checked.
 */
import {existsSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {readFlags} from './tools/flags.mjs';
import {BESIDE} from './tools/load-beside.mjs';
import {weighFile, weighImport, weighRooms} from './tools/weigh.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const readme = join(root, 'README.md');
const MARKS = /(?<=<!-- size: written by `npm run size -- --write` -->\n\n)[^]*?(?=\n\n<!-- \/size -->)/;

const USAGE = `Usage: npm run size -- [options]

  --write  Put the limits into the table of the readme.
  --help   Show this.`;

const {values} = readFlags(USAGE, {options: {write: {type: 'boolean'}}});

/**
 * A way of using the package.
 * @typedef {object} Way
 * @property {string} name
 * @property {string} [title] What the readme calls it; without one it is not in there.
 * @property {readonly string[]} [modules] What is imported, of `dist`; without it, it is the script.
 * @property {number} [limit] What is loaded at once may weigh no more (bytes, gzipped). A ratchet: it goes down with the size, and up only for what mends a fault.
 * @property {number} [goal] Where it has to come to. Said aloud for as long as it is not there.
 */

const CONVERSATION = [
  'chat-connection',
  'chat-conversation',
  'chat-message-list',
  'chat-composer',
  'typing-indicator',
  'ws-status-banner',
];
const SMALL = 12_000;

/** @type {readonly Way[]} */
const WAYS = [
  {name: 'ws-chat.js', title: 'The script, `dist/ws-chat.js`', limit: 73_590, goal: 50_000},
  {
    name: 'core',
    title: '`ws-chat-elements/core`, the client without a screen',
    modules: ['core.js'],
    limit: 37_300,
    goal: 24_000,
  },
  {
    name: 'a conversation',
    title: 'A conversation: its elements and the connection, by `define/<tag>.js`',
    modules: CONVERSATION.map(definition),
    limit: 78_960,
    goal: 45_000,
  },
  {
    name: 'typing-indicator',
    title: 'One small element, `define/typing-indicator.js`',
    modules: [definition('typing-indicator')],
    limit: 12_000,
    goal: SMALL,
  },
  {name: 'chat-toast', modules: [definition('chat-toast')], limit: 11_940, goal: SMALL},
  {name: 'everything', modules: ['index.js']},
  ...tags()
    .filter((tag) => tag !== 'typing-indicator' && tag !== 'chat-toast')
    .map((tag) => ({name: tag, modules: [definition(tag)]})),
];

/** @param {string} tag */
function definition(tag) {
  return `define/${tag}.js`;
}

function tags() {
  const names = existsSync(join(dist, 'define')) ? readdirSync(join(dist, 'define')) : [];
  return names.filter((name) => /-.*\.js$/.test(name)).map((name) => name.slice(0, -'.js'.length));
}

/** @param {Way} way */
async function weigh({modules}) {
  const beside = Object.values(BESIDE).map((name) => join(dist, name));
  return modules ? weighImport(dist, modules) : weighFile(join(dist, 'ws-chat.js'), beside);
}

/**
 * Right-aligned, but for the first column.
 * @param {readonly (readonly (string | number)[])[]} rows
 */
function print(rows) {
  const texts = rows.map((row) => row.map(String));
  const widths = (texts[0] ?? []).map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  for (const row of texts) {
    console.log(
      row
        .map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    );
  }
}

/** The limits, as the readme has them. */
function table() {
  const rows = WAYS.flatMap(({title, limit}) => (title && limit ? [`| ${title} | ${limit / 1000} kB |`] : []));
  return ['| | at most, gzipped |', '|---|---:|', ...rows].join('\n');
}

if (!existsSync(join(dist, 'ws-chat.js'))) {
  console.error('There is nothing to weigh: run `npm run build` first.');
  process.exit(1);
}
const weighed = await Promise.all(WAYS.map(async (way) => ({...way, ...(await weigh(way))})));
print([
  ['', 'bytes', 'gzipped', 'later', 'limit', ''],
  ...weighed.map(({name, raw, start, later, limit}) => [
    name,
    raw,
    start,
    later || '',
    limit ?? '',
    start > (limit ?? Infinity) ? 'TOO BIG' : '',
  ]),
]);
console.log(
  '\ngzipped: what is loaded at once; later: what comes on first use. In the script, by room, and what it would save to have none of it:\n',
);
print([['', 'bytes', 'gzipped'], ...weighRooms(join(dist, 'ws-chat.js')).map(({room, raw, gzip}) => [room, raw, gzip])]);
for (const {name, start, goal = Infinity} of weighed) {
  if (start > goal) console.log(`\n!!! ${name} IS ${start - goal} BYTES OVER ITS GOAL of ${goal}.`);
}

const text = readFileSync(readme, 'utf8');
if (values.write) writeFileSync(readme, text.replace(MARKS, table));
const isTold = values.write === true || MARKS.exec(text)?.[0] === table();
if (!isTold) console.log('\nThe table in the readme says something else: run `npm run size -- --write`.');
const limited = weighed.filter(({limit}) => limit !== undefined);
const failed = limited.filter(({start, limit = Infinity}) => start > limit).length + (isTold ? 0 : 1);
const passed = limited.length + 1 - failed;
if (process.env['TEST_COUNTS']) writeFileSync(process.env['TEST_COUNTS'], JSON.stringify({passed, failed}));
process.exitCode = failed > 0 ? 1 : 0;
