/** `llms.txt`: the package in one page for language models and those who ask them, made from the manifest (https://llmstxt.org). */
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const stories = fileURLToPath(new URL('../../stories', import.meta.url));

/** @param {string} [text] */
const line = (text = '') => text.replace(/\s*\n\s*/g, ' ').trim();

/** @param {string} title @param {readonly string[]} items */
const section = (title, items) => (items.length > 0 ? [`${title}:`, ...items.map((item) => `- ${item}`), ''] : []);

/** @param {any} element */
function describe({tagName, description, attributes = [], members = [], events = [], slots = [], cssParts = []}) {
  const named = new Set(attributes.map((/** @type {any} */ one) => one.fieldName));
  const properties = members.filter((/** @type {any} */ one) => one.kind === 'field' && !named.has(one.name));
  const methods = members.filter((/** @type {any} */ one) => one.kind === 'method');
  const typed = (/** @type {any} */ one) => `\`${one.name}\`${one.type ? ` (${one.type.text})` : ''}: ${line(one.description)}`;
  const plain = (/** @type {any} */ one) => `\`${one.name || 'default'}\`: ${line(one.description)}`;
  return [
    `### <${tagName}>`,
    '',
    line(description),
    '',
    ...section('Attributes, each with a property in camelCase', attributes.map(typed)),
    ...section('Properties only', properties.map(typed)),
    ...section(
      'Methods',
      methods.map((/** @type {any} */ one) => `\`${one.name}()\`: ${line(one.description)}`),
    ),
    ...section('Events, bubbling and composed', events.map(typed)),
    ...section('Slots', slots.map(plain)),
    ...section('Parts', cssParts.map(plain)),
  ];
}

/** The guides, by their titles in Storybook. */
function guides() {
  const names = readdirSync(stories).filter((name) => name.endsWith('.mdx'));
  return names.sort().map((name) => {
    const [, title = name] = /<Meta title="Guides\/(.+?)"/.exec(readFileSync(join(stories, name), 'utf8')) ?? [];
    return `- [stories/${name}](../stories/${name}): ${title}`;
  });
}

/**
 * @param {string} folder
 * @param {{modules: readonly {declarations: readonly any[]}[]}} manifest
 * @param {{name: string, version: string, description: string, exports: object}} packageFile
 */
export function writeLlms(folder, manifest, {name, version, description, exports}) {
  const lines = [
    `# ${name} ${version}`,
    '',
    `> ${description}`,
    '',
    'On a page: `<script src="ws-chat.js"></script>`, then `<chat-connection app-key="…" ws-host="…" user-id="…"><chat-conversation conversation-id="…"></chat-conversation></chat-connection>`. In a bundler: `import \'ws-chat-elements\'`. A token is a property, never an attribute: `connection.tokenProvider = async () => …`.',
    '',
    '## Documentation',
    '',
    '- [README.md](../README.md): start, hosts and frameworks, Laravel, the client without a screen, troubleshooting',
    ...guides(),
    '- [CHANGELOG.md](../CHANGELOG.md): what changed',
    '- [custom-elements.json](../custom-elements.json): all of the elements, for tools',
    '',
    '## Entry points',
    '',
    ...Object.keys(exports).map((entry) => `- \`${name}${entry.slice(1)}\``),
    '',
    '## Elements',
    '',
    ...manifest.modules.flatMap(({declarations}) => declarations).flatMap(describe),
  ];
  writeFileSync(join(folder, 'llms.txt'), `${lines.join('\n').trim()}\n`);
}
