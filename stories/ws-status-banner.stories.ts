import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import '../src/define/ws-status-banner.js';
import type {WsStatusBannerElement} from '../src/elements/ws-status-banner.js';
import type {FakeServer} from '../src/testing/fake-server.js';
import {afterwards, inConversation, storyServer} from './support.js';

type Args = Pick<WsStatusBannerElement, 'always'> & {act: (server: FakeServer) => unknown};

const meta = {
  title: 'Elements/ws-status-banner',
  component: 'ws-status-banner',
  decorators: [inConversation],
  args: {always: false, act: () => undefined},
  argTypes: {act: {table: {disable: true}}},
  render: ({always, act}) => {
    const server = storyServer();
    const client = server.client({userId: 1});
    void client.connect();
    afterwards(server, act);
    return html`<ws-status-banner ?always=${always} .client=${client}></ws-status-banner>`;
  },
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

/** Nothing is to be seen while all is well. */
export const AllIsWell: Story = {};

export const AllIsWellAlways: Story = {args: {always: true}};

/** It appears after 800 ms, counts down and offers to try now. */
export const CountingDown: Story = {
  args: {
    act: async (server) => {
      server.stop();
      await server.advance(4000);
    },
  },
};

/** A matter for a person: no countdown alone helps. */
export const Refused: Story = {
  args: {
    act: async (server) => {
      server.faults.sockets({error: {code: 4001}, times: Infinity});
      server.closeAll();
      await server.advance(4000);
    },
  },
};
