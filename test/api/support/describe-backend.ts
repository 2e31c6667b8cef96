import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {RestChatApi} from '../../../src/api/index.js';
import type {Backend} from './backend.js';
import {beginWalk, checks, type Walk} from './check-backend.js';
import {Contract} from './contract.js';

export interface Candidate {
  /** Which one it is, for the report. */
  readonly name: string;
  /** Starts it, or finds where it runs. */
  readonly open: () => Promise<Backend>;
  /** Why it cannot be had here, or `false`. */
  readonly skip?: string | false;
}

/** Holds a real backend against the contract and against `RestChatApi`, as a suite of tests. */
export function describeBackend({name, open, skip = false}: Candidate): void {
  describe(`The backend at ${name}`, {skip}, () => walkThrough(open));
}

function walkThrough(open: () => Promise<Backend>): void {
  const contract = new Contract();
  let backend: Backend;
  let walk: Walk;

  before(async () => {
    backend = await open();
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
}
