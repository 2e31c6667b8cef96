import {after, before, describe, it} from 'node:test';
import {fileInGuide} from '../package/snippets.js';
import {Workshop} from './workshop.js';

const GUIDE = 'stories/testing-your-host.mdx';

/** A test that a host may write: what others say and what one sends are there, and what is wrong is told. */
const HOST_TEST = `
import 'ws-chat-elements';
import {createFakeServer} from 'ws-chat-elements/testing';
import {expect, it} from 'vitest';

const within = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? within(one.shadowRoot) : [])]);
const shown = () => within(document).filter((one) => one.localName === 'chat-message').map((one) => one.message.content);

it('talks', async () => {
  const conversations = [{id: 9, messages: [{from: 2, content: 'Salom!'}]}];
  const server = createFakeServer({users: [{id: 1}, {id: 2}], conversations});
  document.body.innerHTML =
    '<chat-connection><chat-conversation conversation-id="9"></chat-conversation><ws-error-dialog></ws-error-dialog></chat-connection>';
  document.querySelector('chat-connection').client = server.client({userId: 1});
  await expect.poll(shown).toEqual(['Salom!']);
  void document.querySelector('chat-conversation').send('Xayr!');
  await server.settle();
  await expect.poll(shown).toEqual(['Salom!', 'Xayr!']);
  const dialog = document.querySelector('ws-error-dialog');
  dialog.error = new Error('Broken');
  dialog.show();
  await expect.poll(() => within(dialog.shadowRoot).some((one) => one.localName === 'dialog' && one.open)).toBe(true);
  dialog.close();
  server.dispose();
});
`;

describe('a test of a host in jsdom', () => {
  let workshop: Workshop;

  before(async () => {
    workshop = await Workshop.open();
  });

  after(() => workshop.close());

  it('has an element talk, with the setup file of the guide', {timeout: 300_000}, async () => {
    const setup = 'jsdom.setup.ts';
    const files = {
      [setup]: fileInGuide(GUIDE, setup),
      'vitest.config.js': `export default {
        test: {environment: 'jsdom', setupFiles: './${setup}', testTimeout: 200_000, expect: {poll: {timeout: 60_000}}},
      };`,
      'host.test.js': HOST_TEST,
    };
    const made = await workshop.make('jsdom', files, ['vitest@4.1.12', 'jsdom@29.1.1']);
    await workshop.call(made, ['vitest', 'run']);
  });
});
