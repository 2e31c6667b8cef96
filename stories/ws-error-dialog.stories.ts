import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import '../src/define/ws-error-dialog.js';
import type {WsErrorDialogElement} from '../src/elements/ws-error-dialog.js';
import {ApiError} from '../src/model/index.js';
import {afterwards, storyServer} from './support.js';

type Args = Pick<WsErrorDialogElement, 'error' | 'client'>;

const open = (event: Event) => (event.target as Element).parentElement?.querySelector('ws-error-dialog')?.show();

const meta = {
  title: 'Elements/ws-error-dialog',
  component: 'ws-error-dialog',
  args: {error: undefined, client: undefined},
  argTypes: {client: {table: {disable: true}}},
  render: ({error, client}) => html`
    <div>
      <button @click=${open}>Open</button>
      <ws-error-dialog .error=${error} .client=${client}></ws-error-dialog>
    </div>
  `,
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

/** Closed until something is wrong. The focus goes back to the button. */
export const Closed: Story = {};

/** Opens by itself after five failed attempts, and names the address. */
export const AfterFiveAttempts: Story = {
  render: (args) => {
    const server = storyServer();
    const client = server.client({userId: 1});
    void client.connect();
    afterwards(server, async () => {
      server.stop();
      await server.advance(60_000);
    });
    return meta.render({...args, client});
  },
};

/** An error that the page hands in. */
export const ErrorOfThePage: Story = {args: {error: new ApiError('rate-limited', 'Too many requests.', {status: 429})}};
