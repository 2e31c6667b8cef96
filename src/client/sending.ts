import {ApiError, isConfirmed, Person, sameId, type Attachment, type Message} from '../model/index.js';
import type {MessageLog} from '../store/index.js';
import type {ConversationContext} from './conversation-context.js';
import type {OutboxItem} from './outbox-storage.js';
import type {OutboxChange} from './outbox.js';
import type {Session} from './session.js';
import {newTempId} from './temp-id.js';
import type {SendOptions} from './types.js';

interface Pending {
  readonly promise: Promise<Message>;
  resolve(message: Message): void;
  reject(error: ApiError): void;
}

/** Messages on their way out of one conversation: shown at once, handed to the outbox, and settled by whatever comes first. */
export class Sending {
  readonly #context: ConversationContext;
  readonly #pending = new Map<string, Pending>();
  /** Files of messages whose upload has not ended well. They live as long as the page. */
  readonly #files = new Map<string, readonly File[]>();

  constructor(context: ConversationContext) {
    this.#context = context;
  }

  send(content: string, options: SendOptions): Promise<Message> {
    const {attachments = [], files = []} = options;
    if (content.trim() === '' && attachments.length === 0 && files.length === 0) {
      const reason = 'A message needs a text or a file.';
      return Promise.reject(new ApiError('invalid', reason, {errors: {content: [reason]}}));
    }
    const item: OutboxItem = {
      tempId: newTempId(),
      conversationId: this.#context.id,
      content,
      replyToId: options.replyToId ?? null,
      attachmentIds: attachments.map(({id}) => id),
      writtenAt: this.#session.writingTime(),
      failure: null,
    };
    this.#log.merge([this.#toMessage(item, attachments)]);
    if (files.length > 0) this.#files.set(item.tempId, files);
    return this.#post(item);
  }

  retry(tempId: string): Promise<Message> {
    const message = this.#log.get(tempId);
    if (message?.status !== 'failed') {
      return Promise.reject(new ApiError('not-found', `There is no failed message with the temp id ${tempId}.`));
    }
    const item = toItem(message);
    this.#log.update(tempId, {status: 'queued', error: null});
    return this.#post(item);
  }

  /** Forgets an unsent message. One that the server may have stored already comes back by the wire. */
  discard(tempId: string): void {
    const message = this.#log.get(tempId);
    if (!message || isConfirmed(message)) return;
    this.#log.remove(tempId);
    this.#files.delete(tempId);
    void this.#session.outbox.discard(tempId, this.#context.id);
    this.#settle(tempId, (pending) => pending.reject(new ApiError('aborted', 'The message was discarded before it was sent.')));
  }

  /** Shows what an earlier page, or another tab, has written and not sent. */
  async restore(): Promise<void> {
    const {outbox} = this.#session;
    const items = await outbox.list();
    if (outbox !== this.#session.outbox) return;
    for (const item of items) if (sameId(item.conversationId, this.#context.id)) this.#show(item);
    this.#context.state.set({unsentIsSafe: outbox.isDurable});
  }

  /** Another tab changed the outbox. Returns whether it sent something that has not come back by the wire yet. */
  followTab({tempId, change}: {readonly tempId: string; readonly change: OutboxChange}): boolean {
    const message = this.#log.get(tempId);
    const isPending = message !== undefined && !isConfirmed(message);
    if (change === 'discarded' && isPending) this.#log.remove(tempId);
    if (change === 'added' || change === 'failed') void this.restore();
    return change === 'sent' && (isPending || !message);
  }

  #show(item: OutboxItem): void {
    const shown = this.#log.get(item.tempId);
    const message = this.#toMessage(item, []);
    if (!shown) this.#log.merge([message]);
    else if (!isConfirmed(shown) && (shown.status === 'failed') !== (item.failure !== null)) {
      this.#log.update(item.tempId, {status: message.status, error: message.error});
    }
  }

  failed(item: OutboxItem, error: ApiError): Message | undefined {
    const message = this.#log.get(item.tempId);
    if (!message || isConfirmed(message)) return undefined;
    const failed = this.#log.update(item.tempId, {status: 'failed', error});
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
      if (files.length === 0) {
        await this.#session.outbox.retry(item);
        return;
      }
      this.mark(item, 'sending');
      const attachments = await Promise.all(files.map((file) => this.#session.api.uploadAttachment(file)));
      this.#files.delete(item.tempId);
      this.#log.update(item.tempId, {attachments});
      await this.#session.outbox.add({...item, attachmentIds: [...item.attachmentIds, ...attachments.map(({id}) => id)]});
    } catch (error) {
      this.#context.host.sendingFailed(item, ApiError.from(error));
    }
  }

  /** How far it has come. */
  mark(item: OutboxItem, status: 'queued' | 'sending'): void {
    const message = this.#log.get(item.tempId);
    if (message && !isConfirmed(message) && message.status !== status) this.#log.update(item.tempId, {status, error: null});
  }

  #settle(tempId: string, how: (pending: Pending) => void): void {
    const pending = this.#pending.get(tempId);
    this.#pending.delete(tempId);
    if (pending) how(pending);
  }

  get #log(): MessageLog {
    return this.#context.store.log;
  }

  get #session(): Session {
    return this.#context.host.session;
  }

  /** The person using the page, as far as is known. */
  get #self(): Person {
    const {userId} = this.#session;
    const own = this.#context.state.state.conversation?.participants.find(({id}) => sameId(id, userId));
    return new Person(own ?? {id: userId ?? '', name: ''});
  }

  #toMessage(item: OutboxItem, attachments: readonly Attachment[]): Message {
    const {failure} = item;
    const repliedTo = item.replyToId === null ? undefined : this.#log.get(item.replyToId);
    return {
      id: item.tempId,
      conversationId: this.#context.id,
      tempId: item.tempId,
      sender: this.#self,
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
