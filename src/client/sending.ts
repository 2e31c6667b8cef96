import {
  ApiError,
  isConfirmed,
  sameId,
  toMessage,
  type Attachment,
  type Message,
  type MessageStatus,
  type PersonData,
} from '../model/index.js';
import type {Recovery} from '../store/index.js';
import type {ConversationContext} from './conversation-context.js';
import type {OutboxItem, StoredFailure} from './outbox-storage.js';
import type {OutboxChange} from './outbox.js';
import {retryWait} from './retry-wait.js';
import {claim, isClaimed} from './tab-claims.js';
import {newTempId} from './temp-id.js';
import type {SendOptions} from './types.js';

/**
 * How many times files are uploaded before the message counts as failed: while there is a connection, and in all. Not for ever, as it is with
 * a text: a proxy may answer what is too large by breaking the connection, and what was written later waits.
 */
const MAX_UPLOADS = 5;
const MAX_UPLOADS_IN_ALL = 100;

/** A message that the server has not confirmed. */
interface Unsent {
  item: OutboxItem;
  /** Files that are not with the server yet, with what the server made of those that are. They are kept as long as the page. */
  files: Map<File, Attachment | null>;
  /** Settles the promise of `send`; none for a message from an earlier page or another tab, and for one that has failed. */
  waiting?: {resolve(message: Message): void; reject(error: ApiError): void} | undefined;
  /** Whether the server may have it: it was sent from here, or another tab says that it has sent it. */
  mayBeStored?: boolean;
  /** Aborting it ends the upload of its files, and lets other tabs know that they are no longer on their way. */
  uploading?: AbortController;
}

/** The messages of one conversation on their way out: shown at once, handed to the outbox, and settled by whatever confirms them first. */
export class Sending {
  readonly #context: ConversationContext;
  readonly #unsent = new Map<string, Unsent>();
  /** Whether another tab is uploading the files of a message, and shows it. `true` also while that is looked up. */
  readonly #elsewhere = new Map<string, boolean>();
  /** Over once all files that were written so far are with the server, or have failed. What is written later is sent later. */
  #uploads: Promise<unknown> | undefined;
  /** What seems to wait, and is neither among what is new nor in the outbox. */
  readonly #missing = new Set<Unsent>();

  constructor(context: ConversationContext) {
    this.#context = context;
    context.signal.addEventListener('abort', () => {
      const left = [...this.#unsent.values()];
      this.#unsent.clear();
      for (const {waiting, uploading} of left) {
        waiting?.reject(new ApiError('aborted', 'The user changed.'));
        uploading?.abort();
      }
    });
  }

  send(content: string, {attachments = [], files = [], replyToId = null}: SendOptions): Promise<Message> {
    if (content.trim() === '' && attachments.length === 0 && files.length === 0) {
      const reason = 'A message needs a text or a file.';
      return Promise.reject(new ApiError('invalid', reason, {errors: {content: [reason]}}));
    }
    const {id: conversationId, session, store} = this.#context;
    // Nothing is sent any more, so the promise would never settle.
    if (session.signal.aborted) return Promise.reject(new ApiError('aborted', 'The client was disposed.'));
    const item: OutboxItem = {
      tempId: newTempId(),
      conversationId,
      content,
      replyToId,
      attachmentIds: attachments.map(({id}) => id),
      writtenAt: session.writingTime(),
      failure: null,
    };
    const uploads = new Map([...files].map((file) => [file, null]));
    store.head.merge([this.#toMessage(item, [...attachments, ...[...uploads.keys()].map(toAttachment)])]);
    return this.#post({item, files: uploads});
  }

  retry(tempId: string): Promise<Message> {
    const unsent = this.#unsent.get(tempId);
    if (!unsent || this.#context.store.head.get(tempId)?.status !== 'failed') {
      return Promise.reject(new ApiError('not-found', `No failed message has the temp id ${tempId}.`));
    }
    this.#mark(tempId, 'queued');
    return this.#post(unsent);
  }

  /** Discards an unsent message. If the server has stored it already, it comes back over the wire. */
  discard(tempId: string): void {
    const {id, session} = this.#context;
    if (!this.#isPending(tempId)) return;
    void session.outbox.discard(tempId, id);
    this.#drop(tempId);
  }

  /** Shows the unsent messages of an earlier page or of another tab. `isOfTab`: whether another tab has just changed something. */
  async restore(isOfTab = false): Promise<void> {
    const {id, session, state, store, signal} = this.#context;
    const items = await session.outbox.list();
    if (signal.aborted) return;
    // Nothing is waited for from here on: what was found would no longer be so, and a message that has failed meanwhile would seem to wait.
    for (const item of items) {
      const {tempId, conversationId, failure} = item;
      const known = this.#unsent.get(tempId);
      const isAborted = failure?.code === 'aborted';
      if (isAborted && !known && !this.#elsewhere.has(tempId)) void this.#lookElsewhere(tempId, isOfTab);
      // Its files are on their way, in this tab or in that one.
      const isUploading = isAborted && (known ? known.waiting : isOfTab || this.#elsewhere.get(tempId));
      if (!sameId(conversationId, id) || known?.files.size || isUploading) continue;
      if (!known) this.#unsent.set(tempId, {item, files: new Map()});
      const shown = store.head.get(tempId);
      if (!shown) store.head.merge([this.#toMessage(item, [])]);
      else if (isConfirmed(shown)) this.settle(shown);
      else if (failure) this.failed(tempId, toError(failure));
      else if (shown.status === 'failed') this.#mark(tempId, 'queued');
    }
    state.set({unsentIsSafe: session.outbox.isDurable});
  }

  /** Another tab changed the outbox. Returns whether it sent a message that has not come over the wire yet. */
  followTab({tempId, change}: {readonly tempId: string; readonly change: OutboxChange}): boolean {
    const isPending = this.#isPending(tempId);
    if (change === 'discarded' && isPending) this.#drop(tempId);
    if (change === 'added' || change === 'failed') void this.restore(true);
    if (change === 'sent') this.moved(tempId, 'sending');
    return change === 'sent' && (isPending || !this.#context.store.head.get(tempId));
  }

  /**
   * The outbox is empty. What looks as if it was in there is stored, and is found by looking for what is new, if anybody has the conversation
   * open (`recovery`). What was not found so is returned, to be sent again for the answer; so is, if nobody has it open, what may be stored and
   * somebody here waits for.
   */
  emptied(recovery: Pick<Recovery, 'check'> | false): readonly OutboxItem[] {
    const waiting = this.#seemingToWait;
    const again = waiting.filter((unsent) => (recovery ? this.#missing.has(unsent) : unsent.mayBeStored && unsent.waiting));
    this.#missing.clear();
    if (recovery && waiting.length > 0 && again.length === 0) recovery.check();
    return again.map(({item}) => ({...item, failure: null}));
  }

  /** What is new was fetched. A message that neither came with it nor is in the outbox is stored before all that is loaded. */
  async checked(): Promise<void> {
    const {id, session} = this.#context;
    // Without those written here that may not be in the outbox yet.
    const waiting = this.#seemingToWait.filter(({mayBeStored, waiting: caller}) => mayBeStored === true || !caller);
    if (waiting.length === 0) return;
    const kept = new Set((await session.outbox.list()).map(({tempId}) => tempId));
    for (const unsent of waiting) if (!kept.has(unsent.item.tempId)) this.#missing.add(unsent);
    if (this.#missing.size > 0) session.outbox.follow(id);
  }

  /** The outbox is sending a message, or lets it wait. */
  moved(tempId: string, status: 'queued' | 'sending'): void {
    const unsent = this.#unsent.get(tempId);
    if (unsent && status === 'sending') unsent.mayBeStored = true;
    this.#mark(tempId, status);
  }

  failed(tempId: string, error: ApiError): void {
    const message = this.#mark(tempId, 'failed', error);
    if (!message) return;
    const unsent = this.#unsent.get(tempId);
    unsent?.waiting?.reject(error);
    if (unsent) unsent.waiting = undefined;
    this.#context.news.call({type: 'failed', message, error});
  }

  /** The server has a message: resolves the promise of `send`. It is called for the answer, the echo and catching up; the first one counts. */
  settle(message: Message | undefined): void {
    if (!message?.tempId || !isConfirmed(message)) return;
    const {session, news} = this.#context;
    const unsent = this.#unsent.get(message.tempId);
    if (!unsent) return;
    this.#unsent.delete(message.tempId);
    unsent.uploading?.abort();
    // Also one that has failed, or a later page would show it as not sent.
    void session.outbox.confirm(message.tempId);
    if (!unsent.waiting) return;
    unsent.waiting.resolve(message);
    news.call({type: 'sent', message});
  }

  get #seemingToWait(): readonly Unsent[] {
    const {head} = this.#context.store;
    return [...this.#unsent.values()].filter(({item, files}) => {
      const status = head.get(item.tempId)?.status;
      return files.size === 0 && (status === 'queued' || status === 'sending');
    });
  }

  /** Sets the status of an unsent message. Returns the message, or `undefined` if nothing changed. */
  #mark(tempId: string, status: MessageStatus, error: ApiError | null = null): Message | undefined {
    const {head} = this.#context.store;
    const message = head.get(tempId);
    if (!message || isConfirmed(message) || message.status === status) return undefined;
    return head.update(tempId, {status, error});
  }

  async #lookElsewhere(tempId: string, isOfTab: boolean): Promise<void> {
    const restore = async (isOfOther: boolean): Promise<void> => {
      this.#elsewhere.set(tempId, false);
      await this.restore(isOfOther);
      this.#elsewhere.delete(tempId);
    };
    this.#elsewhere.set(tempId, true);
    if (!(await isClaimed(tempId, () => void restore(false), this.#context.session))) await restore(isOfTab);
  }

  #isPending(tempId: string): boolean {
    const message = this.#context.store.head.get(tempId);
    return message !== undefined && !isConfirmed(message);
  }

  #drop(tempId: string): void {
    this.#context.store.head.remove(tempId);
    const unsent = this.#unsent.get(tempId);
    this.#unsent.delete(tempId);
    unsent?.waiting?.reject(new ApiError('aborted', 'The message was discarded.'));
    // What was written later waits for it.
    unsent?.uploading?.abort();
  }

  #post(unsent: Unsent): Promise<Message> {
    const answer = new Promise<Message>((resolve, reject) => {
      unsent.waiting = {resolve, reject};
    });
    // The failure shows in the list, so a caller that ignores the promise must not get an unhandled rejection.
    answer.catch(() => undefined);
    this.#unsent.set(unsent.item.tempId, unsent);
    const before = this.#uploads;
    const posted = this.#hand(unsent, before);
    if (unsent.files.size > 0) this.#uploads = posted.then(() => before);
    return answer;
  }

  /** Hands a message to the outbox, with its files once they are uploaded. Never rejects. */
  async #hand(unsent: Unsent, before: Promise<unknown> | undefined): Promise<void> {
    const {outbox} = this.#context.session;
    const {item} = unsent;
    try {
      if (unsent.files.size > 0) {
        const {signal} = (unsent.uploading = new AbortController());
        signal.addEventListener('abort', claim(item.tempId, this.#context.session.locks));
        // Files end with the page. What was written with them must not.
        await this.#keep(item, {code: 'aborted', message: 'The page was left before its files were uploaded.', status: null});
        await this.#upload(unsent, signal);
        if (signal.aborted) return;
      }
      await outbox.add({...unsent.item, failure: null}, before);
    } catch (error) {
      if (!this.#unsent.has(item.tempId)) return;
      const {code, message, status} = ApiError.from(error);
      await this.#keep(item, {code, message, status});
      this.failed(item.tempId, ApiError.from(error));
    } finally {
      unsent.uploading?.abort();
    }
  }

  async #keep(item: OutboxItem, failure: StoredFailure): Promise<void> {
    if (item.content.trim() !== '') await this.#context.session.outbox.keep({...item, failure});
  }

  async #upload(unsent: Unsent, signal: AbortSignal): Promise<void> {
    const {session, store} = this.#context;
    const {item, files} = unsent;
    const {api, clock, random, link} = session;
    let connected = 0;
    for (let tries = 1; ; tries += 1) {
      this.#mark(item.tempId, 'sending');
      try {
        // One after the other, as they are shown by their ids where the server does not keep the order that they are sent in.
        for (const [file, done] of files) {
          // Discarded, or sent by another tab without its files; or the person has changed, in whose name it would be.
          if (signal.aborted) return;
          files.set(file, done ?? (await api.uploadAttachment(file, {signal})));
        }
        break;
      } catch (error) {
        const failure = ApiError.from(error);
        if (link.connection.status.state === 'connected') connected += 1;
        if (!failure.isTransient || failure.code === 'timeout' || connected === MAX_UPLOADS || tries === MAX_UPLOADS_IN_ALL)
          throw failure;
        this.#mark(item.tempId, 'queued');
        await new Promise<void>((resolve) => {
          const over = new AbortController();
          const end = (): void => {
            clock.clearTimeout(timer);
            over.abort();
            resolve();
          };
          const timer = clock.setTimeout(end, retryWait(failure, tries, random));
          signal.addEventListener('abort', end, {signal: over.signal});
        });
      }
    }
    if (signal.aborted) return;
    // By now there is one for each file.
    const attachments = [...files.values()] as Attachment[];
    unsent.files = new Map();
    unsent.item = {...item, attachmentIds: [...item.attachmentIds, ...attachments.map(({id}) => id)]};
    const shown = store.head.get(item.tempId)?.attachments ?? [];
    store.head.update(item.tempId, {attachments: [...shown.slice(0, -files.size), ...attachments]});
  }

  /** The person who uses the page, as far as is known. */
  get #self(): PersonData {
    const {session, state} = this.#context;
    const own = state.state.conversation?.participants.find(({id}) => sameId(id, session.userId));
    return own ?? {id: session.userId ?? '', name: ''};
  }

  #toMessage(item: OutboxItem, attachments: readonly Attachment[]): Message {
    const {tempId, conversationId, content, replyToId, writtenAt, failure} = item;
    const repliedTo = this.#context.store.find(replyToId ?? '');
    return toMessage({
      id: tempId,
      conversationId,
      tempId,
      sender: this.#self,
      content,
      createdAt: new Date(writtenAt),
      replyTo: repliedTo ? {id: repliedTo.id, sender: repliedTo.sender, content: repliedTo.content} : null,
      attachments,
      status: failure ? 'failed' : 'queued',
      error: failure && toError(failure),
    });
  }
}

/** How a file is shown before the server has it. */
function toAttachment({name, type: mimeType, size}: File): Attachment {
  return {id: '', name, mimeType, size, url: '', thumbnailUrl: null, width: null, height: null};
}

function toError({code, message, status}: StoredFailure): ApiError {
  return new ApiError(code, message, {status});
}
