import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {RestChatApi, type ChatApi} from '../../src/api/index.js';
import {ApiError} from '../../src/model/index.js';
import {attachmentResource, conversationResource, messageResource} from '../events/samples.js';
import {empty, json, scriptedFetch, type Answer, type Made} from './support/scripted-fetch.js';

const BASE = 'https://chat.example/api';

/** Makes one call and gives back what was asked and what came of it. */
async function call<Result>(
  answer: Answer,
  use: (api: ChatApi) => Promise<Result>,
  headers: Readonly<Record<string, string>> = {},
): Promise<{made: Made; result: Result}> {
  const {fetch, made} = scriptedFetch(answer);
  const result = await use(new RestChatApi({apiBase: `${BASE}/`, headers, fetch, page: null}));
  const [only] = made;
  assert.ok(only && made.length === 1);
  return {made: only, result};
}

const message = json(200, {data: messageResource()});

describe('RestChatApi', () => {
  describe('routes', () => {
    it('lists conversations', async () => {
      const answer = json(200, {data: [conversationResource()], next_cursor: 'c2'});
      const {made, result} = await call(answer, (api) => api.listConversations({cursor: 'c 1', limit: 20}));
      assert.equal(`${made.method} ${made.url}`, `GET ${BASE}/conversations?cursor=c+1&limit=20`);
      assert.equal(made.body, undefined);
      assert.equal(result.nextCursor, 'c2');
      assert.equal(result.conversations[0]?.title, 'Design');
    });

    it('lists the first conversations without a query', async () => {
      const {made, result} = await call(json(200, {data: [], next_cursor: null}), (api) => api.listConversations());
      assert.equal(made.url, `${BASE}/conversations`);
      assert.deepEqual(result, {conversations: [], nextCursor: null});
    });

    it('gets one conversation', async () => {
      const {made, result} = await call(json(200, {data: conversationResource()}), (api) => api.getConversation(7));
      assert.equal(`${made.method} ${made.url}`, `GET ${BASE}/conversations/7`);
      assert.equal(result.id, 7);
    });

    const queries: readonly (readonly [Parameters<ChatApi['listMessages']>[1], string])[] = [
      [undefined, 'limit=50'],
      [{before: 101}, 'before=101&limit=50'],
      [{after: 'm/1', limit: 10}, 'after=m%2F1&limit=10'],
      [{around: 5, limit: 1000}, 'around=5&limit=200'],
      [{limit: 0}, 'limit=1'],
      [{limit: Number.NaN}, 'limit=1'],
      [{search: 'a & b'}, 'limit=50&search=a+%26+b'],
    ];
    for (const [query, expected] of queries) {
      it(`lists messages with ${expected}`, async () => {
        const page = {data: [messageResource()], has_more_before: true, has_more_after: false, revision: 14};
        const {made, result} = await call(json(200, page), (api) => api.listMessages(7, query));
        assert.equal(made.url, `${BASE}/conversations/7/messages?${expected}`);
        assert.deepEqual([result.hasMoreBefore, result.hasMoreAfter, result.revision], [true, false, 14]);
        assert.equal(result.messages[0]?.content, 'Salom!');
      });
    }

    it('lists messages of a backend that does not count revisions', async () => {
      const answer = json(200, {data: [], has_more_before: false, has_more_after: false});
      assert.equal((await call(answer, (api) => api.listMessages(7))).result.revision, null);
    });

    it('lists changes', async () => {
      const answer = json(200, {data: [messageResource()], revision: 14, has_more: false, reset: false});
      const {made, result} = await call(answer, (api) => api.listChanges(7, {since: 0, limit: 100}));
      assert.equal(made.url, `${BASE}/conversations/7/changes?since=0&limit=100`);
      assert.deepEqual([result.revision, result.hasMore, result.reset, result.messages.length], [14, false, false, 1]);
    });

    it('sends a message', async () => {
      const {made, result} = await call(json(201, {data: messageResource({temp_id: 't'})}), (api) =>
        api.sendMessage(7, {content: 'Salom!', tempId: 't', replyToId: 9, attachmentIds: ['a1']}),
      );
      assert.equal(`${made.method} ${made.url}`, `POST ${BASE}/conversations/7/messages`);
      assert.deepEqual(made.body, {content: 'Salom!', temp_id: 't', reply_to_id: 9, attachment_ids: ['a1']});
      assert.equal(made.headers.get('Content-Type'), 'application/json');
      assert.equal(made.headers.get('Idempotency-Key'), null);
      assert.equal(result.tempId, 't');
    });

    it('leaves out what a message does not have', async () => {
      const {made} = await call(message, (api) =>
        api.sendMessage(7, {content: 'x', tempId: 't', replyToId: null, attachmentIds: []}),
      );
      assert.deepEqual(made.body, {content: 'x', temp_id: 't'});
    });

    it('edits and deletes messages', async () => {
      const edit = await call(message, (api) => api.editMessage(101, 'new'));
      assert.equal(`${edit.made.method} ${edit.made.url}`, `PATCH ${BASE}/messages/101`);
      assert.deepEqual(edit.made.body, {content: 'new'});
      const remove = await call(message, (api) => api.deleteMessage(101));
      assert.equal(`${remove.made.method} ${remove.made.url}`, `DELETE ${BASE}/messages/101`);
      assert.equal(remove.made.headers.get('Content-Type'), null);
    });

    it('adds and removes reactions', async () => {
      const add = await call(message, (api) => api.addReaction(101, '👍🏽'));
      assert.equal(`${add.made.method} ${add.made.url}`, `PUT ${BASE}/messages/101/reactions/%F0%9F%91%8D%F0%9F%8F%BD`);
      const remove = await call(message, (api) => api.removeReaction(101, '👍'));
      assert.equal(`${remove.made.method} ${remove.made.url}`, `DELETE ${BASE}/messages/101/reactions/%F0%9F%91%8D`);
    });

    it('marks as read and tells of typing', async () => {
      const read = await call(empty(), (api) => api.markRead(7, [1, 'b']));
      assert.equal(`${read.made.method} ${read.made.url}`, `POST ${BASE}/conversations/7/read`);
      assert.deepEqual(read.made.body, {message_ids: [1, 'b']});
      assert.equal(read.result, undefined);
      const typing = await call(empty(), (api) => api.sendTyping('c 1'));
      assert.equal(typing.made.url, `${BASE}/conversations/c%201/typing`);
      assert.equal(typing.made.body, undefined);
    });

    it('marks many as read in several calls, and none in none', async () => {
      const {fetch, made} = scriptedFetch(empty(), empty(), empty());
      const api = new RestChatApi({fetch, page: null});
      await api.markRead(7, []);
      assert.equal(made.length, 0);
      await api.markRead(
        7,
        Array.from({length: 1001}, (_, index) => index),
      );
      const sizes = made.map(({body}) => (body as {message_ids: number[]}).message_ids.length);
      assert.deepEqual(sizes, [500, 500, 1]);
    });

    it('asks for no more conversations than the contract allows', async () => {
      const {made} = await call(json(200, {data: [], next_cursor: null}), (api) => api.listConversations({limit: 200}));
      assert.equal(made.url, `${BASE}/conversations?limit=100`);
    });

    it('uploads a file as a form, and leaves its content type to the browser, whatever the headers of the page say', async () => {
      const progress: number[] = [];
      const file = new File(['hello'], 'plan č.png', {type: 'image/png'});
      const {made, result} = await call(
        json(201, {data: attachmentResource()}),
        (api) => api.uploadAttachment(file, {onProgress: (fraction) => progress.push(fraction)}),
        {'content-type': 'application/json'},
      );
      assert.equal(`${made.method} ${made.url}`, `POST ${BASE}/attachments`);
      assert.ok(made.body instanceof FormData);
      const sent = made.body.get('file');
      assert.ok(sent instanceof File);
      assert.equal(sent.name, 'plan č.png');
      assert.equal(await sent.text(), 'hello');
      assert.equal(made.headers.get('Content-Type'), null);
      assert.equal(result.mimeType, 'image/png');
      assert.deepEqual(progress, [0, 1]);
    });
  });

  describe('ids', () => {
    it('encodes every segment', async () => {
      const {made} = await call(message, (api) => api.editMessage('../7?x=1#y/é', 'z'));
      assert.equal(made.url, `${BASE}/messages/..%2F7%3Fx%3D1%23y%2F%C3%A9`);
    });

    for (const id of ['', '.', '..', '\uD800']) {
      it(`refuses ${JSON.stringify(id)} without asking the server`, async () => {
        const {fetch, made} = scriptedFetch();
        await assert.rejects(
          new RestChatApi({fetch, page: null}).getConversation(id),
          (error) => error instanceof ApiError && error.code === 'invalid' && !error.isTransient,
        );
        assert.equal(made.length, 0);
      });
    }

    it('refuses two directions at once', async () => {
      const {fetch} = scriptedFetch();
      await assert.rejects(new RestChatApi({fetch, page: null}).listMessages(7, {before: 1, after: 2}), {code: 'invalid'});
    });
  });

  describe('answers of another shape', () => {
    const conversations = (api: ChatApi): Promise<unknown> => api.listConversations();
    const messages = (api: ChatApi): Promise<unknown> => api.listMessages(7);
    const changes = (api: ChatApi): Promise<unknown> => api.listChanges(7, {since: 1});
    const send = (api: ChatApi): Promise<unknown> => api.sendMessage(7, {content: 'x', tempId: 't'});
    const page = {data: [], has_more_before: false, has_more_after: false, revision: 1};

    const answers: readonly (readonly [string, (api: ChatApi) => Promise<unknown>, unknown, RegExp])[] = [
      ['null', messages, null, /answer is not an object/],
      ['a list', messages, [], /answer is not an object/],
      ['a bare message', send, messageResource(), /answer\.data is not an object/],
      ['no data', messages, {...page, data: undefined}, /answer\.data is not a list/],
      ['data that is no list', messages, {...page, data: {}}, /answer\.data is not a list/],
      ['no has_more_before', messages, {...page, has_more_before: undefined}, /has_more_before is not true or false/],
      ['has_more_after of text', messages, {...page, has_more_after: 'no'}, /has_more_after/],
      ['a revision of text', messages, {...page, revision: '1'}, /answer\.revision/],
      ['a list of bad messages alone', messages, {...page, data: [messageResource({id: null})]}, /answer\.data\[0\]\.id/],
      ['no next_cursor', conversations, {data: []}, /answer\.next_cursor is not a string/],
      ['a next_cursor that is a number', conversations, {data: [], next_cursor: 7}, /answer\.next_cursor is not a string/],
      ['changes without revision', changes, {data: [], has_more: false, reset: false}, /answer\.revision/],
      ['changes without reset', changes, {data: [], has_more: false, revision: 1}, /answer\.reset/],
      ['changes without has_more', changes, {data: [], reset: false, revision: 1}, /answer\.has_more/],
    ];
    for (const [what, use, body, pattern] of answers) {
      it(`rejects ${what} and names the place`, async () => {
        await assert.rejects(call(json(200, body), use), (error) => {
          assert.ok(error instanceof ApiError);
          assert.equal(error.code, 'malformed-answer');
          assert.match(error.message, pattern);
          return true;
        });
      });
    }

    it('leaves out of a list what cannot be read, and says which', async () => {
      const good = messageResource();
      const {fetch} = scriptedFetch(json(200, {...page, data: [{...good, sender: null}, good, null]}));
      const errors: ApiError[] = [];
      const {messages} = await new RestChatApi({fetch, page: null, onError: (error) => errors.push(error)}).listMessages(7);
      assert.deepEqual(
        messages.map(({id}) => id),
        [good['id']],
      );
      assert.deepEqual(
        errors.map(({code}) => code),
        ['malformed-answer', 'malformed-answer'],
      );
      assert.match(errors.join('\n'), /answer\.data\[0\]\.sender.*\n.*answer\.data\[2\]/);
    });

    it('tells of a page that came in place of JSON, and of no refusal', async () => {
      const {fetch} = scriptedFetch(() => new Response('<!doctype html><title>App</title>'), json(404, {message: 'Not found.'}));
      const errors: ApiError[] = [];
      const api = new RestChatApi({fetch, page: null, onError: (error) => errors.push(error)});
      await assert.rejects(messages(api), (error) => error === errors[0]);
      assert.match(errors.join(), /GET \/conversations\/7\/messages .* is api-base right/);
      await assert.rejects(messages(api), {code: 'not-found'});
      assert.equal(errors.length, 1);
    });

    it('tells of an answer that cannot be read, as the call may be repeated before anybody sees that it was rejected', async () => {
      const {fetch} = scriptedFetch(json(201, messageResource()));
      const errors: ApiError[] = [];
      const api = new RestChatApi({fetch, page: null, onError: (error) => errors.push(error)});
      await assert.rejects(send(api), (error) => error === errors[0]);
      assert.equal(errors.length, 1);
      assert.match(errors.join(), /POST \/conversations\/7\/messages: answer\.data is not an object/);
    });

    it('rejects 204 where there must be something', async () => {
      await assert.rejects(call(empty(), send), {code: 'malformed-answer'});
    });

    it('takes any empty or JSON success for an answer where nothing is to be read', async () => {
      for (const answer of [empty(), json(200, {ok: true}), () => new Response('', {status: 200})]) {
        assert.equal((await call(answer, (api) => api.markRead(7, [1]))).result, undefined);
      }
    });

    it('takes any other text but a page there too, as an answer of success', async () => {
      const asks: ((api: ChatApi) => Promise<void>)[] = [(api) => api.markRead(7, [1]), (api) => api.sendTyping(7)];
      for (const ask of asks) {
        assert.equal((await call(() => new Response('ok'), ask)).result, undefined);
        await assert.rejects(
          call(() => new Response('<html>'), ask),
          {code: 'malformed-answer'},
        );
      }
    });
  });
});
