import type {MessageInput} from '../../../src/model/index.js';

/** A list of messages that is measured. What it does not offer it leaves out, and is not measured in. */
export interface Contestant {
  /** Makes the list, without messages, the only content of `root`. */
  mount(root: HTMLElement): void;
  /** Takes it away, and lets go of it. */
  unmount(): void;
  /** Shows these messages, and stands at the newest. */
  show(messages: readonly MessageInput[]): void;
  append(messages: readonly MessageInput[]): void;
  prepend?(messages: readonly MessageInput[]): void;
  /** What scrolls; `undefined` until it is there. */
  scroller(): HTMLElement | undefined;
  /** What is rendered of the messages, from top to bottom. */
  rows(): ArrayLike<Element>;
  /** The text of a row, or at least its beginning. */
  textOf(row: Element): string;
  /** How many messages it says it has. */
  size(): number;
  /** Whether the room of rows that are not rendered is painted with something. */
  hasPlaceholders?(): boolean;
  /** Adds a field to write in below the list, and returns what takes the focus. */
  addField?(root: HTMLElement): HTMLElement;
}
