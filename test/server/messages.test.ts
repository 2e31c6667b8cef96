import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {start, type Caller, type TestMessage} from './start.js';
import {Wire} from './wire.js';

interface Page {
  readonly data: readonly TestMessage[];
  readonly has_more_before: boolean;
  readonly has_more_after: boolean;
  readonly revision: number;
}

interface Changes {
  readonly data: readonly TestMessage[];
  readonly revision: number;
  readonly has_more: boolean;
  readonly reset: boolean;
}

interface Row {
  readonly id: number;
  readonly title: string;
  readonly unread_count: number;
  readonly revision: number;
  readonly last_message: TestMessage | null;
  readonly participants: readonly {id: number; last_read_message_id: number | null}[];
}

interface Envelope {
  readonly type: string;
  readonly data: {
    readonly message?: TestMessage & {thin?: boolean};
    readonly tempId?: string;
    readonly conversation?: Row;
    readonly message_ids?: number[];
    readonly reader_id?: number;
    readonly user?: {name: string; email: string};
  };
}

/** The id of a message that is not in conversation 1. */
async function inConversation2(ali: Caller): Promise<number | undefined> {
  return (await ali.call<Page>('GET', '/api/conversations/2/messages?limit=1')).body.data[0]?.id;
}

describe('history', () => {
  it('comes in pages that meet without a gap or an overlap', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const path = '/api/conversations/1/messages';
    const all = (await ali.call<Page>('GET', `${path}?limit=200`)).body;
    assert.ok(all.data.length > 110);
    assert.deepEqual([all.has_more_before, all.has_more_after], [false, false]);

    const pages: TestMessage[] = [];
    let before = '';
    for (;;) {
      const page = (await ali.call<Page>('GET', `${path}?limit=30${before}`)).body;
      pages.unshift(...page.data);
      if (!page.has_more_before) break;
      before = `&before=${page.data[0]?.id}`;
    }
    assert.deepEqual(
      pages.map((message) => message.id),
      all.data.map((message) => message.id),
    );
  });

  it('goes forward from a message and around one', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const path = '/api/conversations/1/messages';
    const ids = (await ali.call<Page>('GET', `${path}?limit=200`)).body.data.map((message) => message.id);
    const middle = ids[50];
    const after = (await ali.call<Page>('GET', `${path}?after=${middle}&limit=10`)).body;
    assert.deepEqual(
      after.data.map((message) => message.id),
      ids.slice(51, 61),
    );
    assert.deepEqual([after.has_more_before, after.has_more_after], [true, true]);
    const around = (await ali.call<Page>('GET', `${path}?around=${middle}&limit=5`)).body;
    assert.deepEqual(
      around.data.map((message) => message.id),
      ids.slice(48, 53),
    );
    const end = (await ali.call<Page>('GET', `${path}?after=${ids.at(-1)}`)).body;
    assert.deepEqual([end.data.length, end.has_more_before, end.has_more_after], [0, true, false]);
  });

  it('finds text in whatever case and script, and takes wildcards for letters', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const found = async (text: string): Promise<number> =>
      (await ali.call<Page>('GET', `/api/conversations/1/messages?search=${encodeURIComponent(text)}`)).body.data.length;
    for (const text of ['Plov', 'PLOV 100 %', 'snake_case']) await ali.send(1, text);
    assert.equal(await found('ТАШКЕНТДА'), 0);
    assert.equal(await found('раҳмат, АЛИ'), 1);
    assert.equal(await found('plov'), 3);
    assert.equal(await found('%'), 1);
    assert.equal(await found('_'), 1);
    assert.equal(await found('wrong conversation'), 0, 'a deleted message is found no more');
  });

  it('finds letters that have more than two forms', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    for (const text of ['ΟΔΟΣ', 'οδος', 'οδοσήμανση', 'Hauptstraße', 'HAUPTSTRASSE']) await ali.send(1, text);
    for (const [words, count] of [
      ['ΟΔΟΣ', 3],
      ['οδος', 3],
      ['STRASSE', 2],
      ['straße', 2],
    ] as const) {
      const path = `/api/conversations/1/messages?search=${encodeURIComponent(words)}`;
      assert.equal((await ali.call<Page>('GET', path)).body.data.length, count, words);
    }
  });

  it('is refused with wrong queries', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const elsewhere = await inConversation2(ali);
    for (const query of ['limit=0', 'limit=201', 'limit=x', 'before=1&after=2', 'before=x']) {
      const {status, body} = await ali.call<{message: string}>('GET', `/api/conversations/1/messages?${query}`);
      assert.equal(status, 422, query);
      assert.ok(body.message);
    }
    // A client is told that the message is gone, and not that its question was wrong.
    for (const query of ['after=999999', `before=${elsewhere}`, `around=${elsewhere}`]) {
      assert.equal((await ali.call('GET', `/api/conversations/1/messages?${query}`)).status, 404, query);
    }
  });
});

describe('sending', () => {
  it('stores a message once, however often the same temp id comes, and tells everybody once', async () => {
    await using server = await start();
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    using wire = await Wire.connect(server.wsUrl);
    await wire.subscribe('private-user.2', await vali.authorize(wire.socketId, 'private-user.2'));
    const answers = await Promise.all(Array.from({length: 10}, () => ali.send(1, 'once', 'the-same')));
    assert.deepEqual(answers.map(({status}) => status).sort(), [200, 200, 200, 200, 200, 200, 200, 200, 200, 201]);
    assert.equal(new Set(answers.map(({body}) => body.data.id)).size, 1);
    await wire.settle();
    assert.equal(wire.frames.filter((frame) => frame.event === 'App\\Events\\MessageSentEvent').length, 1);
    assert.equal((await vali.send(1, 'mine', 'the-same')).status, 201, 'a temp id is the sender’s own');
    assert.equal((await ali.send(2, 'elsewhere', 'the-same')).status, 422);
  });

  it('gives dense revisions in the order in which everybody hears of them', async () => {
    await using server = await start();
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    using wire = await Wire.connect(server.wsUrl);
    await wire.subscribe('private-user.1', await ali.authorize(wire.socketId, 'private-user.1'));
    const before = (await ali.call<Page>('GET', '/api/conversations/1/messages?limit=1')).body.revision;
    await Promise.all(Array.from({length: 100}, (_, index) => (index % 2 ? ali : vali).send(1, `message ${index}`)));
    await wire.settle();
    const revisions = wire.frames
      .filter((frame) => frame.event === 'App\\Events\\MessageSentEvent')
      .map((frame) => (frame.data as Envelope).data.message?.revision);
    assert.deepEqual(
      revisions,
      Array.from({length: 100}, (_, index) => before + 1 + index),
    );
  });

  it('sends a thin event where the full one would pass the limit of a trigger', async () => {
    await using server = await start();
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    using wire = await Wire.connect(server.wsUrl);
    await wire.subscribe('presence-conversation.1', await vali.authorize(wire.socketId, 'presence-conversation.1'));
    const {body} = await ali.send(1, 'й'.repeat(5_000), 'long');
    const {data} = (await wire.next('App\\Events\\MessageSentEvent')).data as Envelope;
    assert.deepEqual(data, {
      message: {id: body.data.id, conversation_id: 1, revision: body.data.revision, thin: true},
      tempId: 'long',
    });
  });

  it('refuses what is no message, and says which field is wrong', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const revision = async () => (await ali.call<{data: Row}>('GET', '/api/conversations/1')).body.data.revision;
    const [before, elsewhere] = [await revision(), await inConversation2(ali)];
    const cases: [unknown, string][] = [
      [{temp_id: 'a'}, 'content'],
      [{content: ' \n\t ', temp_id: 'a'}, 'content'],
      [{content: 5, temp_id: 'a'}, 'content'],
      [{content: 'x'.repeat(10_001), temp_id: 'a'}, 'content'],
      [{content: '\u{1f600}'.repeat(10_001), temp_id: 'a'}, 'content'],
      [{content: '\u200b\u00ad\u202e\u0001 ', temp_id: 'a'}, 'content'],
      [{content: 'a\0b', temp_id: 'a'}, 'content'],
      [{content: '\ud83d', temp_id: 'a'}, 'content'],
      [{content: 'x'}, 'temp_id'],
      [{content: 'x', temp_id: '<script>'}, 'temp_id'],
      [{content: 'x', temp_id: 'a', reply_to_id: elsewhere}, 'reply_to_id'],
      [{content: 'x', temp_id: 'a', reply_to_id: 'x'}, 'reply_to_id'],
      [{content: 'x', temp_id: 'a', attachment_ids: [77]}, 'attachment_ids'],
      [{content: 'x', temp_id: 'a', attachment_ids: 'x'}, 'attachment_ids'],
    ];
    for (const [input, field] of cases) {
      const {status, body} = await ali.call<{errors: object}>('POST', '/api/conversations/1/messages', input);
      assert.equal(status, 422, JSON.stringify(input));
      assert.deepEqual(Object.keys(body.errors), [field]);
    }
    assert.equal(await revision(), before, 'nothing was stored and no revision was used up');
    const longest = '\u{1f600}'.repeat(10_000);
    assert.equal((await ali.send(1, longest)).body.data.content, longest, 'counted as the composer counts: an emoji is one');
    for (const broken of ['{', '[]', '5', 'null', '"x"']) {
      assert.equal((await ali.call('POST', '/api/conversations/1/messages', broken)).status, 422, broken);
    }
  });
});

describe('changing', () => {
  it('edits, deletes and reacts, each with the next revision, and repeats change nothing', async () => {
    await using server = await start();
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    const {data: sent} = (await ali.send(1, 'frist')).body;
    const {data: edited} = (await ali.call<{data: TestMessage}>('PATCH', `/api/messages/${sent.id}`, {content: 'first'})).body;
    assert.deepEqual([edited.content, edited.revision, edited.position], ['first', sent.revision + 1, sent.position]);
    const heart = `/api/messages/${sent.id}/reactions/${encodeURIComponent('❤️')}`;
    const {data: loved} = (await vali.call<{data: TestMessage}>('PUT', heart)).body;
    assert.deepEqual(loved.reactions, [{emoji: '❤️', count: 1, user_ids: [2]}]);
    const {data: again} = (await vali.call<{data: TestMessage}>('PUT', heart)).body;
    assert.equal(again.revision, sent.revision + 2);
    assert.deepEqual((await vali.call<{data: TestMessage}>('DELETE', heart)).body.data.reactions, []);
    const {data: deleted} = (await ali.call<{data: TestMessage}>('DELETE', `/api/messages/${sent.id}`)).body;
    assert.deepEqual([deleted.content, deleted.revision], ['', sent.revision + 4]);
    assert.notEqual(deleted.deleted_at, null);
    assert.equal(
      (await ali.call<{data: TestMessage}>('DELETE', `/api/messages/${sent.id}`)).body.data.revision,
      sent.revision + 4,
    );
    assert.equal((await ali.call('PATCH', `/api/messages/${sent.id}`, {content: 'back'})).status, 403);
    assert.equal((await vali.call('PUT', heart)).status, 403);
    assert.equal((await vali.call('DELETE', heart)).status, 200, 'it is gone already, as asked');
  });

  it('refuses what is almost an emoji, however long it is', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    // With alternatives that overlap in the pattern this would take hours, in which nobody else is answered.
    assert.equal((await ali.call('PUT', `/api/messages/1/reactions/${'1'.repeat(39)}x`)).status, 422);
  });

  it('takes one emoji as a reaction and nothing else', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const react = async (emoji: string): Promise<number> =>
      (await ali.call('PUT', `/api/messages/1/reactions/${encodeURIComponent(emoji)}`)).status;
    for (const emoji of ['👍', '👍🏽', '🇺🇿', '1️⃣', '👨‍👩‍👧‍👦', '❤️', '☺']) assert.equal(await react(emoji), 200, emoji);
    for (let n = 0; n < 13; n += 1) assert.equal(await react(String.fromCodePoint(0x1f600 + n)), 200);
    assert.equal(await react('🎉'), 422, 'twenty different ones are enough');
    assert.equal(await react('👍'), 200);
    for (const text of ['a', '1', '👍👍', '👍a', '<b>', '%', 'x'.repeat(50)]) assert.equal(await react(text), 422, text);
  });

  it('lists what changed since a revision, in pages, and says when to start afresh', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const {data: first} = (await ali.send(1, 'one')).body;
    const {data: second} = (await ali.send(1, 'two')).body;
    await ali.call('DELETE', `/api/messages/${first.id}`);
    const since = first.revision - 1;
    const all = (await ali.call<Changes>('GET', `/api/conversations/1/changes?since=${since}`)).body;
    assert.deepEqual(
      all.data.map(({id, revision}) => [id, revision]),
      [
        [second.id, since + 2],
        [first.id, since + 3],
      ],
    );
    assert.deepEqual([all.revision, all.has_more, all.reset], [since + 3, false, false]);
    const page = (await ali.call<Changes>('GET', `/api/conversations/1/changes?since=${since}&limit=1`)).body;
    assert.deepEqual([page.data.length, page.revision, page.has_more], [1, since + 2, true]);
    assert.equal((await ali.call<Changes>('GET', '/api/conversations/1/changes?since=99999')).body.reset, true);
    assert.equal((await ali.call('GET', '/api/conversations/1/changes')).status, 422);
  });
});

describe('conversations', () => {
  it('are listed in pages, the liveliest first, as each person sees them', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const first = (await ali.call<{data: Row[]; next_cursor: string}>('GET', '/api/conversations?limit=2')).body;
    const rest = (
      await ali.call<{data: Row[]; next_cursor: null}>('GET', `/api/conversations?limit=2&cursor=${first.next_cursor}`)
    ).body;
    const rows = [...first.data, ...rest.data];
    assert.deepEqual(
      rows.map((row) => row.title),
      ['Design team', 'Vali Yusupov', 'Nodira Rahimova'],
    );
    assert.deepEqual([rows[2]?.last_message, rest.next_cursor], [null, null]);
    const afresh = await ali.call<{data: Row[]}>('GET', '/api/conversations?cursor=!!');
    assert.deepEqual(afresh.body.data, rows, 'a cursor of another version begins at the beginning');
  });

  it('count as unread what others wrote, until it is read, and tell so', async () => {
    await using server = await start();
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    using aliWire = await Wire.connect(server.wsUrl);
    await aliWire.subscribe('private-user.1', await ali.authorize(aliWire.socketId, 'private-user.1'));
    const {data: one} = (await ali.send(1, 'one')).body;
    const {data: two} = (await ali.send(1, 'two')).body;
    const unread = async (): Promise<number | undefined> =>
      (await vali.call<{data: Row}>('GET', '/api/conversations/1')).body.data.unread_count;
    assert.equal(await unread(), 2);
    assert.equal((await vali.call('POST', '/api/conversations/1/read', {message_ids: [one.id]})).status, 204);
    assert.equal(await unread(), 1);
    const {data} = (await aliWire.next('App\\Events\\MessagesReadEvent')).data as Envelope;
    assert.deepEqual(data, {conversation_id: 1, reader_id: 2, message_ids: [one.id]});
    for (const message_ids of [[], null, undefined]) {
      assert.equal(
        (await vali.call('POST', '/api/conversations/1/read', {message_ids})).status,
        422,
        JSON.stringify(message_ids),
      );
    }
    await vali.call('POST', '/api/conversations/1/read', {message_ids: [String(two.id), one.id, await inConversation2(ali)]});
    const row = (await ali.call<{data: Row}>('GET', '/api/conversations/1')).body.data;
    assert.equal(row.participants[1]?.last_read_message_id, two.id);
    assert.equal(await unread(), 0);
    assert.equal((await vali.call('POST', '/api/conversations/1/read', {})).status, 422);
  });

  it('tell each participant how their row has changed', async () => {
    await using server = await start();
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    using wire = await Wire.connect(server.wsUrl);
    await wire.subscribe('private-user.2', await vali.authorize(wire.socketId, 'private-user.2'));
    await ali.send(1, 'new row');
    const {conversation} = ((await wire.next('App\\Events\\ConversationChangedEvent')).data as Envelope).data;
    assert.deepEqual(
      [conversation?.title, conversation?.unread_count, conversation?.last_message?.content],
      ['Ali Karimov', 1, 'new row'],
    );
  });

  it('bring the row also when an unread message goes that is not the last', async () => {
    await using server = await start();
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    const unwanted = await ali.send(1, 'unwanted');
    await ali.send(1, 'wanted');
    using wire = await Wire.connect(server.wsUrl);
    await wire.subscribe('private-user.2', await vali.authorize(wire.socketId, 'private-user.2'));
    await ali.call('DELETE', `/api/messages/${unwanted.body.data.id}`);
    await wire.settle();
    const row = wire.frames.find(({event}) => event === 'App\\Events\\ConversationChangedEvent')?.data as Envelope | undefined;
    assert.equal(row?.data.conversation?.unread_count, 1);
  });

  it('pass on who is typing to the others only', async () => {
    await using server = await start();
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    using own = await Wire.connect(server.wsUrl);
    await own.subscribe('private-user.1', await ali.authorize(own.socketId, 'private-user.1'));
    using other = await Wire.connect(server.wsUrl);
    await other.subscribe('private-user.2', await vali.authorize(other.socketId, 'private-user.2'));
    assert.equal((await ali.call('POST', '/api/conversations/1/typing')).status, 204);
    const {type, data} = (await other.next('App\\Events\\UserIsTypingEvent')).data as Envelope;
    assert.equal(type, 'typing');
    assert.deepEqual(data.user, {id: 1, name: 'Ali Karimov', avatar_url: null, email: 'ali@example.com'});
    await own.settle();
    assert.ok(!own.frames.some((frame) => frame.event.endsWith('UserIsTypingEvent')));
  });
});
