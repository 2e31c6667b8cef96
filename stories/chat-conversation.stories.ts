import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html, nothing} from 'lit';
import '../src/define/chat-connection.js';
import '../src/define/chat-conversation.js';
import type {ChatConversationElement} from '../src/elements/chat-conversation.js';
import {registerLocale} from '../src/i18n/index.js';
import arabic from '../src/i18n/locales/ar.js';
import type {FakeServer} from '../src/testing/fake-server.js';
import {afterwards, storyServer} from './support.js';

registerLocale(arabic);

type Args = Pick<ChatConversationElement, 'heading' | 'back' | 'readonly' | 'density'> & {
  server: () => FakeServer;
  locale: string | undefined;
};

const meta = {
  title: 'Elements/chat-conversation',
  component: 'chat-conversation',
  args: {
    heading: undefined,
    back: true,
    readonly: false,
    density: undefined,
    locale: undefined,
    server: () => afterwards(storyServer()),
  },
  argTypes: {
    heading: {control: 'text'},
    density: {control: 'select', options: ['comfortable', 'compact']},
    server: {table: {disable: true}},
  },
  decorators: [(story) => html`<div class="story-frame">${story()}</div>`],
  render: ({heading, back, readonly, density, locale, server}) => html`
    <style>
      .story-frame {
        display: block;
        block-size: min(760px, 90dvb);
        /* Of itself a conversation is as wide as what is around it, and in the middle of a page that is nothing. */
        inline-size: min(640px, 100vw - 2rem);
      }
    </style>
    <chat-connection .client=${server().client({userId: 1})} locale=${locale ?? nothing} class="story-frame">
      <chat-conversation
        conversation-id="9"
        heading=${heading ?? nothing}
        density=${density ?? nothing}
        ?back=${back}
        ?readonly=${readonly}
      ></chat-conversation>
    </chat-connection>
  `,
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

export const WithMessages: Story = {};

/** Bubble-shaped placeholders, which a quick answer never lets be seen. */
export const Loading: Story = {
  args: {
    server: () => {
      const server = storyServer();
      server.faults.rest({hang: true, times: Infinity, match: '/messages'});
      return afterwards(server);
    },
  },
};

export const Empty: Story = {args: {server: () => afterwards(storyServer({conversations: [{id: 9, title: 'Design team'}]}))}};

/** Says what failed, and offers to try again. */
export const CannotBeLoaded: Story = {
  args: {
    server: () => {
      const server = storyServer();
      server.faults.rest({status: 403, times: Infinity, match: '/messages'});
      return afterwards(server);
    },
  },
};

export const SomebodyIsTyping: Story = {
  args: {server: () => afterwards(storyServer(), (server) => server.typing({conversationId: 9, user: 3}))},
};

/** The banner lies over the list and moves nothing. */
export const ConnectionLost: Story = {
  args: {
    server: () =>
      afterwards(storyServer(), async (server) => {
        server.stop();
        await server.advance(4000);
      }),
  },
};

/** A word in passing; sending still works. */
export const ChannelRefused: Story = {
  args: {
    server: () =>
      afterwards(
        storyServer({
          conversationChannel: 'private-conversation.{id}',
          authorize: (_user, channel) => channel.startsWith('private-user.'),
        }),
        (server) => server.advance(5000),
      ),
  },
};

export const ReadOnly: Story = {args: {readonly: true}};

export const Compact: Story = {args: {density: 'compact'}};

/** A long title is cut with an ellipsis and moves nothing out of view. */
export const LongTitle: Story = {args: {heading: 'Wolfeschlegelsteinhausenbergerdorff and everybody else who ever wrote here'}};

/** Everything is mirrored but clock times and code. */
export const RightToLeft: Story = {args: {locale: 'ar'}};
