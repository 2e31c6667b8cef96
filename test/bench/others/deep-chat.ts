import 'deep-chat';
import type {MessageInput} from '../../../src/model/index.js';
import {OWN_ID} from '../page/messages.js';
import {takePart} from '../page/take-part.js';

interface DeepChatMessage {
  readonly role: string;
  readonly text: string;
}

/** What is used of `<deep-chat>`. */
interface DeepChatElement extends HTMLElement {
  demo: boolean;
  avatars: boolean;
  names: boolean;
  history: readonly DeepChatMessage[];
  addMessage(message: DeepChatMessage): void;
  getMessages(): readonly DeepChatMessage[];
}

let list: DeepChatElement;
let place: HTMLElement;

/** A role becomes a class, and so is one word. */
const messageOf = ({sender, content}: MessageInput): DeepChatMessage => ({
  role: sender.id === OWN_ID ? 'user' : `person-${sender.id}`,
  text: content,
});

takePart({
  mount(root) {
    place = root;
    list = document.createElement('deep-chat' as string) as DeepChatElement;
    list.className = 'whole';
    list.style.inlineSize = '100%';
    // Needs no service, which it would ask for.
    list.demo = true;
    list.names = true;
    list.avatars = true;
  },
  unmount: () => list.remove(),
  show(messages) {
    // It takes a history before it is in the page only.
    list.history = messages.map(messageOf);
    place.append(list);
  },
  append(messages) {
    for (const message of messages) list.addMessage(messageOf(message));
  },
  scroller: () => list.shadowRoot?.querySelector<HTMLElement>('#messages') ?? undefined,
  rows: () => list.shadowRoot?.querySelectorAll('.outer-message-container') ?? [],
  textOf: (row) => row.querySelector('.message-bubble')?.textContent ?? '',
  size: () => list.getMessages().length,
});
