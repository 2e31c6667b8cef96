import type {ReactiveController} from 'lit';
import type {ChatClient, ConversationSnapshot, LiveConversation} from '../client/types.js';
import type {Id, Unsubscribe} from '../model/index.js';
import type {ClientController, ClientHost} from './client-controller.js';

/** Which conversation to follow, and which part of it. */
export interface ConversationPart<Part> {
  readonly clients: ClientController;
  /** Returns the id of the conversation; undefined for none. Called before each update of the host. */
  readonly id: () => Id | undefined;
  /** Picks the part of the snapshot that the host shows. */
  readonly select: (snapshot: ConversationSnapshot) => Part;
  /** Whether the conversation is kept open while the host is in the page. Otherwise it is only listened to. Default `false`. */
  readonly open?: boolean;
  /** Returns a message that is on the screen, see `open` of a conversation. Only with `open`. */
  readonly shownId?: () => Id | undefined;
}

/**
 * Keeps one part of a conversation in `value`, and requests an update of its host when that part has changed, but not for others.
 * `value` and `conversation` are undefined without a client or an id.
 */
export class ConversationController<Part> implements ReactiveController {
  conversation: LiveConversation | undefined;
  value: Part | undefined;

  readonly #host: ClientHost;
  readonly #part: ConversationPart<Part>;
  #unsubscribe: Unsubscribe | undefined;
  #close: Unsubscribe | undefined;

  constructor(host: ClientHost, part: ConversationPart<Part>) {
    this.#host = host;
    this.#part = part;
    host.addController(this);
    part.clients.follow((client) => {
      this.#look(client);
      return () => this.#follow(undefined);
    });
  }

  hostUpdate(): void {
    this.#look(this.#part.clients.client);
  }

  #look(client: ChatClient | undefined): void {
    if (!this.#host.isConnected) return;
    const id = this.#part.id();
    // An attribute that is taken away leaves `null`.
    this.#follow(client && id != null && id !== '' ? client.conversation(id) : undefined);
  }

  #follow(conversation: LiveConversation | undefined): void {
    if (conversation === this.conversation) return;
    this.#unsubscribe?.();
    // Closed in a microtask: a host that is moved, or briefly has another client, opens the same conversation again right away.
    if (this.#close) queueMicrotask(this.#close);
    this.conversation = conversation;
    this.#close = this.#part.open ? conversation?.open(this.#part.shownId) : undefined;
    this.#unsubscribe = conversation?.subscribe((snapshot) => this.#take(this.#part.select(snapshot)));
    this.#take(conversation && this.#part.select(conversation.snapshot()), true);
  }

  #take(value: Part | undefined, force = false): void {
    if (!force && isSame(value, this.value)) return;
    this.value = value;
    this.#host.requestUpdate();
  }
}

/** Whether two values are the same, or objects or arrays with the same values: a selector may return a new object with several fields. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return left.length === right.length && left.every(([key, value]) => Object.is(value, Reflect.get(b, key)));
}
