import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {createFakeServer, type FakeServer} from '../../src/testing/fake-server.js';
import type {WireConversation, WireMessage} from '../../src/testing/wire.js';

interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

describe('the fake server, over HTTP', () => {
  let server: FakeServer;

  const call = async <Body>(
    method: string,
    path: string,
    {as = 1, body, token = server.token(as)}: {as?: number; body?: unknown; token?: string} = {},
  ): Promise<Answer<Body>> => {
    const response = await server.environment.fetch(`${server.address.apiBase}${path}`, {
      method,
      headers: {Authorization: `Bearer ${token}`, 'Content-Type': 'application/json'},
      ...(body === undefined ? {} : {body: JSON.stringify(body)}),
    });
    return {status: response.status, body: (response.status === 204 ? null : await response.json()) as Body};
  };

  beforeEach(() => {
    server = createFakeServer({
      users: [
        {id: 1, name: 'Ali'},
        {id: 2, name: 'Vali'},
        {id: 3, name: 'Guli'},
      ],
      conversations: [{id: 10, participants: [1, 2], messages: 5}],
    });
  });

  afterEach(() => server.dispose());

  it('gives 401 without a good token, 403 to strangers, 404 and 405 for what is not there', async () => {
    assert.deepEqual(await call('GET', '/conversations', {token: 'no'}), {status: 401, body: {message: 'Unauthenticated.'}});
    assert.equal((await call('GET', '/conversations/10', {as: 3})).status, 403);
    assert.equal((await call('GET', '/conversations/99')).status, 404);
    assert.equal((await call('PUT', '/conversations/10')).status, 405);
  });

  it('signs in by email and password', async () => {
    const body = {email: 'ali@example.com', password: 'password'};
    const {body: answer} = await call<{token: string; user: {id: number}}>('POST', '/login', {body, token: ''});
    assert.equal(answer.user.id, 1);
    assert.equal((await call('GET', '/conversations', {token: answer.token})).status, 200);
    assert.equal((await call('POST', '/login', {body: {...body, password: 'x'}, token: ''})).status, 422);
  });

  it('pages through messages in both directions and around one', async () => {
    const page = async (query: string): Promise<[contents: string[], before: boolean, after: boolean]> => {
      const {body} = await call<{data: WireMessage[]; has_more_before: boolean; has_more_after: boolean}>(
        'GET',
        `/conversations/10/messages?${query}`,
      );
      return [body.data.map((message) => message.content.replace('Message ', '')), body.has_more_before, body.has_more_after];
    };
    const [first] = server.messages(10);
    assert.deepEqual(await page('limit=2'), [['4', '5'], true, false]);
    assert.deepEqual(await page(`limit=2&before=${first!.id + 3}`), [['2', '3'], true, true]);
    assert.deepEqual(await page(`limit=2&after=${first!.id + 2}`), [['4', '5'], true, false]);
    assert.deepEqual(await page(`limit=3&around=${first!.id + 2}`), [['2', '3', '4'], true, true]);
    assert.deepEqual(await page('search=sage%202'), [['2'], false, false]);
  });

  it('has all of a history that it was given: files and answers, too', () => {
    const file = {id: 1, name: 'a.pdf', mime_type: 'application/pdf', size: 1, url: '/a.pdf', thumbnail_url: null};
    const attachments = [{...file, width: null, height: null}];
    const answered = server.messages(10)[0]!.id + 5;
    const messages = [
      {from: 1, content: 'Here', attachments},
      {from: 2, content: 'Thanks', replyToId: answered, tempId: 't-1'},
    ];
    server.addConversation({id: 11, messages});
    const [first, second] = server.messages(11);
    assert.deepEqual(first!.attachments, attachments);
    assert.deepEqual([second!.reply_to?.content, second!.temp_id], ['Here', 't-1']);
  });

  it('stores a message once for each temp id, and broadcasts it once', async () => {
    const body = {content: 'once', temp_id: 'a-b-c'};
    const first = await call<{data: WireMessage}>('POST', '/conversations/10/messages', {body});
    const second = await call<{data: WireMessage}>('POST', '/conversations/10/messages', {body});
    assert.deepEqual([first.status, second.status], [201, 200]);
    assert.deepEqual(second.body, first.body);
    assert.equal(server.messages(10).length, 6);
    const other = await call('POST', '/conversations/10/messages', {as: 2, body});
    assert.equal(other.status, 201, 'another sender may use the same temp id');
  });

  it('refuses a message without text with 422, naming the field', async () => {
    const answer = await call<{errors: object}>('POST', '/conversations/10/messages', {body: {content: '  ', temp_id: 'x'}});
    assert.deepEqual(answer, {
      status: 422,
      body: {message: 'The content field is required.', errors: {content: ['The content field is required.']}},
    });
  });

  it('gives every change one revision, without holes, and tells them in that order', async () => {
    const [first, second] = server.messages(10);
    server.edit(first!.id, 'edited');
    server.remove(second!.id);
    server.react(first!.id, {user: 2, emoji: '👍'});
    server.react(first!.id, {user: 2, emoji: '👍'});
    const {body} = await call<{data: WireMessage[]; revision: number; has_more: boolean}>(
      'GET',
      '/conversations/10/changes?since=5',
    );
    assert.deepEqual(
      body.data.map(({id, revision}) => [id, revision]),
      [
        [second!.id, 7],
        [first!.id, 8],
      ],
    );
    assert.equal(body.revision, 8);
    assert.deepEqual(body.data[1]!.reactions, [{emoji: '👍', count: 1, user_ids: [2]}]);
    assert.equal(body.data[1]!.position, 1, 'the place does not change');
    assert.equal(body.data[0]!.content, '');
  });

  it('says how far a page of changes goes, and asks to load afresh what it has forgotten', async () => {
    const part = await call<{revision: number; has_more: boolean}>('GET', '/conversations/10/changes?since=1&limit=2');
    assert.deepEqual([part.body.revision, part.body.has_more], [3, true]);
    server.forgetChanges(10);
    server.message({conversationId: 10, from: 2, content: 'later'});
    assert.equal((await call<{reset: boolean}>('GET', '/conversations/10/changes?since=4')).body.reset, true);
    assert.equal((await call<{reset: boolean}>('GET', '/conversations/10/changes?since=5')).body.reset, false);
  });

  it('does not count, if that is wanted: no revision, no position, no route for changes', async () => {
    server = createFakeServer({revisions: false, users: [{id: 1}, {id: 2}], conversations: [{id: 10, messages: 2}]});
    const {body} = await call<{data: WireMessage[]}>('GET', '/conversations/10/messages');
    assert.equal(body.data.length, 2);
    assert.doesNotMatch(JSON.stringify(body), /revision|position/);
    assert.equal((await call('GET', '/conversations/10/changes?since=0')).status, 404);
    assert.equal((await call('POST', '/conversations/10/read', {body: {message_ids: [body.data[0]!.id]}})).status, 204);
  });

  it('counts what is unread until it is read', async () => {
    const unread = async (): Promise<number> =>
      (await call<{data: WireConversation}>('GET', '/conversations/10', {as: 2})).body.data.unread_count;
    assert.equal(await unread(), 3);
    const last = server.messages(10).at(-1)!;
    assert.equal((await call('POST', '/conversations/10/read', {as: 2, body: {message_ids: [last.id]}})).status, 204);
    assert.equal(await unread(), 0);
    assert.equal(server.conversation(10).participants[1]!.last_read_message_id, last.id);
  });

  it('lets only the sender edit and delete', async () => {
    const [mine] = server.messages(10);
    assert.equal((await call('PATCH', `/messages/${mine!.id}`, {as: 2, body: {content: 'x'}})).status, 403);
    assert.equal((await call('DELETE', `/messages/${mine!.id}`)).status, 200);
    assert.equal((await call('PATCH', `/messages/${mine!.id}`, {body: {content: 'x'}})).status, 403);
  });

  it('takes no reaction to a deleted message, and lets one be taken back that is gone with it', async () => {
    const [message] = server.messages(10);
    const thumb = `/messages/${message!.id}/reactions/${encodeURIComponent('👍')}`;
    await call('PUT', thumb);
    server.remove(message!.id);
    assert.equal((await call('PUT', thumb)).status, 403);
    assert.equal((await call('DELETE', thumb)).status, 200);
  });

  it('counts a text by its code points, as servers do', async () => {
    const send = (content: string): Promise<Answer<unknown>> =>
      call('POST', '/conversations/10/messages', {body: {content, temp_id: 'long'}});
    assert.equal((await send('😀'.repeat(10_001))).status, 422);
    assert.equal((await send('😀'.repeat(10_000))).status, 201);
  });

  it('takes a file and attaches it', async () => {
    const form = new FormData();
    form.append('file', new Blob(['hello'], {type: 'text/plain'}), 'a b.txt');
    const headers = {Authorization: `Bearer ${server.token(1)}`};
    const response = await server.environment.fetch(`${server.address.apiBase}/attachments`, {
      method: 'POST',
      headers,
      body: form,
    });
    const {data} = (await response.json()) as {data: {id: number; name: string; size: number}};
    assert.deepEqual([response.status, data.name, data.size], [201, 'a b.txt', 5]);
    const body = {content: 'a caption', temp_id: 't', attachment_ids: [data.id]};
    const message = await call<{data: WireMessage}>('POST', '/conversations/10/messages', {body});
    assert.equal(message.body.data.attachments[0]!.name, 'a b.txt');
    assert.equal((await call('PATCH', `/messages/${message.body.data.id}`, {body: {content: ''}})).status, 200);
    assert.equal((await call('POST', '/conversations/10/messages', {body: {...body, content: '', temp_id: 'u'}})).status, 201);
  });

  it('sends a message thin that is too large for a broadcast', () => {
    const sent: unknown[] = [];
    const thin = createFakeServer({users: [{id: 1}], conversations: [{id: 10}]});
    thin.emit = (_channel, _name, data) => sent.push(data);
    const {id, revision} = thin.message({conversationId: 10, from: 1, content: 'x'.repeat(9_500)});
    assert.deepEqual(sent, [{type: 'message', data: {message: {id, conversation_id: 10, revision, thin: true}, tempId: null}}]);
    thin.dispose();
  });

  it('knows a session cookie, and asks for the XSRF header with what writes', async () => {
    server.signIn(1, {xsrfToken: 'xsrf'});
    const {fetch} = server.environment;
    const url = `${server.address.apiBase}/conversations/10/typing`;
    assert.equal((await fetch(url, {method: 'POST'})).status, 419);
    assert.equal((await fetch(url, {method: 'POST', headers: {'X-XSRF-TOKEN': 'xsrf'}})).status, 204);
    assert.equal((await fetch(url, {method: 'POST', credentials: 'omit'})).status, 401);
    server.signOut();
    assert.equal((await fetch(url, {method: 'POST', headers: {'X-XSRF-TOKEN': 'xsrf'}})).status, 401);
  });

  it('lets tokens expire by its clock, or at once', async () => {
    const token = server.token(1, 1000);
    await server.advance(999);
    assert.equal((await call('GET', '/conversations', {token})).status, 200);
    await server.advance(1);
    assert.equal((await call('GET', '/conversations', {token})).status, 401);
    const other = server.token(1);
    server.expireTokens(2);
    assert.equal((await call('GET', '/conversations', {token: other})).status, 200);
    server.expireTokens();
    assert.equal((await call('GET', '/conversations', {token: other})).status, 401);
  });
});
