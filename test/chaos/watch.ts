import type {ChatClient} from '../../src/client/types.js';
import type {Tab} from './tab.js';

/** What the page keeps for the scenario. */
interface Watch {
  readonly client: ChatClient;
  /** How often each message was announced as new, by its id. */
  readonly announced: Record<string, number>;
  /** When all conversations began and ceased to follow the server (ms since the epoch). */
  readonly changes: {readonly at: number; readonly isLive: boolean}[];
  /** A line for each state of the connection and its channels, with what the conversations were in at that moment. */
  readonly diary: string[];
}

declare const watch: Watch;

/** The ids that belong into a conversation, in the order of the server. */
export interface Expected {
  readonly conversationId: number;
  readonly ids: readonly number[];
}

/** Looks at what one client knows of its conversations. */
export class Watcher {
  readonly #tab: Tab;

  private constructor(tab: Tab) {
    this.#tab = tab;
  }

  /** Keeps the conversations open, as a page with a list of them does, and begins to take notes. */
  static async begin(tab: Tab, conversationIds: readonly number[]): Promise<Watcher> {
    await tab.page.evaluate((ids) => {
      const client = document.querySelector('chat-connection')?.client;
      if (!client) throw new Error('There is no client.');
      const notes: Watch = {client, announced: {}, changes: [], diary: []};
      const conversations = ids.map((id) => client.conversation(id));
      const look = (): void => {
        const isLive = client.isConnected && conversations.every((one) => one.snapshot().sync === 'live');
        if (notes.changes.at(-1)?.isLive !== isLive) notes.changes.push({at: Date.now(), isLive});
      };
      for (const conversation of conversations) {
        conversation.open();
        conversation.subscribe(look);
        conversation.onMessage(({type, message: {id}}) => {
          if (type === 'received') notes.announced[id] = (notes.announced[id] ?? 0) + 1;
        });
      }
      client.onStateChange(look);
      let last = '';
      const note = (): void => {
        const {state, cause, code, attempt} = client.status;
        const channels = [...client.channels.values()].map((one) => `${one.name} ${one.state}`);
        const link = [`${state} (${cause}, ${code}), attempt ${attempt}`, ...channels].join('; ');
        if (link === last) return;
        last = link;
        const syncs = conversations.map((one) => one.snapshot().sync);
        const counts = [...new Set(syncs)].map((sync) => `${syncs.filter((one) => one === sync).length} ${sync}`);
        notes.diary.push(`${new Date().toISOString().slice(11, 23)} ${link}; ${counts.join(', ')}`);
      };
      client.onStateChange(note);
      // Of its channels the client tells nothing, and a refusal lasts shorter than the time between two looks.
      setInterval(note, 100);
      new PerformanceObserver((list) => {
        for (const {name, duration, responseStatus, startTime} of list.getEntries() as PerformanceResourceTiming[]) {
          if (!name.includes('/broadcasting/auth')) continue;
          const at = new Date(performance.timeOrigin + startTime).toISOString().slice(11, 23);
          notes.diary.push(`${at} asked for a channel: ${responseStatus || 'no answer'} after ${Math.round(duration)} ms`);
        }
      }).observe({type: 'resource'});
      note();
      look();
      Object.assign(globalThis, {watch: notes});
    }, conversationIds);
    return new Watcher(tab);
  }

  /**
   * Resolves once all conversations have followed the server at some time after `since` (ms since the epoch), with that time. Not on
   * the socket `broken`: one that goes silent may have answered a moment before, so that the page still believes in it.
   */
  async live(since: number, broken: string | null, timeout: number): Promise<number> {
    return this.#tab.page.until(
      'all conversations follow the server',
      ([from, old]) => {
        const last = watch.changes.at(-1);
        if (!last?.isLive || watch.client.socketId === old) return null;
        // Live since before: then nothing has been noticed yet of what happened.
        return last.at >= from ? last.at : null;
      },
      [since, broken] as const,
      {timeout},
    );
  }

  /** Resolves once the conversations hold just these messages, with that time (ms since the epoch); `null` after `timeout` ms. */
  async converges(expected: readonly Expected[], timeout: number): Promise<number | null> {
    return this.#tab.page.poll(
      (all) => {
        const equals = all.every(({conversationId, ids}) => {
          const {messages} = watch.client.conversation(conversationId);
          const hasOlder = watch.client.conversation(conversationId).snapshot().hasOlder;
          if (hasOlder ? messages.size === 0 : messages.size !== ids.length) return false;
          const first = ids.length - messages.size;
          return messages.slice(0, messages.size).every(({id}, index) => Number(id) === ids[first + index]);
        });
        return equals ? Date.now() : null;
      },
      expected,
      timeout,
      50,
    );
  }

  /** How often messages were announced more than once. */
  doubleAnnouncements(): Promise<number> {
    return this.#tab.page.evaluate(() => Object.values(watch.announced).reduce((sum, times) => sum + times - 1, 0), null);
  }

  /** A line for each state of the connection and its channels, with its time: what to read when something is missed. */
  diary(): Promise<readonly string[]> {
    return this.#tab.page.evaluate(() => watch.diary, null);
  }

  /** The conversations that do not follow the server. */
  stuck(conversationIds: readonly number[]): Promise<number> {
    return this.#tab.page.evaluate(
      (ids) => ids.filter((id) => watch.client.conversation(id).snapshot().sync !== 'live').length,
      conversationIds,
    );
  }
}
