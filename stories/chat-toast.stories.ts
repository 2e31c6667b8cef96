import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {ref} from 'lit/directives/ref.js';
import '../src/define/chat-toast.js';
import type {ChatToastElement} from '../src/elements/chat-toast.js';
import {inConversation} from './support.js';

interface Args {
  text: string;
}

const meta = {
  title: 'Elements/chat-toast',
  component: 'chat-toast',
  decorators: [inConversation],
  args: {text: 'Live updates are off here: the server refused access.'},
  render: ({text}) => html`<chat-toast ${ref((el) => (el as ChatToastElement | undefined)?.show(text))}></chat-toast>`,
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

/** Goes after twenty seconds, but not while somebody points at it. */
export const InPassing: Story = {};

/** A long word wraps inside the toast, and does not widen it. */
export const LongText: Story = {args: {text: 'Wolfeschlegelsteinhausenbergerdorff '.repeat(6)}};
