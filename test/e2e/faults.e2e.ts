import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Account} from './backend/backend.js';
import {Scene} from './scene.js';

/** Long enough for the longest wait between two attempts, and the attempt. */
const RECONNECTION = 60_000;

describe('a conversation under faults', () => {
  let scene: Scene;
  let vali: Account;
  let conversationId: string;

  before(async () => {
    scene = await Scene.open();
    vali = await scene.backend.signIn('vali@example.com');
  });

  after(() => scene.close());

  const visitAsAli = async (query: Readonly<Record<string, string>> = {}): Promise<void> => {
    await scene.visit({user: 'ali@example.com', ...query});
    await scene.ali.ready();
    conversationId = await scene.conversationId();
  };

  it('counts down while the server is away, comes back, and is subscribed again', async () => {
    const {ali, backend} = scene;
    await visitAsAli();
    await backend.stopSockets();
    await ali.reads('ws-status-banner', /trying again in \d+ s/u, 30_000);
    await backend.startSockets();
    await ali.becomes('connected', RECONNECTION);
    await ali.ready();
    await backend.write(vali, conversationId, 'Back again');
    await ali.sees('Back again');
    assert.equal((await ali.messages('Back again')).length, 1);
    await ali.readsNothing('ws-status-banner', 30_000);
  });

  it('opens the dialog after five failures, and its button works once the server is back', async () => {
    const {ali, backend, page} = scene;
    await visitAsAli();
    await backend.stopSockets();
    await ali.reads('ws-error-dialog dialog[open], dialog[open]', /cannot connect/u, 120_000);
    await backend.startSockets();
    await page.click('dialog[open] button.main', ali.scope);
    await ali.becomes('connected');
    await ali.readsNothing('dialog[open]');
    await backend.write(vali, conversationId, 'After the dialog');
    await ali.sees('After the dialog');
  });

  it('says that a channel is refused, and works on without it', async () => {
    const {ali, backend} = scene;
    await visitAsAli({'conversation-channel': 'private-refused.{id}'});
    await ali.reads('chat-toast', /refused/u);
    await backend.write(vali, conversationId, 'In spite of it');
    await ali.sees('In spite of it');
    await ali.send('And back');
    await ali.sees('And back');
  });

  it('renews an expired token once, and nobody notices', async () => {
    const {ali, backend, page} = scene;
    await visitAsAli();
    const signIns = (): Promise<number> =>
      page.evaluate(() => performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('/api/login')).length);
    const signInsBefore = await signIns();
    backend.expireTokens();
    await ali.send('With a new token');
    await ali.sees('With a new token');
    assert.equal((await signIns()) - signInsBefore, 1);
    assert.equal(await ali.state(), 'connected');
    for (const selector of ['ws-status-banner', 'dialog[open]', 'chat-toast']) await ali.readsNothing(selector, 1);
    vali = await backend.signIn('vali@example.com');
  });

  it('begins with an expired token as if nothing were wrong', async () => {
    const {ali, backend} = scene;
    await visitAsAli({token: 'expired'});
    await backend.write(vali, conversationId, 'Heard all the same');
    await ali.sees('Heard all the same');
  });

  it('is not harmed by malformed events between good ones', async () => {
    const {ali, backend, page} = scene;
    await visitAsAli();
    await page.evaluate((dom) => {
      const errors: string[] = [];
      Object.assign(globalThis, {wsErrors: errors});
      dom
        .one('chat-connection')
        .addEventListener('ws-error', (event) => errors.push(String((event as CustomEvent<{error: Error}>).detail.error)));
    });
    const {id} = await backend.signIn('ali@example.com');
    await backend.write(vali, conversationId, 'Before the nonsense');
    for (const data of [
      {type: 'message', data: {message: {id: {}, content: 7}}},
      {type: 'message', data: null},
      {type: 'read', data: {conversation_id: [], message_ids: 'x'}},
      {type: 'typing', data: {user: 5}},
    ]) {
      await backend.emit(`private-user.${id}`, 'MessageSentEvent', data);
    }
    await backend.write(vali, conversationId, 'After the nonsense');
    await ali.sees('Before the nonsense');
    await ali.sees('After the nonsense');
    const errors = await page.evaluate(() => (globalThis as unknown as {wsErrors: string[]}).wsErrors);
    assert.equal(errors.length, 4, errors.join('\n'));
    assert.deepEqual(await scene.uncaught(), []);
  });
});
