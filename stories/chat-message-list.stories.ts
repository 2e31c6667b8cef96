import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html, render} from 'lit';
import {expect, waitFor} from 'storybook/test';
import '../src/define/chat-message-list.js';
import type {ChatMessageListElement} from '../src/elements/chat-message-list.js';
import {ApiError, type MessageInput} from '../src/model/index.js';
import {deep} from './support.js';

type Args = Pick<
  ChatMessageListElement,
  'currentUserId' | 'messages' | 'firstUnreadId' | 'loadingOlder' | 'olderError' | 'newWhileAway' | 'renderMessage'
>;

const PEOPLE = [
  {id: 1, name: 'Ali'},
  {id: 2, name: 'Vali Karimov'},
  {id: 3, name: 'Nodira Rahimova'},
];
const WORDS = ['Looks right on 320 px.', 'And with the keyboard open?', 'Yes, the last message stays in view.', '🎉', 'Thanks!'];
const START = Date.UTC(2026, 0, 5, 9);

function messages(count: number): MessageInput[] {
  return Array.from({length: count}, (_, n) => ({
    id: n + 1,
    sender: PEOPLE[Math.floor(n / 2) % 3] ?? {id: 0},
    content: Array.from({length: 1 + ((n * 7) % 3)}, (_, i) => WORDS[(n + i) % WORDS.length]).join(' '),
    createdAt: new Date(START + n * 120_000),
    status: 'read',
  }));
}

/** A box with this CSS around what a story shows. */
function within(story: unknown, css: string): HTMLElement {
  const box = document.createElement('div');
  box.style.cssText = css;
  render(story, box);
  return box;
}

const meta = {
  title: 'Elements/chat-message-list',
  component: 'chat-message-list',
  args: {
    currentUserId: 1,
    messages: messages(60) as unknown as Args['messages'],
    firstUnreadId: null,
    loadingOlder: false,
    olderError: null,
    newWhileAway: 0,
    renderMessage: undefined,
  },
  render: (args) =>
    html`<chat-message-list
      current-user-id=${args.currentUserId ?? ''}
      .messages=${args.messages}
      .firstUnreadId=${args.firstUnreadId}
      .loadingOlder=${args.loadingOlder}
      .olderError=${args.olderError}
      .newWhileAway=${args.newWhileAway}
      .renderMessage=${args.renderMessage}
    ></chat-message-list>`,
  decorators: [(story) => within(story(), 'block-size: 32rem')],
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

/** It stands at its end. Scroll back, and a button leads there again. */
export const Conversation: Story = {};

export const Empty: Story = {args: {messages: []}};

/** Few messages stand at the bottom. */
export const Few: Story = {args: {messages: messages(2) as unknown as Args['messages']}};

/** No more than a window of them is in the page. */
export const HundredThousand: Story = {
  args: {messages: messages(100_000) as unknown as Args['messages']},
  play: async ({canvasElement}) => {
    const list = deep<ChatMessageListElement>(canvasElement, 'chat-message-list');
    const shown = () => [...list.shadowRoot!.querySelectorAll('chat-message')].map(({message}) => message?.id);
    await waitFor(() => expect(shown()).toContain(100_000));
    await expect(shown().length).toBeLessThan(200);
  },
};

export const Unread: Story = {args: {firstUnreadId: 58}};

/** The line lies over the list, and nothing moves when it comes and goes. */
export const LoadingOlder: Story = {args: {loadingOlder: true}};

export const OlderFailed: Story = {args: {olderError: new ApiError('network', 'No answer.')}};

export const NewWhileAway: Story = {args: {newWhileAway: 12, firstUnreadId: 49}};

/** A page renders its messages itself; days, dividers and the window stay. */
export const OwnRows: Story = {args: {renderMessage: ({content, sender}) => html`<p>${sender.name}: ${content}</p>`}};

export const Narrow: Story = {
  decorators: [(story) => within(story(), 'inline-size: 17rem')],
};

export const RightToLeft: Story = {decorators: [(story) => html`<div dir="rtl">${story()}</div>`]};

export const Dark: Story = {decorators: [(story) => within(story(), 'color-scheme: dark')]};

/** The text of an own message stays readable, whatever the accent. */
export const GoldAccent: Story = {decorators: [(story) => within(story(), '--chat-accent: gold')]};
