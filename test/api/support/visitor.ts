import assert from 'node:assert/strict';
import type {Contract} from './contract.js';

/** An answer whose shape the contract has approved. */
export interface Checked {
  readonly status: number;
  readonly body: unknown;
}

export interface Ask {
  /** What stands for the `{…}` of the path, in order. */
  readonly path?: readonly (string | number)[];
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  /** Sent as it is, in place of JSON. */
  readonly raw?: string | FormData;
  readonly token?: string | null;
}

/** The fields that a walk through a backend looks at, of the resources the contract describes. */
export interface MessageRow {
  readonly id: number | string;
  readonly conversation_id: number | string;
  readonly temp_id: string | null;
  readonly sender: {readonly id: number | string; readonly name: string};
  readonly content: string;
  readonly created_at: string;
  readonly edited_at: string | null;
  readonly deleted_at: string | null;
  readonly position: number;
  readonly revision: number;
  readonly reply_to: {readonly id: number | string; readonly content: string} | null;
  readonly attachments: readonly {
    readonly id: number | string;
    readonly url: string;
    readonly size: number;
    readonly name: string;
  }[];
  readonly reactions: readonly {
    readonly emoji: string;
    readonly count: number;
    readonly user_ids: readonly (number | string)[];
  }[];
}

export interface ConversationRow {
  readonly id: number | string;
  readonly participants: readonly {readonly id: number | string; readonly last_read_message_id: number | string | null}[];
  readonly last_message: MessageRow | null;
  readonly unread_count: number;
  readonly revision: number;
  readonly features: readonly string[];
}

/** Somebody who asks a backend, and has each answer held against the contract. */
export class Visitor {
  readonly #url: string;
  readonly #contract: Contract;
  #token: string | null = null;
  id: number | string = '';

  constructor(url: string, contract: Contract) {
    this.#url = url;
    this.#contract = contract;
  }

  get token(): string {
    assert.ok(this.#token, 'not signed in');
    return this.#token;
  }

  async signIn(email: string, password: string): Promise<void> {
    const body = await this.ask('POST', '/login', 200, {body: {email, password}, token: null});
    const {token, user} = body as {token: string; user: {id: number | string}};
    this.#token = token;
    this.id = user.id;
  }

  /** Asks, asserts the status, or one of several, and the shape of the answer, and gives back its body. */
  async ask(method: string, path: string, expected: number | readonly number[], ask: Ask = {}): Promise<unknown> {
    const {status, body} = await this.send(method, path, ask);
    const allowed = typeof expected === 'number' ? [expected] : expected;
    assert.ok(
      allowed.includes(status),
      `${method} ${path} answered ${status}, not ${allowed.join(' or ')}: ${JSON.stringify(body)}`,
    );
    return body;
  }

  /** Asks, and asserts the shape of the answer, whatever its status is. */
  async send(method: string, path: string, ask: Ask = {}): Promise<Checked> {
    const response = await fetch(this.#address(path, ask), this.#init(method, ask));
    const text = await response.text();
    const what = `${method} ${path} ${response.status}`;
    if (text !== '')
      assert.match(
        response.headers.get('Content-Type') ?? '',
        /^application\/json\b/,
        `${what}: not JSON: ${text.slice(0, 200)}`,
      );
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    this.#contract.check(method, path, response.status, body);
    return {status: response.status, body};
  }

  async message(method: string, path: string, expected: number | readonly number[], ask: Ask = {}): Promise<MessageRow> {
    return ((await this.ask(method, path, expected, ask)) as {data: MessageRow}).data;
  }

  async conversation(id: number | string): Promise<ConversationRow> {
    return ((await this.ask('GET', '/conversations/{id}', 200, {path: [id]})) as {data: ConversationRow}).data;
  }

  async say(conversation: number | string, content: string, more: object = {}): Promise<MessageRow> {
    const body = {content, temp_id: crypto.randomUUID(), ...more};
    return this.message('POST', '/conversations/{id}/messages', 201, {path: [conversation], body});
  }

  #address(template: string, {path = [], query = {}}: Ask): string {
    const segments = path.map((segment) => encodeURIComponent(segment));
    const filled = template.replaceAll(/\{\w+\}/g, () => segments.shift() ?? '');
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    const base = template.startsWith('/broadcasting/') ? this.#url : `${this.#url}/api`;
    return `${base}${filled}${search.size > 0 ? `?${search.toString()}` : ''}`;
  }

  #init(method: string, {body, raw, token = this.#token}: Ask): RequestInit {
    const headers = new Headers({Accept: 'application/json'});
    if (token !== null) headers.set('Authorization', `Bearer ${token}`);
    if (body !== undefined || typeof raw === 'string') headers.set('Content-Type', 'application/json');
    const content = raw ?? (body === undefined ? null : JSON.stringify(body));
    return {method, headers, body: content};
  }
}
