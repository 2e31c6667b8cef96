import {createLog} from '../logging/index.js';
import {
  ApiError,
  systemClock,
  type Attachment,
  type Clock,
  type Conversation,
  type Id,
  type Message,
  type TokenSource,
} from '../model/index.js';
import {currentHostPage, type HostPage} from '../model/http-page.js';
import {
  decodeAnswer,
  readAttachment,
  readChangePage,
  readConversation,
  readConversationPage,
  readMessage,
  readMessagePage,
  type LeaveOut,
  type ReadAnswer,
} from './answers.js';
import type {CallOptions, ChangePage, ChatApi, ConversationPage, MessagePage, MessageQuery, NewMessage} from './chat-api.js';
import {Http, type Call} from './http.js';

/** How to reach the REST side of a backend. */
export interface RestChatApiOptions {
  /** The address under which the routes are. Default `/api`. */
  readonly apiBase?: string | undefined;
  /** Where tokens come from. Without it, or while it resolves with `null`, requests carry the session cookie instead. */
  readonly token?: TokenSource | null | undefined;
  /** For requests without a token; those with one never carry cookies. Default `same-origin`. */
  readonly credentials?: 'omit' | 'same-origin' | 'include' | undefined;
  /** Headers for every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** Default: the system clock. */
  readonly clock?: Clock | undefined;
  /** How long an answer may take, in ms. Default 15,000. */
  readonly timeout?: number | undefined;
  /** How long an upload may take, in ms. Default 120,000. */
  readonly uploadTimeout?: number | undefined;
  /** The page whose XSRF cookie is sent along. Default: the page that this runs in; `null` for none. */
  readonly page?: HostPage | null | undefined;
  /**
   * Called for each row of a list that does not have the agreed shape and was left out, and for an answer that does not have it, with what
   * the call rejects with. The message names the field at fault.
   */
  readonly onError?: ((error: ApiError) => void) | undefined;
}

const log = createLog('ChatApi');

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 200;
const MAX_CONVERSATIONS = 100;
const MAX_READ_IDS = 500;

/**
 * A `ChatApi` for the routes that `openapi.json` beside this file describes.
 *
 * After a 401 or 419 the token is renewed through the token source and the call is made once more. Nothing else is repeated here:
 * whether to try a failed call again is up to the caller, see `isTransient` and `retryAfter` of `ApiError`.
 */
export class RestChatApi implements ChatApi {
  readonly #http: Http;
  readonly #timeout: number;
  readonly #uploadTimeout: number;
  readonly #leaveOut: LeaveOut;

  constructor(options: RestChatApiOptions = {}) {
    this.#timeout = options.timeout ?? 15_000;
    this.#uploadTimeout = options.uploadTimeout ?? 120_000;
    this.#leaveOut = (error) => {
      log.warn(error.message);
      options.onError?.(error);
    };
    this.#http = new Http({
      base: (options.apiBase ?? '/api').replace(/\/+$/, ''),
      token: options.token ?? null,
      credentials: options.credentials ?? 'same-origin',
      headers: options.headers ?? {},
      // Wrapped: browsers refuse to run `fetch` as a method of another object.
      fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
      clock: options.clock ?? systemClock,
      page: options.page === undefined ? currentHostPage() : options.page,
    });
  }

  async listConversations(
    query: CallOptions & {readonly cursor?: string | null; readonly limit?: number} = {},
  ): Promise<ConversationPage> {
    const {cursor, limit, signal} = query;
    const search = toQuery({cursor, limit: toPageSize(limit, MAX_CONVERSATIONS)});
    return this.#ask({method: 'GET', path: '/conversations', query: search, signal}, readConversationPage);
  }

  async getConversation(id: Id, {signal}: CallOptions = {}): Promise<Conversation> {
    return this.#ask({method: 'GET', path: route`/conversations/${id}`, signal}, readConversation);
  }

  async listMessages(conversationId: Id, query: MessageQuery = {}): Promise<MessagePage> {
    const {before, after, around, limit, search, signal} = query;
    if ([before, after, around].filter((id) => id !== undefined).length > 1) {
      throw new ApiError('invalid', 'Ask for one of before, after and around.');
    }
    return this.#ask(
      {
        method: 'GET',
        path: route`/conversations/${conversationId}/messages`,
        query: toQuery({before, after, around, limit: toPageSize(limit ?? DEFAULT_PAGE_SIZE), search}),
        signal,
      },
      readMessagePage,
    );
  }

  async listChanges(
    conversationId: Id,
    query: CallOptions & {readonly since: number; readonly limit?: number},
  ): Promise<ChangePage> {
    const {since, limit, signal} = query;
    const search = toQuery({since, limit: toPageSize(limit)});
    return this.#ask(
      {method: 'GET', path: route`/conversations/${conversationId}/changes`, query: search, signal},
      readChangePage,
    );
  }

  async sendMessage(conversationId: Id, message: NewMessage): Promise<Message> {
    const {content, tempId, replyToId, attachmentIds, signal} = message;
    const body = {
      content,
      temp_id: tempId,
      // JSON leaves out what is undefined.
      reply_to_id: replyToId ?? undefined,
      attachment_ids: attachmentIds?.length ? attachmentIds : undefined,
    };
    return this.#ask({method: 'POST', path: route`/conversations/${conversationId}/messages`, body, signal}, readMessage);
  }

  async editMessage(id: Id, content: string, {signal}: CallOptions = {}): Promise<Message> {
    return this.#ask({method: 'PATCH', path: route`/messages/${id}`, body: {content}, signal}, readMessage);
  }

  async deleteMessage(id: Id, {signal}: CallOptions = {}): Promise<Message> {
    return this.#ask({method: 'DELETE', path: route`/messages/${id}`, signal}, readMessage);
  }

  async addReaction(id: Id, emoji: string, {signal}: CallOptions = {}): Promise<Message> {
    return this.#ask({method: 'PUT', path: route`/messages/${id}/reactions/${emoji}`, signal}, readMessage);
  }

  async removeReaction(id: Id, emoji: string, {signal}: CallOptions = {}): Promise<Message> {
    return this.#ask({method: 'DELETE', path: route`/messages/${id}/reactions/${emoji}`, signal}, readMessage);
  }

  /** More than 500 ids take several calls; no ids, no call. */
  async markRead(conversationId: Id, messageIds: readonly Id[], {signal}: CallOptions = {}): Promise<void> {
    const path = route`/conversations/${conversationId}/read`;
    for (let from = 0; from < messageIds.length; from += MAX_READ_IDS) {
      await this.#send({
        method: 'POST',
        path,
        body: {message_ids: messageIds.slice(from, from + MAX_READ_IDS)},
        expectsNothing: true,
        signal,
      });
    }
  }

  async sendTyping(conversationId: Id, {signal}: CallOptions = {}): Promise<void> {
    await this.#send({method: 'POST', path: route`/conversations/${conversationId}/typing`, expectsNothing: true, signal});
  }

  /** `onProgress` is called with 0 at the start and with 1 at the end: `fetch` cannot tell how far an upload has come. */
  async uploadAttachment(
    file: File,
    options: CallOptions & {readonly onProgress?: (fraction: number) => void} = {},
  ): Promise<Attachment> {
    const body = new FormData();
    body.append('file', file, file.name);
    options.onProgress?.(0);
    const call = {method: 'POST', path: '/attachments', body, signal: options.signal, timeout: this.#uploadTimeout} as const;
    const attachment = await decodeAnswer(this.#http.send(call), call, readAttachment, this.#leaveOut);
    options.onProgress?.(1);
    return attachment;
  }

  #ask<Answer>(call: Omit<Call, 'timeout'>, read: ReadAnswer<Answer>): Promise<Answer> {
    return decodeAnswer(this.#send(call), call, read, this.#leaveOut);
  }

  #send(call: Omit<Call, 'timeout'>): Promise<unknown> {
    return this.#http.send({...call, timeout: this.#timeout});
  }
}

/** A path in which the ids are encoded. */
function route(parts: TemplateStringsArray, ...ids: readonly Id[]): string {
  return String.raw({raw: parts}, ...ids.map(segment));
}

/** An id as one segment of a path. Ids come from the server and from the page, so they may hold anything. */
function segment(id: Id): string {
  const text = String(id);
  try {
    // `.` and `..` cannot be encoded away: URL parsers resolve them even when they are percent-encoded.
    if (!/^\.{0,2}$/.test(text)) return encodeURIComponent(text);
  } catch {
    // It contains half a surrogate pair, which `encodeURIComponent` refuses.
  }
  throw new ApiError('invalid', `"${text}" cannot be an id.`);
}

function toPageSize(limit: number | undefined, max = MAX_PAGE_SIZE): number | undefined {
  return limit === undefined ? undefined : Math.min(Math.max(Math.trunc(limit) || 1, 1), max);
}

function toQuery(values: Readonly<Record<string, string | number | null | undefined>>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value != null) query.set(name, String(value));
  return query;
}
