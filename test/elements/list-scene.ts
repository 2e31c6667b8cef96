import {fixture, html} from '@open-wc/testing';
import '../../src/define/chat-message-list.js';
import type {ChatMessageElement} from '../../src/elements/chat-message.js';
import type {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import type {Id, MessageInput} from '../../src/model/index.js';
import {frames} from './messages.js';

/** A list of 480 by 400 pixels with these messages, at rest. */
export async function listWith(
  all: readonly MessageInput[],
  fill: (list: ChatMessageListElement) => void = () => undefined,
): Promise<ChatMessageListElement> {
  const list = await fixture<ChatMessageListElement>(html`<chat-message-list current-user-id="1"></chat-message-list>`);
  list.style.blockSize = '400px';
  list.style.inlineSize = '480px';
  fill(list);
  list.messages = all;
  await settled(list);
  return list;
}

/** Until nothing more follows from what was done to the list. */
export async function settled(list: ChatMessageListElement): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await list.updateComplete;
    await frames(1);
  }
}

export function scroller(list: ChatMessageListElement): HTMLElement {
  return list.shadowRoot!.querySelector('[part="scroller"]')!;
}

export function rows(list: ChatMessageListElement): readonly HTMLElement[] {
  return [...list.shadowRoot!.querySelectorAll<HTMLElement>('[part="row"]')];
}

export function shown(list: ChatMessageListElement): readonly ChatMessageElement[] {
  return [...list.shadowRoot!.querySelectorAll('chat-message')];
}

export function ids(list: ChatMessageListElement): readonly (Id | undefined)[] {
  return shown(list).map((row) => row.message?.id);
}

export function rowOf(list: ChatMessageListElement, id: Id): ChatMessageElement | undefined {
  return shown(list).find((row) => row.message?.id === id);
}

/** How far the list is from its end, in CSS pixels. */
export function fromEnd(list: ChatMessageListElement): number {
  const {scrollHeight, clientHeight, scrollTop} = scroller(list);
  return scrollHeight - clientHeight - scrollTop;
}

/** Where a message begins in what is visible, in CSS pixels; NaN for one that is not in the page. */
export function topOf(list: ChatMessageListElement, id: Id): number {
  return (rowOf(list, id)?.getBoundingClientRect().top ?? NaN) - scroller(list).getBoundingClientRect().top;
}

/** The first message that begins within what is visible. */
export function reading(list: ChatMessageListElement): number {
  const {top} = scroller(list).getBoundingClientRect();
  return Number(shown(list).find((row) => row.getBoundingClientRect().top >= top)?.message?.id);
}

export async function scrollTo(list: ChatMessageListElement, top: number): Promise<void> {
  scroller(list).scrollTop = top;
  await settled(list);
}
