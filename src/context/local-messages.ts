import {toMessage, type Id, type MessageInput, type MessageLogView} from '../model/index.js';
import {MessageLog} from '../store/message-log.js';

/** The messages of a list that a host page fills itself, without a connection. */
export class LocalMessages {
  readonly #log = new MessageLog();

  get view(): MessageLogView {
    return this.#log;
  }

  replaceAll(messages: readonly MessageInput[]): void {
    this.#log.replaceAll(messages.map(toMessage));
  }

  /** Adds messages; each takes the place that its position or date gives it. Known ones are left as they are unless newer. */
  append(messages: readonly MessageInput[]): void {
    this.#log.merge(messages.map(toMessage));
  }

  /** As `append`: the place of a message follows from the message. */
  prepend(messages: readonly MessageInput[]): void {
    this.append(messages);
  }

  /** Adds a message, or puts it in the place of the one with the same id, whatever its revision. */
  upsert(message: MessageInput): void {
    const complete = toMessage(message);
    if (this.#log.update(message.id, complete) === undefined) this.#log.merge([complete]);
  }

  /** Returns whether there was one. */
  remove(id: Id): boolean {
    return this.#log.remove(id);
  }
}
