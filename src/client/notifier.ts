import type {ChatApi} from '../api/chat-api.js';
import {
  idKey,
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

/** So long a tab in which somebody sees the message has to say so (ms). */
const WAIT = 500;

/** So much later speaks a tab that nobody looks at (ms): one that somebody uses may play sounds, which others may not. */
const HIDDEN_WAIT = 250;

/** How long the word of the tab that had the lock before may be on its way (ms). */
const LATENCY = 100;

/** How many messages are remembered. */
const MOST = 1_000;

export interface NotifierListener {
  /** The person is to be told of a message, by this tab. */
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
 * Picks the one tab that tells the person of a message: none while a visible one shows it, and otherwise the first to get the lock.
 * Without locks or messages between tabs each tells for itself.
 */
export class Notifier {
  readonly #options: NotifierOptions;
  /** The messages that came in: whether they are still to be told of. */
  readonly #known = new Map<IdKey, boolean>();
  /** Those that nobody has seen in time. All of them take one turn: a pause each would hold up a burst for minutes. */
  readonly #due: Message[] = [];
  /** Each ends a pause. */
  readonly #pauses = new Set<() => void>();

  constructor(options: NotifierOptions) {
    this.#options = options;
    options.tabs.listen((message) => {
      if (message.type === 'read' || message.type === 'notified') this.settle(message.messageIds);
    });
  }

  /** Something happened in a conversation, which this tab may have open. */
  hear(event: ChatEvent, isOpen: boolean | undefined): void {
    if (event instanceof MessageSentEvent) void this.take(event.message, isOpen);
    else if (event instanceof MessageHintEvent && !isOpen) void this.#look(event);
    else if (event instanceof MessagesReadEvent && sameId(event.readerId, this.#options.userId)) this.settle(event.messageIds);
  }

  /** A message came in, and `isOpen` tells whether this tab has its conversation open. Those of the person are passed over. */
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

  /** Nobody need be told of these any more: they were read, or told of. */
  settle(messageIds: readonly Id[]): void {
    for (const id of messageIds) {
      this.#known.set(idKey(id), false);
      const [oldest] = this.#known.keys();
      if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
    }
  }

  /** Ends all waiting. Nobody is told any more. */
  dispose(): void {
    this.#known.clear();
    for (const end of this.#pauses) end();
  }

  /** A message was too long for the wire, or only a change of one: what is new has its place by the revision that it was given. */
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
