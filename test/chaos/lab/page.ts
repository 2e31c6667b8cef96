/** The page of the lab: widgets by the dozen, each with a connection of its own. What a scenario does in it goes through `lab`. */
import {countHeld, countOpened, openedFor, type Held} from './counters.js';
import '../../../src/index.js';
import {ApiError, type ConnectionStatus} from '../../../src/model/index.js';
import {createPageTools} from '../../e2e/browser/page-tools.js';

/** One `<chat-connection>`, with a `<chat-conversation>` in it. */
export interface WidgetSettings {
  /** Its name in the page. Widgets with different names share no connection. */
  readonly name: string;
  /** Where the socket server is. */
  readonly socket: {readonly host: string; readonly port: number; readonly path?: string};
  /** Where REST and the channel authorization are, without a slash at the end. */
  readonly server: string;
  /** Where the channel authorization is, if somewhere else. */
  readonly authEndpoint?: string;
  readonly token: string;
  readonly userId: number;
  readonly conversationId: number;
}

/** A state that a connection came into. */
export interface Change extends Pick<ConnectionStatus, 'state' | 'cause' | 'code' | 'retryAt'> {
  /** In ms since the epoch. */
  readonly at: number;
}

/** How a widget that comes and goes is treated. */
export interface Visit {
  readonly settings: WidgetSettings;
  /** How long (ms) it stays once it connects; `null`: until it is live. */
  readonly stay: number | null;
}

/** A state of the connection and of its channel. */
export interface Wanted {
  readonly states: readonly string[];
  readonly channel: readonly string[] | null;
  readonly cause: string | null;
}

interface Widget {
  readonly connection: HTMLElementTagNameMap['chat-connection'];
  readonly changes: Change[];
}

const dom = createPageTools();
const widgets = new Map<string, Widget>();

/** What scenarios call from outside. Takes and gives JSON only. */
const lab = {
  /** Puts a widget into the page; it connects by itself. */
  mount({name, socket, server, authEndpoint, token, userId, conversationId}: WidgetSettings): void {
    const connection = document.createElement('chat-connection');
    const changes: Change[] = [];
    connection.addEventListener('ws-state-change', () => changes.push(now(connection)));
    const attributes = {
      'app-key': 'demo-key',
      'ws-host': socket.host,
      'ws-port': String(socket.port),
      ...(socket.path === undefined ? {} : {'ws-path': socket.path}),
      scheme: 'http',
      // The query tells one connection from the other, and nobody else.
      'auth-endpoint': `${authEndpoint ?? `${server}/broadcasting/auth`}?widget=${encodeURIComponent(name)}`,
      'api-base': `${server}/api`,
      'user-id': String(userId),
    };
    for (const [key, value] of Object.entries(attributes)) connection.setAttribute(key, value);
    connection.token = token;
    const conversation = document.createElement('chat-conversation');
    conversation.setAttribute('conversation-id', String(conversationId));
    connection.append(conversation);
    widgets.set(name, {connection, changes});
    document.body.append(connection);
  },

  /** Takes a widget out of the page. */
  unmount(name: string): void {
    find(name).connection.remove();
    widgets.delete(name);
  },

  names(): readonly string[] {
    return [...widgets.keys()];
  },

  /** Where its connection stands. */
  status(name: string): Change {
    return now(find(name).connection);
  },

  /** The states that its connection came into, the first one first. */
  changes(name: string): readonly Change[] {
    return find(name).changes;
  },

  /** Whether it is connected, its channel is subscribed, and the messages are there. */
  isLive(name: string): boolean {
    const {connection} = find(name);
    const channels = [...(connection.client?.channels.values() ?? [])];
    return connection.state === 'connected' && channels.some(({state}) => state === 'subscribed') && lab.shown(name).length > 0;
  },

  /** The state it is in, or was in, if that is one of these; of the channel only now counts. */
  matching(name: string, {states, channel, cause}: Wanted): Change | undefined {
    if (channel !== null && !channel.includes(lab.channel(name) ?? '')) return undefined;
    const all = [...lab.changes(name), lab.status(name)];
    return all.find((change) => states.includes(change.state) && (cause === null || cause === change.cause));
  },

  /** Where its channel stands; null while it holds none. */
  channel(name: string): string | null {
    const [channel] = [...(find(name).connection.client?.channels.values() ?? [])];
    return channel?.state ?? null;
  },

  /** What the rows that are drawn say. The newest message is one of them as long as nobody scrolls. */
  shown(name: string): readonly string[] {
    const {connection} = find(name);
    const list = connection.querySelector('chat-conversation')?.shadowRoot?.querySelector('chat-message-list');
    const rows = [...(list?.shadowRoot?.querySelectorAll('chat-message') ?? [])];
    return rows.map(({message}) => message?.content ?? '');
  },

  /** What a person reads in its banner; empty while all is well. */
  words(name: string): string {
    const root = find(name).connection.querySelector('chat-conversation')?.shadowRoot;
    const banner = root?.querySelector('ws-status-banner')?.shadowRoot?.querySelector('[part~="banner"]');
    return banner && dom.visible(banner) ? dom.text(banner) : '';
  },

  /** Tries again now, as the button in the banner does. */
  retry(name: string): void {
    find(name).connection.retry();
  },

  /** Mounts a widget, lets it connect, and unmounts it. Says whether it came as far as it was meant to. */
  async visit({settings, stay}: Visit): Promise<boolean> {
    const {name} = settings;
    lab.mount(settings);
    const connects = await comesAbout(() => lab.status(name).state !== 'idle');
    const isAsMeant = connects && (stay === null ? await comesAbout(() => lab.isLive(name)) : await sleep(stay));
    lab.unmount(name);
    return isAsMeant;
  },

  /** Goes to a message and says whether it is there, with this text. */
  finds(name: string, id: number, content: string): boolean {
    void find(name).connection.querySelector('chat-conversation')?.scrollToMessage(id);
    return lab.shown(name).includes(content);
  },

  /** Asks the REST API for what a page may ask, in one way after the other. Returns what came of it and should not have. */
  async ask(name: string, conversationId: number, messageId: number): Promise<readonly string[]> {
    const {client} = find(name).connection;
    if (!client) return ['There is no client.'];
    const {api} = client;
    const conversation = client.conversation(conversationId);
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      reload: () => conversation.reload(),
      loadOlder: () => conversation.loadOlder(),
      load: () => client.conversations.load(),
      getConversation: () => api.getConversation(conversationId),
      listMessages: () => api.listMessages(conversationId),
      listChanges: () => api.listChanges(conversationId, {since: 0}),
      react: () => conversation.react(messageId, '👍'),
      unreact: () => conversation.unreact(messageId, '👍'),
      edit: () => conversation.edit(messageId, 'edited'),
    };
    const outcomes = Object.entries(calls).map(([call, make]) =>
      make().then(
        () => [],
        (error: unknown) => (error instanceof ApiError ? [] : [`${call}: ${String(error)}`]),
      ),
    );
    return (await Promise.all(outcomes)).flat();
  },

  /** How it follows its conversation. */
  sync(name: string, conversationId: number): string {
    const conversation = find(name).connection.client?.conversation(conversationId);
    const {phase, sync, error} = conversation?.snapshot() ?? {};
    return `${phase}, ${sync}, ${conversation?.messages.size} messages${error ? `: ${error.message}` : ''}`;
  },

  /** What fuzz has left in the page that must not be there. */
  marks(): readonly string[] {
    const foreign = dom.all('body script, iframe, object, embed, [onerror]').map(({localName}) => `<${localName}>`);
    return [...foreign, ...Object.keys(Object.prototype), ...('polluted' in globalThis ? ['polluted'] : [])];
  },

  /** What the page holds open now. */
  held(): Held {
    return countHeld();
  },

  /** How many sockets were opened so far. */
  opened(): number {
    return countOpened();
  },

  /** When it made its sockets (ms since the epoch), while nobody else has its port. */
  attempts(name: string): readonly number[] {
    return openedFor(find(name).connection.getAttribute('ws-port') ?? '');
  },
};

export type LabInPage = typeof lab;

Object.assign(globalThis, {lab});

const PATIENCE = 20_000;

async function comesAbout(condition: () => boolean): Promise<boolean> {
  const end = performance.now() + PATIENCE;
  while (!condition() && performance.now() < end) await sleep(5);
  return condition();
}

function sleep(ms: number): Promise<true> {
  return new Promise((resolve) => setTimeout(() => resolve(true), ms));
}

function find(name: string): Widget {
  const widget = widgets.get(name);
  if (!widget) throw new Error(`There is no widget ${name}.`);
  return widget;
}

function now(connection: Widget['connection']): Change {
  const {state} = connection;
  const {cause = 'none', code = null, retryAt = null} = connection.client?.status ?? {};
  return {at: Date.now(), state, cause, code, retryAt};
}
