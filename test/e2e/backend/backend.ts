import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import Database from 'libsql';
import Pusher from 'pusher';
import type {Environment} from '../environment.js';
import {Child} from './child.js';

/** A signed-in person, to act as from outside the browser. */
export interface Account {
  readonly id: number;
  readonly token: string;
}

/** A row of the database. */
export interface StoredMessage {
  readonly id: number;
  readonly conversationId: number;
  readonly senderId: number;
  readonly content: string;
  /** How many files are with it. */
  readonly files: number;
}

/** How long the database may be locked by the server (ms). */
const LOCK_PATIENCE = 5_000;

/** What a server is started with beside its ports and its database. */
export interface BackendExtras {
  /** Of its command: those of `demo/server/args.ts` or `demo/laravel/serve/options.mjs`. */
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A demo server with a new database, and what a test does to it. Both servers have the same users, key and secret. */
export class Backend {
  readonly url: string;
  /** The port of the socket server. */
  readonly socketPort: number;
  readonly #isLaravel: boolean;
  readonly #command: readonly string[];
  readonly #folder: string;
  readonly #file: string;
  readonly #pusher: Pusher;
  readonly #env: NodeJS.ProcessEnv;
  #child: Child | undefined;

  constructor({server, port, reverbPort}: Pick<Environment, 'server' | 'port' | 'reverbPort'>, extras: BackendExtras = {}) {
    this.url = `http://127.0.0.1:${port}`;
    this.#folder = mkdtempSync(join(tmpdir(), 'ws-chat-e2e-'));
    this.#file = join(this.#folder, 'chat.sqlite');
    const flags = ['--port', String(port), '--db', this.#file, ...(extras.flags ?? [])];
    // A test signs in more often in a minute than a person does.
    this.#env = {CHAT_LIMIT_LOGIN: '1000', ...extras.env};
    this.#command =
      server === 'laravel'
        ? ['demo/laravel/serve.mjs', ...flags, '--reverb-port', String(reverbPort)]
        : ['--import', 'tsx', 'demo/server/main.ts', ...flags];
    this.#isLaravel = server === 'laravel';
    this.socketPort = this.#isLaravel ? reverbPort : port;
    const application = {appId: '1001', key: 'demo-key', secret: 'demo-secret'};
    this.#pusher = new Pusher({...application, host: '127.0.0.1', port: String(this.socketPort)});
  }

  /** Resolves once it answers. After `stop` it comes back with its data, on the same ports. */
  async start(): Promise<void> {
    this.#child = new Child(this.#command, this.#env);
    // The first time, Laravel's packages are installed.
    await this.#child.line(/^listening on http/u, 600_000);
  }

  async stop(): Promise<void> {
    await this.#child?.stop();
    this.#child = undefined;
  }

  /** Takes the socket server away: Reverb where there is one, otherwise everything, as it is one process. */
  async stopSockets(): Promise<void> {
    if (this.#isLaravel) await this.#child?.ask('SIGUSR1', /^reverb stopped/u);
    else await this.stop();
  }

  /** Brings it back. Resolves once it answers. */
  async startSockets(): Promise<void> {
    if (this.#isLaravel) await this.#child?.ask('SIGUSR2', /^reverb listening/u);
    else await this.start();
  }

  /** Writes a command to its stdin (`demo/laravel/serve.mjs --scale` knows some). Resolves with the line that answers it. */
  async ask(command: string, answer: RegExp): Promise<string> {
    if (!this.#child) throw new Error('It does not run.');
    return this.#child.tell(command, answer);
  }

  /** Stops it and deletes its data. */
  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, {recursive: true, force: true, maxRetries: 3});
  }

  /** Makes every token that was given out until now an expired one. */
  expireTokens(): void {
    const database = new Database(this.#file, {timeout: LOCK_PATIENCE});
    database.prepare("update personal_access_tokens set expires_at = '2000-01-01 00:00:00'").run();
    database.close();
  }

  /** Makes conversations of these people. Returns their ids. */
  addConversations(count: number, members: readonly Account[]): readonly number[] {
    const database = new Database(this.#file, {timeout: LOCK_PATIENCE});
    const conversation = database.prepare('insert into conversations (title, created_at) values (?, ?)');
    const participant = database.prepare('insert into participants (conversation_id, user_id) values (?, ?)');
    const ids = Array.from({length: count}, (_, index) =>
      Number(conversation.run(`Conversation ${index + 1}`, '2026-01-01 00:00:00').lastInsertRowid),
    );
    for (const id of ids) for (const member of members) participant.run(id, member.id);
    database.close();
    return ids;
  }

  /** The messages of these conversations as the database holds them, in the order of the server. */
  storedMessages(conversationIds: readonly number[]): readonly StoredMessage[] {
    const database = new Database(this.#file, {timeout: LOCK_PATIENCE});
    const statement = database.prepare(
      `select id, conversation_id as conversationId, sender_id as senderId, content,
         (select count(*) from attachments where message_id = messages.id) as files
       from messages where conversation_id = ? order by position`,
    );
    const rows = conversationIds.flatMap((id) => statement.all(id) as StoredMessage[]);
    database.close();
    return rows;
  }

  /** Broadcasts anything, as a backend does: by the HTTP API of the socket server, with the official library. */
  async emit(channel: string, name: string, data: unknown): Promise<void> {
    await this.#pusher.trigger(channel, name, data);
  }

  /** The channels that somebody is subscribed to. */
  async channels(): Promise<readonly string[]> {
    const response = await this.#pusher.get({path: '/channels'});
    const {channels} = (await response.json()) as {channels: Record<string, unknown>};
    return Object.keys(channels);
  }

  /** How many sockets are subscribed to a channel. */
  async subscribers(channel: string): Promise<number> {
    const response = await this.#pusher.get({path: `/channels/${channel}`, params: {info: 'subscription_count'}});
    const {subscription_count: count = 0} = (await response.json()) as {subscription_count?: number};
    return count;
  }

  /** Signs in as the demo's users do. */
  async signIn(email: string): Promise<Account> {
    const {token, user} = (await this.#call('POST', '/login', null, {email, password: 'password'})) as {
      token: string;
      user: {id: number};
    };
    return {id: user.id, token};
  }

  /** Writes as somebody, past the browser. Resolves with the message's id. */
  async write(as: Account, conversationId: string, content: string): Promise<number> {
    const body = {content, temp_id: crypto.randomUUID()};
    const {data} = (await this.#call('POST', `/conversations/${conversationId}/messages`, as, body)) as {data: {id: number}};
    return data.id;
  }

  /** Changes what this person has written, past the browser. */
  async edit(as: Account, messageId: number, content: string): Promise<void> {
    await this.#call('PATCH', `/messages/${messageId}`, as, {content});
  }

  /** Deletes what this person has written, past the browser. */
  async remove(as: Account, messageId: number): Promise<void> {
    await this.#call('DELETE', `/messages/${messageId}`, as);
  }

  /** Chooses an emoji for anybody's message, past the browser. */
  async react(as: Account, messageId: number, emoji: string): Promise<void> {
    await this.#call('PUT', `/messages/${messageId}/reactions/${encodeURIComponent(emoji)}`, as);
  }

  /** The id of the conversation that these two have for themselves. */
  async sharedConversation(one: Account, other: Account): Promise<string> {
    const {data} = (await this.#call('GET', '/conversations', one)) as {data: {id: number; participants: {id: number}[]}[]};
    const shared = data.find(({participants}) => participants.length === 2 && participants.some(({id}) => id === other.id));
    if (!shared) throw new Error('These two have no conversation.');
    return String(shared.id);
  }

  async typing(as: Account, conversationId: string): Promise<void> {
    await this.#call('POST', `/conversations/${conversationId}/typing`, as, {});
  }

  async #call(method: string, path: string, as: Account | null, body?: object): Promise<unknown> {
    const response = await fetch(`${this.url}/api${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        ...(as ? {Authorization: `Bearer ${as.token}`} : {}),
      },
      ...(body === undefined ? {} : {body: JSON.stringify(body)}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} gave ${response.status}: ${text.slice(0, 500)}`);
    return text === '' ? null : (JSON.parse(text) as unknown);
  }
}
