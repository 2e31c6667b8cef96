import type {ReactiveController} from 'lit';
import type {ChatClient, ConversationSnapshot, LiveConversation} from '../client/types.js';
import {sameId, type Id, type Unsubscribe} from '../model/index.js';
import type {ClientController, ClientHost} from './client-controller.js';

/** Which conversation, and which part of it. */
export interface ConversationPart<Part> {
  readonly clients: ClientController;
  /** The id at this moment; undefined for none. Asked before each update of the host. */
  readonly id: () => Id | undefined;
  readonly select: (snapshot: ConversationSnapshot) => Part;
  /** Keeps the conversation loaded and live while the host is in the page. Without it, it is only listened to. */
  readonly open?: boolean;
  /** A message that the host has on the screen, so that nothing near it is let go; undefined for the newest one. Only with `open`. */
  readonly shownId?: () => Id | undefined;
}

/**
 * Keeps one part of a conversation at hand, and asks its host for an update when that part, and no other, has changed.
 * `value` and `conversation` are undefined outside a connection and without an id.
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

  hostDisconnected(): void {
    this.#follow(undefined);
  }

  #look(client: ChatClient | undefined): void {
    if (!this.#host.isConnected) return;
    const id = this.#part.id();
    // An attribute that is taken away leaves `null`.
    const next = client && id != null && id !== '' ? client.conversation(id) : undefined;
    if (next !== this.conversation || !sameId(next?.id, this.conversation?.id)) this.#follow(next);
  }

  #follow(conversation: LiveConversation | undefined): void {
    if (conversation === this.conversation) return;
    this.#unsubscribe?.();
    // Closed a moment later: an element that is moved, or is given another client for a moment, opens the same conversation again at once.
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

/** The same value, or two plain objects or arrays with the same values: a selector may pick several fields into a new object. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return left.length === right.length && left.every(([key, value]) => Object.is(value, Reflect.get(b, key)));
}
