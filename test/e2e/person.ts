import type {BrowserPage} from './browser/browser-page.js';
import type {PageTools} from './browser/page-tools.js';

/** A message as it stands on somebody's screen. */
export interface ShownMessage {
  readonly id: string;
  readonly tempId: string | null;
  readonly content: string;
  readonly status: string;
  /** Everything that is written in its row. */
  readonly text: string;
}

/** What the demo page shows one person, and what that person can do there. */
export class Person {
  readonly email: string;
  readonly page: BrowserPage;
  readonly scope: string;

  constructor(page: BrowserPage, email: string) {
    this.page = page;
    this.email = email;
    this.scope = `[data-email="${email}"]`;
  }

  /** Waits until the conversation is loaded and live. */
  async ready(): Promise<void> {
    await this.page.waitFor(
      `${this.email} is connected and sees the conversation`,
      (dom, scope: string) => {
        const connection = dom.one('chat-connection', scope) as HTMLElement & {state: string};
        return connection.state === 'connected' && dom.all('chat-message', scope).length > 0;
      },
      [this.scope],
    );
    await this.page.waitFor(
      `${this.email}'s channel is subscribed`,
      (dom, scope: string) => {
        const {client} = dom.one('chat-connection', scope) as HTMLElement & {
          client: {channels: ReadonlyMap<string, {state: string}>};
        };
        return [...client.channels.values()].some((channel) => channel.state === 'subscribed');
      },
      [this.scope],
    );
  }

  /** The state of the connection. */
  state(): Promise<string> {
    return this.page.evaluate(
      (dom, scope: string) => (dom.one('chat-connection', scope) as HTMLElement & {state: string}).state,
      this.scope,
    );
  }

  async becomes(state: string, deadline?: number): Promise<void> {
    await this.page.waitFor(
      `${this.email}'s connection is ${state}`,
      (dom, scope: string, wanted: string) =>
        (dom.one('chat-connection', scope) as HTMLElement & {state: string}).state === wanted,
      [this.scope, state],
      deadline,
    );
  }

  /** Writes into the composer with real keys. */
  async write(text: string): Promise<void> {
    await this.page.click('chat-composer textarea, chat-composer [part~="input"], textarea', this.scope);
    await this.page.type(text);
  }

  async send(text: string): Promise<void> {
    await this.write(text);
    await this.page.press('Enter');
  }

  /** The messages with this content that are on the screen now. */
  messages(content: string): Promise<ShownMessage[]> {
    return this.page.evaluate(readMessages, this.scope, content);
  }

  /** Waits until exactly one message with this content is shown, stored by the server. */
  async sees(
    content: string,
    status: readonly string[] = ['sent', 'delivered', 'read'],
    deadline?: number,
  ): Promise<ShownMessage> {
    const found = await this.page.waitFor(
      `${this.email} sees "${content}" once, as ${status.join(' or ')}`,
      (dom, scope: string, wanted: string, statuses: readonly string[]) => {
        const rows = (dom.all('chat-message', scope) as (HTMLElement & {message?: RowMessage})[]).filter(
          (row) => row.message?.content === wanted,
        );
        const [row] = rows;
        if (rows.length !== 1 || !row?.message || !statuses.includes(row.message.status)) return null;
        const {id, tempId, status: state} = row.message;
        return {id: String(id), tempId, content: wanted, status: state, text: dom.text(row)};
      },
      [this.scope, content, status],
      deadline,
    );
    return found!;
  }

  /** The id of the oldest message that is rendered now. */
  oldestShown(): Promise<string> {
    return this.page.evaluate((dom, scope: string) => {
      const rows = dom.all('chat-message', scope) as (HTMLElement & {message?: RowMessage})[];
      return String(rows[0]?.message?.id);
    }, this.scope);
  }

  /** Whether a message stands within the frame of the list. */
  hasInView(id: string): Promise<boolean> {
    return this.page.evaluate(isInView, this.scope, id);
  }

  async getsInView(id: string): Promise<void> {
    await this.page.waitFor(`${this.email} has message ${id} in view`, isInView, [this.scope, id]);
  }

  /** Waits until this can be read somewhere in the element. */
  async reads(selector: string, pattern: RegExp, deadline?: number): Promise<string> {
    return this.page.waitFor(
      `${this.email} reads ${pattern} in ${selector}`,
      (dom, scope: string, wanted: string, source: string) =>
        dom
          .all(wanted, scope)
          .filter(dom.visible)
          .map(dom.text)
          .find((text) => new RegExp(source, 'iu').test(text)) ?? '',
      [this.scope, selector, pattern.source],
      deadline,
    );
  }

  /** Whether this can be read in the element right now. */
  async isReading(selector: string, pattern: RegExp): Promise<boolean> {
    return this.page.evaluate(
      (dom, scope: string, wanted: string, source: string) =>
        dom.all(wanted, scope).some((element) => dom.visible(element) && new RegExp(source, 'iu').test(dom.text(element))),
      this.scope,
      selector,
      pattern.source,
    );
  }

  /** Waits until nothing of the element is to be read any more, or the element is gone. */
  async readsNothing(selector: string, deadline?: number): Promise<void> {
    await this.page.waitFor(
      `${this.email} reads nothing in ${selector}`,
      (dom, scope: string, wanted: string) =>
        dom.all(wanted, scope).every((element) => !dom.visible(element) || dom.text(element) === ''),
      [this.scope, selector],
      deadline,
    );
  }
}

interface RowMessage {
  readonly id: string | number;
  readonly tempId: string | null;
  readonly content: string;
  readonly status: string;
}

function readMessages(dom: PageTools, scope: string, content: string): ShownMessage[] {
  const rows = dom.all('chat-message', scope) as (HTMLElement & {message?: RowMessage})[];
  return rows.flatMap((row) =>
    row.message?.content === content
      ? [{id: String(row.message.id), tempId: row.message.tempId, content, status: row.message.status, text: dom.text(row)}]
      : [],
  );
}

function isInView(dom: PageTools, scope: string, id: string): boolean {
  const rows = dom.all('chat-message', scope) as (HTMLElement & {message?: RowMessage})[];
  const row = rows.find(({message}) => String(message?.id) === id)?.getBoundingClientRect();
  const view = dom.one('[part~="scroller"]', scope).getBoundingClientRect();
  return !!row && row.top >= view.top - 1 && row.bottom <= view.bottom + 1;
}
