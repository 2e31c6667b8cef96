import '../../src/define/chat-connection.js';
import '../../src/define/chat-conversation.js';
import '../../src/define/typing-indicator.js';
import '../../src/define/ws-status-banner.js';
import type {ChatClient} from '../../src/client/types.js';
import type {ChatConnectionElement} from '../../src/elements/chat-connection.js';
import type {ChatConversationElement} from '../../src/elements/chat-conversation.js';
import type {ConnectedElement} from '../../src/elements/connected-element.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {chatServer} from '../support/chat.js';
import {frames} from './messages.js';

const CONVERSATIONS = [9, 10, 11] as const;
/** The people who do not use the page. What they write may be edited without being missed. */
const WRITERS = [2, 3] as const;
/** In ms: longer than somebody counts as typing, and than a client waits between two tries. */
const LONG = 20_000;

/** What the page sets on elements. */
const SETTINGS = ['conversationId', 'connection', 'client', 'readonly', 'always'] as const;

/** One thing that happens; `which` and `what` choose among elements and values, and count round. */
export interface Step {
  readonly deed: Deed;
  readonly which: number;
  readonly what: number;
}

type Choose = <One>(all: readonly One[]) => One;

/** Two connections, and what shows something of them, of one server, in a page that does as it pleases with them. */
export class PageScene {
  readonly server: FakeServer = chatServer({
    conversations: [
      {id: 9, title: 'Design team', messages: 3},
      {id: 10, title: 'Lunch', messages: 70},
      {id: 11, title: 'Nobody yet', messages: 0},
    ],
  });
  readonly root = document.createElement('div');
  readonly clients: readonly ChatClient[] = [1, 2, 1].map((userId) => this.server.client({userId}));
  readonly connections: readonly ChatConnectionElement[];
  readonly conversations: readonly ChatConversationElement[];
  /** All that shows something of a connection: the conversations, and what stands beside them. */
  readonly elements: readonly ConnectedElement[];
  /** What was written into one of the conversations, and was to be sent. */
  readonly sent = new Set<string>();
  #count = 0;

  constructor() {
    document.body.append(this.root);
    this.connections = [0, 1].map((i) => {
      const connection = document.createElement('chat-connection');
      connection.id = `connection-${i}`;
      connection.client = this.clients[i];
      this.root.append(connection);
      return connection;
    });
    this.conversations = [0, 1, 0].map((i) => this.#newConversation(this.connections[i]!));
    const banner = Object.assign(document.createElement('ws-status-banner'), {always: true});
    const typing = Object.assign(document.createElement('typing-indicator'), {conversationId: 9});
    this.connections[0]!.append(banner, typing);
    this.elements = [...this.conversations, banner, typing];
  }

  /** Does one thing. Resolves as soon as it is done, whatever follows from it. */
  async take({deed, which, what}: Step): Promise<void> {
    this.#count += 1;
    const [nth, choose]: Choose[] = [which, what].map((n) => (all) => all[n % all.length]!) as [Choose, Choose];
    await DEEDS[deed]({
      page: this,
      count: this.#count,
      nth,
      choose,
      element: nth(this.elements),
      conversation: nth(this.conversations),
    });
  }

  /** Ends all faults, puts everything back into the page, and waits until nothing more follows. */
  async calm(): Promise<void> {
    this.server.start();
    this.server.faults.clear();
    for (const connection of this.connections) if (!connection.isConnected) this.root.append(connection);
    for (const element of this.elements) if (!element.isConnected) this.root.append(element);
    for (const client of this.clients) void client.connect();
    for (const client of this.clients) client.retry();
    for (let i = 0; i < 5; i++) await this.#rest();
    for (const conversation of this.conversations) conversation.scrollToLatest();
    await this.#rest();
  }

  /** A new element beside another one, with all that was set on that. */
  async double(of: ConnectedElement): Promise<HTMLElement> {
    const double = document.createElement(of.localName);
    for (const name of SETTINGS) if (name in of) Reflect.set(double, name, Reflect.get(of, name));
    double.style.cssText = of.style.cssText;
    of.after(double);
    await this.#rest();
    return double;
  }

  dispose(): void {
    this.root.remove();
    this.server.dispose();
  }

  async #rest(): Promise<void> {
    await this.server.advance(LONG);
    // A conversation renders, then its list, then the messages, and rows around the visible ones a frame later.
    await frames(4);
    await this.server.settle();
  }

  #newConversation(parent: Element): ChatConversationElement {
    const conversation = document.createElement('chat-conversation');
    conversation.style.cssText = 'block-size: 400px; inline-size: 360px';
    conversation.conversationId = 9;
    conversation.addEventListener('chat-before-send', ({detail}) => this.sent.add(detail.content));
    parent.append(conversation);
    return conversation;
  }
}

interface Doing {
  readonly page: PageScene;
  /** How many things have been done, so that no two texts are the same. */
  readonly count: number;
  /** Chooses by `which`, as for `element` and `conversation`. */
  readonly nth: Choose;
  readonly choose: Choose;
  readonly element: ConnectedElement;
  readonly conversation: ChatConversationElement;
}

const composerOf = (conversation: ChatConversationElement) => conversation.shadowRoot?.querySelector('chat-composer');

/** Writes into the composer, as a person does, if there is one. */
function write(conversation: ChatConversationElement, text: string): void {
  const field = composerOf(conversation)?.shadowRoot?.querySelector('textarea');
  // A person writes where there is something to be seen, and in one place at a time: what stands in the others is no longer being written.
  if (!field?.checkVisibility()) return;
  field.focus({preventScroll: true});
  field.value = text;
  field.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
}

/** A message of somebody else that the server has. */
const theirs = ({page: {server}, nth, choose}: Doing) =>
  choose(server.messages(nth([9, 10])).filter(({content}) => /^(Message|Theirs)/u.test(content)));

/** What a host, the people and the network may do. */
const DEEDS = {
  // The host.
  move: ({page, choose, element}: Doing) => choose([...page.connections, page.root]).append(element),
  remove: ({element}: Doing) => element.remove(),
  takeOut: ({page, nth}: Doing) => nth(page.connections).remove(),
  putBack: ({page}: Doing) => page.connections.forEach((one) => one.isConnected || page.root.append(one)),
  open: ({choose, conversation}: Doing) => (conversation.conversationId = choose([...CONVERSATIONS, 404, undefined])),
  name: ({choose, element}: Doing) => (element.connection = choose(['connection-0', 'connection-1', 'nowhere', undefined])),
  rename: ({page: {connections}}: Doing) => ([connections[0]!.id, connections[1]!.id] = [connections[1]!.id, connections[0]!.id]),
  hand: ({page, choose, element}: Doing) => (element.client = choose([...page.clients, undefined, undefined])),
  exchange: ({page, nth, choose}: Doing) => (nth(page.connections).client = choose(page.clients)),
  speak: ({page, nth, choose}: Doing) => (nth(page.connections).locale = choose(['en-GB', undefined])),
  forbid: ({conversation}: Doing) => (conversation.readonly = !conversation.readonly),
  connect: ({page, nth}: Doing) => void nth(page.clients).connect(),
  disconnect: ({page, nth}: Doing) => nth(page.clients).disconnect(),
  jump: ({choose, conversation}: Doing) => void conversation.scrollToMessage(choose([1, 30, 60, 500])),
  latest: ({conversation}: Doing) => conversation.scrollToLatest(),
  post: ({count, conversation}: Doing) => void conversation.send(`Posted ${count}`).catch(() => undefined),
  // The person.
  draft: ({count, conversation}: Doing) => write(conversation, `Drafted ${count}`),
  send: async ({count, conversation}: Doing) => {
    if (!composerOf(conversation)?.checkVisibility()) return;
    write(conversation, `Sent ${count}`);
    await composerOf(conversation)?.updateComplete;
    composerOf(conversation)?.shadowRoot?.querySelector<HTMLElement>('[part=send-button]')?.click();
  },
  // The others.
  message: ({page, count, nth, choose}: Doing) =>
    page.server.message({conversationId: nth(CONVERSATIONS), from: choose(WRITERS), content: `Theirs ${count}`}),
  typing: ({page, nth, choose}: Doing) => page.server.typing({conversationId: nth(CONVERSATIONS), user: choose(WRITERS)}),
  edit: (doing: Doing) => doing.page.server.edit(theirs(doing).id, `Theirs ${doing.count}, edited`),
  react: (doing: Doing) => doing.page.server.react(theirs(doing).id, {user: 2, emoji: doing.nth(['👍', '❤️'])}),
  retitle: ({page, count, nth}: Doing) => page.server.update(nth([9, 10]), {title: `Title ${count}`}),
  // The network.
  stop: ({page, choose}: Doing) => page.server.stop(choose(['all', 'sockets'])),
  start: ({page}: Doing) => page.server.start(),
  cut: ({page, choose}: Doing) => page.server.closeAll(choose([1006, 4200, 4100, 1000])),
  refuse: ({page, choose}: Doing) => page.server.faults.rest({status: choose([500, 503, 429])}),
  lose: ({page}: Doing) => page.server.faults.rest({lost: true}),
  hang: ({page}: Doing) => page.server.faults.rest({hang: true}),
  drop: ({page}: Doing) => page.server.faults.events({drop: true, times: 2}),
  duplicate: ({page}: Doing) => page.server.faults.events({duplicate: true, times: 2}),
  // Time.
  pass: ({page, choose}: Doing) => page.server.advance(choose([10, 500, 3000, LONG])),
  settle: ({page}: Doing) => page.server.settle(),
  frame: () => frames(1),
} satisfies Record<string, (doing: Doing) => unknown>;

export type Deed = keyof typeof DEEDS;

export const ALL_DEEDS = Object.keys(DEEDS) as readonly Deed[];

/** What a person sees of an element, through shadow roots: words, parts and the names that a screen reader says. */
export function pictureOf(node: Node): string {
  if (node instanceof Text) return `${node.data} `;
  if (!(node instanceof Element) || isPassing(node)) return '';
  if (node instanceof HTMLTextAreaElement) return `[${node.value}] `;
  const names = ['part', 'lang', 'dir', 'aria-label', 'title'].filter((name) => node.hasAttribute(name));
  const inner = [...(node instanceof HTMLSlotElement ? node.assignedNodes() : []), ...(node.shadowRoot ?? node).childNodes];
  // How many rows there are above and below the visible ones depends on how the list was scrolled.
  const shown = node.matches('.rows') ? inner.slice(-6) : inner;
  return `<${node.localName}${names.map((name) => ` ${name}=${node.getAttribute(name)}`).join('')}> ${shown.map(pictureOf).join('')}`;
}

/** What depends on what was there before: notices, what a screen reader is told, the divider of new messages, and text for no conversation. */
function isPassing(element: Element): boolean {
  return element.matches('style, chat-toast, .visually-hidden[aria-live], [part=unread-divider], .foot.none, dialog:not([open])');
}
