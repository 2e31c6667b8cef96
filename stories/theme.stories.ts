import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import manifest from '../custom-elements.json' with {type: 'json'};
import '../src/define/chat-connection.js';
import '../src/define/chat-conversation.js';
import {afterwards, storyServer} from './support.js';

/** What is turned: a token or a part, by its name, and the CSS for it. */
type Args = Readonly<Record<string, string>>;

interface Named {
  readonly name: string;
  readonly description?: string;
  readonly default?: string;
}

interface Declaration {
  readonly tagName?: string;
  readonly cssProperties?: readonly Named[];
  readonly cssParts?: readonly Named[];
}

const declarations = (manifest.modules as readonly {readonly declarations: readonly Declaration[]}[]).flatMap(
  (module) => module.declarations,
);
/** Under which name a conversation exports the parts of what it renders. */
const EXPORTED: Readonly<Record<string, string>> = {
  'chat-conversation': '',
  'chat-message-list': 'message-list__',
  'chat-message': 'message__',
  'chat-composer': 'composer__',
  'typing-indicator': 'typing-indicator__',
  'ws-status-banner': 'status-banner__',
  'ws-error-dialog': 'error-dialog__',
  'chat-toast': 'toast__',
};

const tokens = new Map(declarations.flatMap(({cssProperties = []}) => cssProperties.map((token) => [token.name, token])));
const parts: ReadonlyMap<string, Named> = new Map(
  declarations.flatMap(({tagName = '', cssParts = []}) =>
    cssParts.flatMap((part) => {
      const prefix = EXPORTED[tagName];
      return prefix === undefined ? [] : [[`::part(${prefix}${part.name})`, part] as const];
    }),
  ),
);

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);

function argType({description, default: value}: Named, category: string, control: 'color' | 'text') {
  return {control, ...(description && {description}), table: {category, ...(value && {defaultValue: {summary: value}})}};
}

const meta = {
  title: 'Theme/Everything that can be turned',
  tags: ['!autodocs'],
  parameters: {layout: 'fullscreen'},
  argTypes: {
    ...Object.fromEntries(
      [...tokens].map(([name, token]) => [name, argType(token, 'Tokens', /color|accent/u.test(name) ? 'color' : 'text')]),
    ),
    ...Object.fromEntries([...parts].map(([name, part]) => [name, argType(part, 'Parts: CSS of its own', 'text')])),
  },
  // One person's look must not be another story's.
  beforeEach: () => () => sheet.replaceSync(''),
  render: (args) => {
    const set = Object.entries(args).filter(([, value]) => Boolean(value));
    const declared = set.filter(([name]) => tokens.has(name)).map(([name, value]) => `${name}: ${value};`);
    const styled = set.filter(([name]) => parts.has(name)).map(([name, value]) => `chat-conversation${name} { ${value} }`);
    sheet.replaceSync(`:root { ${declared.join(' ')} } ${styled.join(' ')}`);
    return html`
      <style>
        .theme-frame {
          display: block;
          block-size: 100dvb;
        }
      </style>
      <chat-connection .client=${afterwards(storyServer()).client({userId: 1})} class="theme-frame">
        <chat-conversation conversation-id="9" back></chat-conversation>
      </chat-connection>
    `;
  },
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

/** Every token and every part, as the manifest lists them. A colour has a picker; a part takes declarations, e.g. `outline: 2px solid`. */
export const Lab: Story = {};

export const Accent: Story = {args: {'--chat-accent': 'rebeccapurple', '--chat-radius': '10px'}};

/** A bright accent: what is written on it turns dark. */
export const BrightAccent: Story = {args: {'--chat-accent': 'gold'}};

/** Nothing needs a weight of its own. */
export const Parts: Story = {
  args: {
    '::part(header)': 'border-block-end: 3px double currentColor',
    '::part(message__bubble)': 'box-shadow: none; outline: 1px dashed currentColor',
    '::part(composer__input)': 'border-radius: 0',
  },
};
