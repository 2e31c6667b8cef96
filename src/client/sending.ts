import {ApiError, isConfirmed, Person, sameId, type Attachment, type Id, type Message} from '../model/index.js';
import type {ConversationStore} from '../store/index.js';
import type {ConversationHost} from './conversation-host.js';
import type {OutboxItem} from './outbox-storage.js';
import {newTempId} from './temp-id.js';
import type {SendOptions} from './types.js';

interface Pending {
  readonly promise: Promise<Message>;
  resolve(message: Message): void;
  reject(error: ApiError): void;
}

/** Messages on their way out of one conversation: shown at once, handed to the outbox, and settled by whatever comes first. */
export class Sending {
  readonly #conversationId: Id;
  readonly #host: ConversationHost;
  readonly #store: ConversationStore;
  readonly #pending = new Map<string, Pending>();
  /** Files of messages whose upload has not ended well. They live as long as the page. */
  readonly #files = new Map<string, readonly File[]>();

  constructor(conversationId: Id, host: ConversationHost, store: ConversationStore) {
    this.#conversationId = conversationId;
    this.#host = host;
    this.#store = store;
  }

  send(content: string, options: SendOptions): Promise<Message> {
    const {attachments = [], files = []} = options;
    if (content.trim() === '' && attachments.length === 0 && files.length === 0) {
      const reason = 'A message needs a text or a file.';
      return Promise.reject(new ApiError('invalid', reason, {errors: {content: [reason]}}));
    }
    const item: OutboxItem = {
      tempId: newTempId(),
      conversationId: this.#conversationId,
      content,
      replyToId: options.replyToId ?? null,
      attachmentIds: attachments.map(({id}) => id),
      writtenAt: this.#host.writingTime(),
      failure: null,
    };
    this.#store.log.merge([this.#toMessage(item, attachments)]);
    if (files.length > 0) this.#files.set(item.tempId, files);
    return this.#post(item);
  }

  retry(tempId: string): Promise<Message> {
    const message = this.#store.log.get(tempId);
    if (!message || message.status !== 'failed') {
      return Promise.reject(new ApiError('not-found', `There is no failed message with the temp id ${tempId}.`));
    }
    const item = toItem(message);
    this.#store.log.update(tempId, {status: 'queued', error: null});
    return this.#post(item);
  }

  /** Forgets an unsent message. One that the server may have stored already comes back by the wire. */
  discard(tempId: string): void {
    const message = this.#store.log.get(tempId);
    if (!message || isConfirmed(message)) return;
    this.#store.log.remove(tempId);
    this.#files.delete(tempId);
    void this.#host.outbox.discard(tempId, this.#conversationId);
    this.#settle(tempId, (pending) => pending.reject(new ApiError('aborted', 'The message was discarded before it was sent.')));
  }

  /** Shows what an earlier page, or another tab, has written and not sent. */
  restore(items: readonly OutboxItem[]): void {
    const own = items.filter((item) => sameId(item.conversationId, this.#conversationId));
    for (const item of own) {
      const shown = this.#store.log.get(item.tempId);
      const message = this.#toMessage(item, []);
      if (!shown) this.#store.log.merge([message]);
      else if (!isConfirmed(shown) && (shown.status === 'failed') !== (item.failure !== null)) {
        this.#store.log.update(item.tempId, {status: message.status, error: message.error});
      }
    }
  }

  /** Another tab discarded it. */
  discardedElsewhere(tempId: string): void {
    const message = this.#store.log.get(tempId);
    if (message && !isConfirmed(message)) this.#store.log.remove(tempId);
  }

  sending(item: OutboxItem): void {
    this.#mark(item, 'sending');
  }

  waiting(item: OutboxItem): void {
    this.#mark(item, 'queued');
  }

  failed(item: OutboxItem, error: ApiError): Message | undefined {
    const message = this.#store.log.get(item.tempId);
    if (!message || isConfirmed(message)) return undefined;
    const failed = this.#store.log.update(item.tempId, {status: 'failed', error});
    this.#settle(item.tempId, (pending) => pending.reject(error));
    return failed;
  }

  /** The server has stored it. Returns whether that was news. */
  stored(message: Message): boolean {
    const {tempId} = message;
    if (tempId === null) return false;
    const known = this.#pending.has(tempId);
    this.#files.delete(tempId);
    this.#settle(tempId, (pending) => pending.resolve(message));
    return known;
  }

  /** Ends all waiting, as for another person. */
  reset(): void {
    for (const tempId of [...this.#pending.keys()]) {
      this.#settle(tempId, (pending) => pending.reject(new ApiError('aborted', 'The user changed before the message was sent.')));
    }
    this.#files.clear();
  }

  #post(item: OutboxItem): Promise<Message> {
    const pending = createPending();
    this.#pending.set(item.tempId, pending);
    // Whoever does not wait for the answer sees the failure in the list; it must not also be an unhandled rejection.
    pending.promise.catch(() => undefined);
    void this.#upload(item);
    return pending.promise;
  }

  async #upload(item: OutboxItem): Promise<void> {
    try {
      const files = this.#files.get(item.tempId) ?? [];
      if (files.length === 0) return await this.#host.outbox.retry(item);
      this.#mark(item, 'sending');
      const attachments = await Promise.all(files.map((file) => this.#host.api.uploadAttachment(file)));
      this.#files.delete(item.tempId);
      this.#store.log.update(item.tempId, {attachments});
      await this.#host.outbox.add({...item, attachmentIds: [...item.attachmentIds, ...attachments.map(({id}) => id)]});
    } catch (error) {
      const failure =
        error instanceof ApiError ? error : new ApiError('network', 'The message could not be handed over.', {cause: error});
      this.#host.sendingFailed(item, failure);
    }
  }

  #mark(item: OutboxItem, status: 'queued' | 'sending'): void {
    const message = this.#store.log.get(item.tempId);
    if (message && !isConfirmed(message) && message.status !== status) this.#store.log.update(item.tempId, {status, error: null});
  }

  #settle(tempId: string, how: (pending: Pending) => void): void {
    const pending = this.#pending.get(tempId);
    this.#pending.delete(tempId);
    if (pending) how(pending);
  }

  #toMessage(item: OutboxItem, attachments: readonly Attachment[]): Message {
    const {failure} = item;
    const repliedTo = item.replyToId === null ? undefined : this.#store.log.get(item.replyToId);
    return {
      id: item.tempId,
      conversationId: this.#conversationId,
      tempId: item.tempId,
      sender: this.#host.self(this.#conversationId) ?? new Person({id: this.#host.userId ?? '', name: ''}),
      content: item.content,
      createdAt: new Date(item.writtenAt),
      editedAt: null,
      deletedAt: null,
      position: null,
      revision: null,
      replyTo: repliedTo ? {id: repliedTo.id, sender: repliedTo.sender, content: repliedTo.content} : null,
      attachments,
      reactions: [],
      status: failure ? 'failed' : 'queued',
      error: failure ? new ApiError(failure.code, failure.message, {status: failure.status}) : null,
    };
  }
}

function toItem(message: Message): OutboxItem {
  return {
    tempId: message.tempId ?? String(message.id),
    conversationId: message.conversationId,
    content: message.content,
    replyToId: message.replyTo?.id ?? null,
    attachmentIds: message.attachments.map(({id}) => id),
    writtenAt: message.createdAt.getTime(),
    failure: null,
  };
}

function createPending(): Pending {
  let resolve!: Pending['resolve'];
  let reject!: Pending['reject'];
  const promise = new Promise<Message>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return {promise, resolve, reject};
}
