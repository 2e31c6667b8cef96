import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {RestChatApi} from '../../src/api/index.js';
import {openBackend, type Backend} from './support/backend.js';
import {beginWalk, checks, type Walk} from './support/check-backend.js';
import {Contract} from './support/contract.js';

/** Holds a real backend against the contract: the one at `CHAT_BACKEND_URL`, or the embedded server. */
describe(`The backend at ${process.env['CHAT_BACKEND_URL'] ?? 'demo/server'}`, () => {
  const contract = new Contract();
  let backend: Backend;
  let walk: Walk;

  before(async () => {
    backend = await openBackend();
    walk = await beginWalk(backend.url, contract);
  });
  after(() => backend.stop());

  for (const {name, run} of checks) it(name, () => run(walk));

  it('is understood by RestChatApi, route by route', async () => {
    const {ali, shared} = walk;
    const token = {get: () => Promise.resolve(ali.token), refresh: () => Promise.resolve(null)};
    const api = new RestChatApi({apiBase: `${backend.url}/api`, token, page: null});

    assert.ok((await api.listConversations()).conversations.some(({id}) => id === shared.id));
    assert.equal((await api.getConversation(shared.id)).id, shared.id);
    const tempId = crypto.randomUUID();
    const sent = await api.sendMessage(shared.id, {content: 'by the client', tempId});
    assert.equal((await api.sendMessage(shared.id, {content: 'by the client', tempId})).id, sent.id);
    const page = await api.listMessages(shared.id, {limit: 1});
    assert.deepEqual(page.messages, [sent]);
    const edited = await api.editMessage(sent.id, 'edited');
    const reacted = await api.addReaction(sent.id, '❤️');
    assert.equal(reacted.reactions[0]?.count, 1);
    const {messages, revision} = await api.listChanges(shared.id, {since: page.revision ?? 0});
    assert.deepEqual([messages, revision], [[reacted], reacted.revision]);
    assert.ok(edited.editedAt);
    await api.removeReaction(sent.id, '❤️');
    await api.markRead(shared.id, [sent.id]);
    await api.sendTyping(shared.id);
    const file = new File(['hello'], 'note.txt', {type: 'text/plain'});
    assert.equal((await api.uploadAttachment(file)).name, 'note.txt');
    assert.ok((await api.deleteMessage(sent.id)).deletedAt);
  });

  it('has shown every answer that the contract promises', () => assert.deepEqual(contract.unseen, []));
});
