import '../../../src/define/chat-message-list.js';
import '../../../src/define/chat-composer.js';
import type {ChatMessageListElement} from '../../../src/elements/chat-message-list.js';
import {OWN_ID} from './messages.js';
import {takePart} from './take-part.js';

let list: ChatMessageListElement;

const part = (selector: string): HTMLElement | undefined => list.shadowRoot?.querySelector<HTMLElement>(selector) ?? undefined;

takePart({
  mount(root) {
    list = document.createElement('chat-message-list');
    list.currentUserId = OWN_ID;
    list.className = 'whole';
    list.hasOlder = false;
    root.append(list);
  },
  unmount: () => list.remove(),
  show: (messages) => {
    list.messages = messages;
  },
  append: (messages) => list.append(messages),
  prepend: (messages) => list.prepend(messages),
  scroller: () => part('.scroller'),
  rows: () => part('.rows')?.children ?? [],
  textOf: (row) => row.querySelector('chat-message')?.shadowRoot?.querySelector('.content')?.textContent ?? '',
  size: () => list.messages.length,
  hasPlaceholders: () =>
    ['.before', '.after'].some((selector) => {
      const found = part(selector);
      return found !== undefined && getComputedStyle(found, '::before').backgroundImage !== 'none';
    }),
  addField(root) {
    const composer = document.createElement('chat-composer');
    root.append(composer);
    return composer;
  },
});
