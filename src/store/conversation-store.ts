import {
  idKey,
  isConfirmed,
  sameId,
  type Conversation,
  type Id,
  type IdKey,
  type Message,
  type MessagesReadEvent,
} from '../model/index.js';
import type {MergeResult, MessageLog} from './message-log.js';
import {compareMessages} from './order.js';
import {Receipts} from './receipts.js';
import type {MessagesPage} from './recovery-types.js';

/** So many messages at the end may have come in out of order, with an earlier one still on its way when the connection broke. */
const OVERLAP = 20;

/** What taking in messages brought. */
export interface Taken extends MergeResult {
  /** Those of `added` that somebody else wrote. */
  readonly addedByOthers: readonly Message[];
}

/**
 * What is true of one conversation now: its messages, and who has read them.
 * The same changes in any order, any number of times, lead to the same state.
 */
export class ConversationStore {
  readonly log: MessageLog;
  readonly #receipts: Receipts;
  readonly #conversationId: Id;
  readonly #ownId: Id | null;
  #reachesStart = false;

  /** `log` is to be filled by this alone. `ownId` is the person who looks at it. */
  constructor(log: MessageLog, conversationId: Id, ownId: Id | null) {
    this.log = log;
    this.#receipts = new Receipts(log, ownId);
    this.#conversationId = conversationId;
    this.#ownId = ownId;
  }

  /** Whether the conversation's first message is in the log. */
  get reachesStart(): boolean {
    return this.#reachesStart;
  }

  /**
   * Takes in messages that the server stored or changed. Left out are those of another conversation, and those that stand above what is
   * loaded: alone up there they would look as if nothing were between. They come with their page.
   */
  take(messages: readonly Message[]): Taken {
    const {oldest} = this.log;
    const floor = this.#reachesStart ? undefined : oldest;
    return this.#merge(messages.filter((message) => !floor || compareMessages(message, floor) >= 0));
  }

  /** Takes in a page without holes that touches what is loaded; `reachesStart` says whether nothing stands above it. */
  takePage(messages: readonly Message[], reachesStart: boolean): Taken {
    this.#reachesStart ||= reachesStart;
    return this.#merge(messages);
  }

  #merge(messages: readonly Message[]): Taken {
    const result = this.log.merge(this.#prepare(messages));
    return {...result, addedByOthers: result.added.filter(({sender}) => !sameId(sender.id, this.#ownId))};
  }

  /** Leaves only this page of what the server knows, and what it does not know yet. */
  replace(page: MessagesPage): Taken {
    this.#reachesStart = !page.hasMoreBefore;
    this.log.replaceConfirmed(this.#prepare(page.messages));
    return {added: [], replaced: [], addedByOthers: []};
  }

  /** Takes in the newest page, and takes out what is missing from it or behind it: what a backend without tombstones has deleted. */
  reload(page: MessagesPage, keep: ReadonlySet<IdKey>): Taken {
    const present = new Set(page.messages.map(({id}) => idKey(id)));
    for (const message of this.#from(page)) {
      const key = idKey(message.id);
      if (isConfirmed(message) && !present.has(key) && !keep.has(key)) this.log.remove(message.id);
    }
    return this.takePage(page.messages, !page.hasMoreBefore);
  }

  /** Lets a newest page be the beginning: what stands above it comes back with the older pages. */
  rebase(page: MessagesPage): Taken {
    const first = page.messages[0];
    this.#reachesStart = !page.hasMoreBefore;
    for (let top = this.log.oldest; first && top; top = this.log.oldest) {
      if (compareMessages(top, first) >= 0) break;
      this.log.remove(top.id);
    }
    return this.#merge(page.messages);
  }

  /** A message so far above the end that everything before it has arrived; `null` if everything there is stands near the end. */
  anchor(): Id | null {
    const {log} = this;
    if (log.size > OVERLAP) return log.at(log.size - OVERLAP)?.id ?? null;
    return this.#reachesStart ? null : (log.oldest?.id ?? null);
  }

  /** Whether a page reaches back to this message. */
  reaches(page: MessagesPage, anchor: Id): boolean {
    const oldest = page.messages[0];
    const known = this.log.get(anchor);
    if (!oldest || !known) return true;
    return compareMessages(oldest, known) <= 0;
  }

  /** Takes in what the server tells of the conversation and of how far its people have read. */
  takeConversation(conversation: Conversation): void {
    this.#receipts.takeParticipants(conversation.participants);
  }

  takeRead(event: MessagesReadEvent): void {
    this.#receipts.take(event.readerId, event.messageIds);
  }

  /** Those of this conversation, with what is known of them. A temp id means something to the one who chose it only. */
  #prepare(messages: readonly Message[]): readonly Message[] {
    return messages
      .filter(({conversationId}) => sameId(conversationId, this.#conversationId))
      .map((message) => {
        const own = this.#ownId === null || sameId(message.sender.id, this.#ownId);
        return this.#receipts.applyTo(own || message.tempId === null ? message : {...message, tempId: null});
      });
  }

  /** What the log holds from the beginning of a newest page on. */
  #from(page: MessagesPage): readonly Message[] {
    const first = page.messages[0];
    if (!first) return page.hasMoreBefore ? [] : this.log.slice(0, this.log.size);
    const known = page.messages.map(({id}) => this.log.indexOf(id)).filter((index) => index >= 0);
    if (known.length === 0) return [];
    return this.log.slice(page.hasMoreBefore ? Math.min(...known) : 0, this.log.size);
  }
}
