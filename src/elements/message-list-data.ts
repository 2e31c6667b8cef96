import {HostMessages} from '../context/host-messages.js';
import {warnOnce, type ChatError, type Id, type Message, type MessageInput, type MessageLogView} from '../model/index.js';
import {ChatElement} from './chat-element.js';
import {property} from './decorators.js';

/** The data of a list of messages: messages that the page hands in, or a log that is kept elsewhere. */
export abstract class MessageListData extends ChatElement {
  /** A log to show and to follow, e.g. that of a conversation, instead of `messages`. */
  @property({attribute: false}) source: MessageLogView | undefined;

  /** Whether the first messages have been loaded. What comes into an empty list is then a message that arrives, and is announced. */
  @property({attribute: false}) loaded = false;

  /** Whether there may be older messages to ask for. */
  @property({attribute: false}) hasOlder = true;

  /** Whether there are newer messages that are not in the list, so that its end is not the end of the conversation. */
  @property({attribute: false}) hasNewer = false;

  /** Whether older messages are being loaded. */
  @property({attribute: false}) loadingOlder = false;

  /** Whether newer messages are being loaded. */
  @property({attribute: false}) loadingNewer = false;

  /** Why older messages could not be loaded; `null` if nothing went wrong. */
  @property({attribute: false}) olderError: ChatError | null = null;

  /** Why newer messages could not be loaded; `null` if nothing went wrong. */
  @property({attribute: false}) newerError: ChatError | null = null;

  /** While `hasNewer`: how many messages of others have come in after those of the list. The jump button counts them, too. */
  @property({attribute: false}) newAfter = 0;

  /** How many messages the person has missed. Shown at the top until it is 0 again, as a button that leads to the first unread one. */
  @property({attribute: false}) newWhileAway = 0;

  readonly #own = new HostMessages();

  /** The log that is shown. */
  protected get view(): MessageLogView {
    return this.source ?? this.#own.view;
  }

  constructor() {
    super();
    // `messages` that a page set before the element was defined is an own property and hides the accessors below. It is not declared to Lit,
    // which would handle that but also read it before the first rendering, and reading it goes through all messages.
    const {messages} = this;
    delete (this as {messages?: unknown}).messages;
    Object.assign(this, {messages});
  }

  /**
   * All messages of the list. Setting it shows these, ordered by position or time; values that are not messages are left out with a warning.
   * A message that has changed must be another object: the same one is not looked at again.
   */
  get messages(): readonly Message[] {
    return this.view.slice(0, this.view.size);
  }

  set messages(messages: readonly MessageInput[]) {
    if (this.#isOwnData('messages')) this.#own.replaceAll(messages);
    this.requestUpdate();
  }

  /** Adds messages at the end. Given nodes, it adds children, as on every element. */
  override append(...added: (readonly MessageInput[] | Node | string)[]): void {
    if (areNodes(added)) super.append(...added);
    else if (this.#isOwnData('append()')) this.#own.add(added.flat());
  }

  /** Adds messages at the beginning; what is on the screen stays where it is. Given nodes, it adds children, as on every element. */
  override prepend(...added: (readonly MessageInput[] | Node | string)[]): void {
    if (areNodes(added)) super.prepend(...added);
    else if (this.#isOwnData('prepend()')) this.#own.add(added.flat());
  }

  /** Adds a message, or replaces the one with the same id. */
  upsert(message: MessageInput): void {
    if (this.#isOwnData('upsert()')) this.#own.upsert(message);
  }

  /** Removes a message. Without an id it removes the list itself from the page, as on every element. */
  override remove(id?: Id): void {
    if (id === undefined) super.remove();
    else if (this.#isOwnData('remove()')) this.#own.remove(id);
  }

  #isOwnData(what: string): boolean {
    if (!this.source) return true;
    warnOnce('chat-message-list:source', `<chat-message-list> ${what} cannot work while source is set: send through the client.`);
    return false;
  }
}

/** Whether the arguments are nodes and strings, as for the native method of the same name, rather than an array of messages. */
function areNodes(added: readonly unknown[]): added is readonly (Node | string)[] {
  return added.every((item) => item instanceof Node || typeof item === 'string');
}
