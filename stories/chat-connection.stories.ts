import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import '../src/define/chat-connection.js';
import '../src/define/chat-conversation.js';
import '../src/define/ws-status-banner.js';
import type {ChatConnectionElement} from '../src/elements/chat-connection.js';
import {afterwards, storyServer} from './support.js';

type Args = Pick<ChatConnectionElement, 'manual'>;

const meta = {
  title: 'Elements/chat-connection',
  component: 'chat-connection',
  args: {manual: false},
  render: ({manual}) => html`
    <chat-connection ?manual=${manual} .client=${afterwards(storyServer()).client({userId: 1})}>
      <ws-status-banner always></ws-status-banner>
    </chat-connection>
  `,
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

/** Shows nothing itself; the banner inside it says where it stands. */
export const Connected: Story = {};

export const WaitsForConnect: Story = {args: {manual: true}};

/** One warning in the console names the attribute; what is inside shows a quiet empty state. */
export const SettingsMissing: Story = {
  render: () =>
    html`<chat-connection app-key="demo-key"><chat-conversation conversation-id="9"></chat-conversation></chat-connection>`,
};

/** An element elsewhere in the page finds its connection by id. */
export const NamedFromElsewhere: Story = {
  render: () => html`
    <chat-connection id="support" .client=${afterwards(storyServer()).client({userId: 1})}></chat-connection>
    <chat-conversation connection="support" conversation-id="9"></chat-conversation>
  `,
};
