import type {ChatApi} from '../api/chat-api.js';
import {
  idKey,
  MessageDeletedEvent,
  MessageHintEvent,
  MessageSentEvent,
  MessagesReadEvent,
  sameId,
  type ChatEvent,
  type Clock,
  type Id,
  type IdKey,
  type Message,
} from '../model/index.js';
import type {ExclusiveLock} from './outbox.js';
import type {Tabs} from './tabs.js';

/** How long to wait for a tab in which somebody sees the message to say so (ms). */
const WAIT = 500;

/** How much longer a hidden tab waits (ms). A visible one goes first, because browsers let only a tab in use play sounds. */
const HIDDEN_WAIT = 250;

/** How long a message of the tab that had the lock before may take to arrive (ms). */
const LATENCY = 100;

/** How many messages are remembered. */
const MOST = 1_000;

export interface NotifierListener {
  /** This tab is the one that notifies the person of a message. */
  notify(message: Message): void;
}

interface NotifierOptions {
  readonly userId: Id | null;
  readonly api: Pick<ChatApi, 'listMessages'>;
  readonly clock: Clock;
  readonly tabs: Tabs;
  readonly lock: ExclusiveLock;
  readonly isVisible: () => boolean;
  readonly listener: NotifierListener;
}

/**
 * Chooses the tab that notifies the person of a message: none if a visible tab shows it, otherwise the first one to get a lock. Without
 * Web Locks, or without messages between tabs, every tab notifies.
 */
export class Notifier {
  readonly #options: NotifierOptions;
  /** The messages that came in, and whether the person is still to be notified of each. */
  readonly #known = new Map<IdKey, boolean>();
  /** Messages whose wait is over. They share one turn with the lock: one each, with its pause, would take minutes for a burst. */
  readonly #due: Message[] = [];
  /** Functions that end the pauses under way. */
  readonly #pauses = new Set<() => void>();

  constructor(options: NotifierOptions) {
    this.#options = options;
    options.tabs.listen((message) => {
      if (message.type === 'read' || message.type === 'notified') this.settle(message.messageIds);
    });
  }

  /** Takes an event. `isOpen`: whether this tab has its conversation open. */
  hear(event: ChatEvent, isOpen: boolean | undefined): void {
    if (event instanceof MessageSentEvent) void this.take(event.message, isOpen);
    else if (event instanceof MessageDeletedEvent) this.settle([event.message.id]);
    else if (event instanceof MessageHintEvent && !isOpen) void this.#look(event);
    else if (event instanceof MessagesReadEvent && sameId(event.readerId, this.#options.userId)) this.settle(event.messageIds);
  }

  /** Takes a message. `isOpen`: whether this tab has its conversation open. The person's own messages are ignored. */
  async take(message: Message, isOpen: boolean | undefined): Promise<void> {
    const {userId, isVisible, lock, listener} = this.#options;
    const key = idKey(message.id);
    if (userId === null || sameId(message.sender.id, userId) || this.#known.has(key)) return;
    if (isOpen && isVisible()) {
      this.#claim(message);
      return;
    }
    this.#known.set(key, true);
    await this.#pause(isVisible() ? WAIT : WAIT + HIDDEN_WAIT);
    if (!this.#known.get(key) || this.#due.push(message) > 1) return;
    await lock('notify', async () => {
      await this.#pause(LATENCY);
      for (const due of this.#due.splice(0)) {
        if (!this.#known.get(idKey(due.id))) continue;
        this.#claim(due);
        listener.notify(due);
      }
    });
  }

  /** The person need not be notified of these any more: they were read or deleted, or another tab has done it. */
  settle(messageIds: readonly Id[]): void {
    for (const id of messageIds) {
      this.#known.set(idKey(id), false);
      const [oldest] = this.#known.keys();
      if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
    }
  }

  /** Ends all waiting, without notifying. */
  dispose(): void {
    this.#known.clear();
    for (const end of this.#pauses) end();
  }

  /** Fetches the message of a hint. It may be a change of an old message: a new one is recognized by a position that equals the revision. */
  async #look({conversationId, messageId, revision}: MessageHintEvent): Promise<void> {
    if (revision === null) return;
    const page = await this.#options.api.listMessages(conversationId, {around: messageId, limit: 1}).catch(() => null);
    const message = page?.messages.find(({id, position}) => sameId(id, messageId) && position === revision);
    if (message) void this.take(message, false);
  }

  #claim({id, conversationId}: Message): void {
    this.settle([id]);
    this.#options.tabs.tell({type: 'notified', conversationId, messageIds: [id]});
  }

  #pause(ms: number): Promise<void> {
    const {clock} = this.#options;
    return new Promise((resolve) => {
      const end = (): void => {
        clock.clearTimeout(timer);
        this.#pauses.delete(end);
        resolve();
      };
      const timer = clock.setTimeout(end, ms);
      this.#pauses.add(end);
    });
  }
}
