import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect, userEvent} from 'storybook/test';
import '../src/define/chat-message.js';
import type {ChatMessageElement} from '../src/elements/chat-message.js';
import {ApiError, type MessageInput} from '../src/model/index.js';
import {deep, inConversation} from './support.js';

type Args = Pick<ChatMessageElement, 'own' | 'grouped' | 'continued' | 'message'>;

function message(more: Partial<MessageInput> = {}): MessageInput {
  return {
    id: 1,
    sender: {id: 2, name: 'Vali Karimov'},
    content: 'The new banner is live on staging: https://staging.example.com/chat',
    createdAt: '2026-01-05T17:02:00',
    ...more,
  };
}

const meta = {
  title: 'Elements/chat-message',
  component: 'chat-message',
  decorators: [inConversation],
  args: {own: false, grouped: false, continued: false, message: message()},
  render: ({own, grouped, continued, message: shown}) =>
    html`<chat-message ?own=${own} ?grouped=${grouped} ?continued=${continued} .message=${shown}></chat-message>`,
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

export const OfSomebodyElse: Story = {};

export const Own: Story = {args: {own: true, message: message({status: 'read'})}};

/** In the middle of a group there is neither a name nor a picture. */
export const InAGroup: Story = {args: {grouped: true, continued: true}};

export const Queued: Story = {args: {own: true, message: message({status: 'queued'})}};

export const Sending: Story = {args: {own: true, message: message({status: 'sending'})}};

export const Sent: Story = {args: {own: true, message: message({status: 'sent'})}};

export const Delivered: Story = {args: {own: true, message: message({status: 'delivered'})}};

/** The reason, and two ways out. */
export const Failed: Story = {
  args: {own: true, message: message({status: 'failed', error: new ApiError('too-large', 'The message is too large.')})},
  play: async ({canvasElement}) => {
    const el = deep<ChatMessageElement>(canvasElement, 'chat-message');
    const asked: string[] = [];
    el.addEventListener('chat-message-action', ({detail}) => asked.push(detail.action));
    for (const button of el.shadowRoot!.querySelectorAll('button')) await userEvent.click(button);
    await expect(asked).toEqual(['retry', 'discard']);
  },
};

export const Edited: Story = {args: {message: message({editedAt: '2026-01-05T17:09:00'})}};

export const Deleted: Story = {args: {message: message({content: '', deletedAt: '2026-01-05T17:09:00'})}};

export const Answer: Story = {
  args: {message: message({replyTo: {id: 9, sender: {id: 3, name: 'Nodira'}, content: 'And with the keyboard open?'}})},
};

export const Reactions: Story = {
  args: {
    message: message({
      reactions: [
        {emoji: '👍', count: 3, userIds: [1, 2, 3]},
        {emoji: '🎉', count: 1, userIds: [1]},
      ],
    }),
  },
};

/** The second address is not safe to open: the file is named, and is no link. */
export const Files: Story = {
  args: {
    message: message({
      attachments: ['https://files.example/report.pdf', 'javascript:alert(1)'].map((url, id) => ({
        id,
        name: `Report ${id + 1}.pdf`,
        mimeType: 'application/pdf',
        size: 182_000,
        url,
        thumbnailUrl: null,
        width: null,
        height: null,
      })),
    }),
  },
};

/** Up to three stand large and without a bubble. */
export const EmojiOnly: Story = {args: {message: message({content: '👍🏽🎉❤️'})}};

/** The text begins at the right, and the time stands at its end. */
export const RightToLeftText: Story = {args: {message: message({content: 'مرحبا، كيف الحال؟'})}};

/** It wraps, and does not widen the bubble. */
export const LongWord: Story = {args: {message: message({content: 'Donaudampfschifffahrtsgesellschaft'.repeat(8)})}};

/** Folded until it is asked for. */
export const VeryLongText: Story = {args: {message: message({content: 'All of it is kept. '.repeat(1500)})}};

/** The real host stands beside each link that shows another one. */
export const LyingLinks: Story = {
  args: {message: message({content: 'https://google.com@evil.example/ and https://pаypal.com/ and javascript:alert(1)'})},
};

/** Markup is text like any other. */
export const Markup: Story = {args: {message: message({content: '<img src=x onerror=alert(1)> <b>not bold</b>'})}};

export const SenderWithoutAName: Story = {args: {message: message({sender: {id: 2, name: ''}})}};
