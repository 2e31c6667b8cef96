import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect, userEvent, waitFor} from 'storybook/test';
import '../src/define/chat-connection.js';
import '../src/define/chat-conversation.js';
import type {FakeServer} from '../src/testing/fake-server.js';
import {afterwards, deep, storyServer} from './support.js';

interface Args {
  server: () => FakeServer;
}

const ALI = 1;
const VALI = 2;

/** Several elements, or a course of events. What one element can look like stands with that element. */
const meta = {
  title: 'Situations/Two people',
  args: {server: () => afterwards(storyServer())},
  argTypes: {server: {table: {disable: true}}},
  // The same conversation twice on one page, as two people have it: both are called alike.
  parameters: {layout: 'fullscreen', a11y: {config: {rules: [{id: 'landmark-unique', enabled: false}]}}},
  render: ({server: create}) => {
    const server = create();
    return html`
      <style>
        .two-people {
          display: grid;
          grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr));
          gap: 16px;
          block-size: 100dvb;
          padding: 16px;
          box-sizing: border-box;
        }
      </style>
      <div class="two-people">${[ALI, VALI].map((userId) => person(server, userId))}</div>
    `;
  },
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

function person(server: FakeServer, userId: number) {
  return html`
    <chat-connection .client=${server.client({userId})}>
      <chat-conversation conversation-id="9"></chat-conversation>
    </chat-connection>
  `;
}

/** Ali sees that Vali is writing, and that Vali has read what he wrote. */
export const Talking: Story = {
  args: {
    server: () =>
      afterwards(storyServer(), async (server) => {
        server.message({conversationId: 9, from: ALI, content: 'Shall we ship it?'});
        await server.settle();
        server.typing({conversationId: 9, user: VALI});
      }),
  },
};

/** What Ali writes is on Vali's screen too. */
export const WrittenAndRead: Story = {
  play: async ({canvasElement}) => {
    const [ali, vali] = canvasElement.querySelectorAll('chat-conversation');
    const texts = (who: Element) =>
      [...deep(who, 'chat-message-list').shadowRoot!.querySelectorAll('chat-message')].map(({message}) => message?.content);
    await waitFor(() => expect(texts(vali!).length).toBeGreaterThan(0));
    await userEvent.type(deep(ali!, 'chat-composer', 'textarea'), 'Shall we ship it?{Enter}');
    await waitFor(() => expect(texts(ali!)).toContain('Shall we ship it?'));
    await waitFor(() => expect(texts(vali!)).toContain('Shall we ship it?'));
  },
};

/** The server takes nothing any more. Each message says why it was not sent, and offers the ways out. */
export const FailedSends: Story = {
  args: {
    server: () => afterwards(storyServer(), (server) => void server.faults.rest({status: 422, times: Infinity, match: 'POST'})),
  },
  play: async ({canvasElement}) => {
    const [ali] = canvasElement.querySelectorAll('chat-conversation');
    const list = deep(ali!, 'chat-message-list');
    await waitFor(() => expect(list.shadowRoot!.querySelector('chat-message')).toBeTruthy());
    await userEvent.type(deep(ali!, 'chat-composer', 'textarea'), 'This will not do{Enter}');
    await waitFor(() =>
      expect([...list.shadowRoot!.querySelectorAll('chat-message')].some((el) => el.shadowRoot!.querySelector('.why'))).toBe(
        true,
      ),
    );
  },
};

/** The server knows this app no more. No countdown helps, and the banner says so. */
export const Refused: Story = {
  args: {
    server: () =>
      afterwards(storyServer(), async (server) => {
        server.faults.sockets({error: {code: 4001}, times: Infinity});
        server.closeAll();
        await server.advance(4000);
      }),
  },
};

/** The server went away. Both are told when it is tried again, and may go on writing. */
export const ServerIsAway: Story = {
  args: {
    server: () =>
      afterwards(storyServer(), async (server) => {
        server.stop();
        await server.advance(20_000);
      }),
  },
};

/** It was away while a third person wrote. Both have it all, each message once. */
export const BackAgain: Story = {
  args: {
    server: () =>
      afterwards(storyServer(), async (server) => {
        server.stop('sockets');
        await server.settle();
        for (const content of ['I am back.', 'Did I miss anything?', 'Apparently not.'])
          server.message({conversationId: 9, from: 3, content});
        server.start();
        await server.advance(60_000);
      }),
  },
};

/** A broadcast that nobody got. The next one shows the gap, and what is missing is fetched. */
export const LostBroadcast: Story = {
  args: {
    server: () =>
      afterwards(storyServer(), async (server) => {
        server.faults.events({drop: true, times: 1});
        server.message({conversationId: 9, from: 3, content: 'This one got lost on the way.'});
        server.message({conversationId: 9, from: 3, content: 'This one did not.'});
        await server.advance(5_000);
      }),
  },
};
