import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {ChatApi, ConversationPage} from '../../src/api/chat-api.js';
import {ClientConversationList} from '../../src/client/conversation-list.js';
import {
  ApiError,
  ConversationChangedEvent,
  MessageHintEvent,
  MessageSentEvent,
  MessagesReadEvent,
  MessageUpdatedEvent,
  UserIsTypingEvent,
  type Conversation,
} from '../../src/model/index.js';
import {createFakeServer} from '../../src/testing/fake-server.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';
import {stored} from '../support/messages.js';
import {openScene} from './scene.js';

/** A list whose pages a test answers by hand, in the order in which they are asked for. `random`: how long it waits after a failure. */
function openList(random = 0) {
  const asked: {
    readonly cursor: string | null | undefined;
    readonly signal: AbortSignal | undefined;
    readonly answer: (page: ConversationPage) => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  const listConversations: ChatApi['listConversations'] = ({cursor, signal} = {}) =>
    new Promise((answer, fail) => asked.push({cursor, signal, answer, fail}));
  const clock = new VirtualClock();
  const owner = {
    api: {listConversations} as ChatApi,
    clock,
    random: () => random,
    signal: new AbortController().signal,
  };
  const list = new ClientConversationList(() => owner);
  const titles = (): string[] => list.snapshot().conversations.map(({title}) => title);
  /** Answers what was asked for last, and lets it be taken in. */
  const answer = async (nextCursor: string | null, ...conversations: Conversation[]): Promise<void> => {
    asked.at(-1)?.answer({conversations, nextCursor});
    await new Promise(setImmediate);
  };
  return {list, asked, titles, clock, answer};
}

function row(title: string, revision: number, id = 10): Conversation {
  return {id, title, avatarUrl: null, participants: [], lastMessage: null, unreadCount: 0, revision, features: []};
}

/** A row at revision 5, as the person with the id 1 sees it. */
function readTo(lastReadMessageId: number | null, unreadCount: number): Conversation {
  return {...row('first', 5), participants: [{id: 1, name: 'Ali', lastReadMessageId}], unreadCount};
}

/** Where an event of the person's own channel comes from. */
const origin = {channel: 'private-user.1', name: 'X'};

function changed(title: string, revision: number): ConversationChangedEvent {
  return new ConversationChangedEvent(origin, row(title, revision));
}

describe('the list of conversations', () => {
  it('keeps what changed while a page was on its way', async () => {
    const {list, asked, titles, clock} = openList();
    for (const [at, revision] of [6, 8].entries()) {
      const loading = list.load();
      list.take(changed(`as of ${revision}`, revision));
      asked[at]?.answer({conversations: [row('as of 5', 5)], nextCursor: null});
      await loading;
      assert.deepEqual(titles(), [`as of ${revision}`]);
    }
    await clock.advance(60_000);
    assert.equal(asked.length, 2, 'and does not ask for it once more');
  });

  it('keeps what was read while a page was on its way, which raises no revision', async () => {
    const {list, asked} = openList();
    const unread = (unreadCount: number): Conversation => ({...row('first', 5), unreadCount});
    for (const [at, {count}] of [{count: 0}, {count: 1}].entries()) {
      const loading = list.load();
      list.take(new ConversationChangedEvent(origin, unread(count)));
      asked[at]?.answer({conversations: [unread(3)], nextCursor: null});
      await loading;
      assert.equal(list.snapshot().unreadTotal, count);
    }
    const loading = list.load();
    asked[2]?.answer({conversations: [unread(2)], nextCursor: null});
    await loading;
    assert.equal(list.snapshot().unreadTotal, 2, 'nothing came in meanwhile');
  });

  it('passes over a row that comes after a newer one', async () => {
    const {list, asked, titles, clock, answer} = openList();
    void list.load();
    await answer(null, row('as of 5', 5));
    list.take(changed('as of 7', 7));
    list.take(changed('as of 6', 6));
    assert.deepEqual(titles(), ['as of 7']);
    await clock.advance(60_000);
    assert.equal(asked.length, 1, 'and does not ask for it');
  });

  it('has no use for an edit in a conversation that is not in it', async () => {
    const {list, titles, answer} = openList();
    void list.load();
    await answer(null);
    list.take(new MessageUpdatedEvent(origin, stored(6, {conversationId: 99})));
    assert.deepEqual(titles(), []);
  });

  it('takes a row that tells what was read elsewhere, which raises no revision', async () => {
    const {list, answer} = openList();
    void list.load();
    await answer(null, {...row('first', 5), unreadCount: 3});
    list.take(changed('first', 5));
    assert.equal(list.snapshot().unreadTotal, 0);
  });

  it('keeps what was read if the rows that tell of it come out of order', async () => {
    const {list, asked, answer} = openList();
    const hear = (lastReadMessageId: number | null, unreadCount: number): void =>
      list.take(new ConversationChangedEvent(origin, readTo(lastReadMessageId, unreadCount)), 1);
    void list.load();
    await answer(null, readTo(null, 3));
    hear(5, 0);
    hear(3, 2);
    hear(null, 3);
    assert.equal(list.snapshot().unreadTotal, 0);
    assert.equal(asked.length, 1);
  });

  it('asks how many are unread if a message comes before the row that tells what was read', async () => {
    const {list, asked, answer, clock} = openList();
    void list.load();
    await answer(null, readTo(2, 3));
    list.take(new MessageSentEvent(origin, stored(6, {conversationId: 10}), null), 1);
    assert.equal(list.snapshot().unreadTotal, 4);
    list.take(new ConversationChangedEvent(origin, readTo(5, 0)), 1);
    await answer(null, {...readTo(5, 1), revision: 6});
    assert.equal(list.snapshot().unreadTotal, 1);
    await clock.advance(60_000);
    assert.equal(asked.length, 2, 'and asks no more');
  });

  it('asks how many are unread if a newer row was made before it was known what was read', async () => {
    const {list, titles, asked, answer, clock} = openList();
    void list.load();
    await answer(null, readTo(5, 0));
    // As where a deletion and a read mark are stored at the same moment.
    list.take(new ConversationChangedEvent(origin, {...readTo(2, 3), title: 'newer', revision: 6}), 1);
    assert.deepEqual(titles(), ['newer']);
    await answer(null, {...readTo(5, 0), title: 'newer', revision: 6});
    assert.equal(list.snapshot().unreadTotal, 0);
    await clock.advance(60_000);
    assert.equal(asked.length, 2, 'and asks no more');
  });

  it('asks how many are unread once the person has read, if no row says so: one with many people may be too long for the wire', async () => {
    const read = (readerId: number, conversationId = 10): MessagesReadEvent =>
      new MessagesReadEvent(origin, {conversationId, readerId, messageIds: [9]});
    const {list, asked, clock, answer} = openList();
    void list.load();
    await answer(null, readTo(7, 2));
    for (const event of [read(2), read(1, 11)]) list.take(event, 1);
    list.take(read(1), 1);
    list.take(new ConversationChangedEvent(origin, readTo(8, 1)), 1);
    await clock.advance(60_000);
    assert.equal(asked.length, 1, 'what others read, or what a row tells of, is not asked for');
    for (let times = 0; times < 3; times += 1) list.take(read(1), 1);
    await clock.advance(60_000);
    assert.equal(asked.length, 2);
    await answer(null, readTo(9, 0));
    assert.equal(list.snapshot().unreadTotal, 0);
    list.take(read(1), 1);
    await clock.advance(60_000);
    assert.equal(asked.length, 2, 'nothing was unread');
  });

  it('takes each row of a backend that counts messages, but not conversations', async () => {
    const {list, titles, answer} = openList();
    const uncounted = (title: string): Conversation => ({...row(title, 0), revision: null});
    void list.load();
    await answer(null, uncounted('before'));
    list.take(new MessageSentEvent(origin, stored(7, {conversationId: 10}), null));
    list.take(new ConversationChangedEvent(origin, uncounted('after')));
    assert.deepEqual(titles(), ['after']);
  });

  it('counts a message in the row that it has unless that counts it already, and asks for nothing', async () => {
    const {list, asked, answer} = openList();
    void list.load();
    await answer(null, row('first', 5));
    for (const id of [5, 6, 6]) list.take(new MessageSentEvent(origin, stored(id, {conversationId: 10}), null));
    assert.equal(list.snapshot().unreadTotal, 1);
    assert.equal(asked.length, 1);
  });

  it('counts by the last message where only messages have a revision, or only conversations', async () => {
    const {list, answer} = openList();
    const hear = (id: number, revision: number | null, conversationId: number): void =>
      list.take(new MessageSentEvent(origin, stored(id, {conversationId, revision}), null));
    void list.load();
    await answer(
      null,
      {...row('first', 0, 10), revision: null, lastMessage: stored(7, {conversationId: 10})},
      {...row('second', 9, 11), lastMessage: stored(7, {conversationId: 11, revision: null})},
    );
    hear(7, 7, 10);
    hear(7, null, 11);
    assert.equal(list.snapshot().unreadTotal, 0);
    hear(8, 8, 10);
    hear(8, null, 11);
    assert.equal(list.snapshot().unreadTotal, 2);
  });

  it('takes a row that tells what somebody else has read, which raises no revision', async () => {
    const {list, titles, answer} = openList();
    void list.load();
    await answer(null, readTo(3, 0));
    list.take(new ConversationChangedEvent(origin, {...readTo(3, 0), title: 'read by others'}), 1);
    assert.deepEqual(titles(), ['read by others']);
  });

  it('has conversations without a message at its end, and may have none at all', async () => {
    const {list, titles, answer} = openList();
    void list.load();
    await answer(null);
    assert.equal(list.snapshot().phase, 'ready');
    void list.load();
    await answer(null, row('empty', 0), {...row('begun', 1, 11), lastMessage: stored(1, {conversationId: 11})});
    assert.deepEqual(titles(), ['begun', 'empty']);
  });

  it('orders those whose last messages came within one second as the server does, however it has heard of them', async () => {
    const {list, titles, answer} = openList();
    const createdAt = new Date('2026-11-30T20:56:30Z');
    const at = (id: number, conversationId: number) => stored(id, {conversationId, createdAt});
    void list.load();
    await answer(
      null,
      {...row('later', 1, 11), lastMessage: at(10, 11)},
      {...row('earlier', 1), lastMessage: at(9, 10)},
      row('empty', 0, 12),
    );
    assert.deepEqual(titles(), ['later', 'earlier', 'empty']);
    list.take(new MessageSentEvent(origin, {...at(101, 10), revision: 2}, null));
    assert.deepEqual(titles(), ['earlier', 'later', 'empty']);
    list.take(new MessageSentEvent(origin, {...at(102, 11), revision: 2}, null));
    assert.deepEqual(titles(), ['later', 'earlier', 'empty']);
  });

  it('tells those who follow it of what changes, for as long as they do', async () => {
    const {list, answer} = openList();
    void list.load();
    await answer(null, row('first', 5));
    const over = new AbortController();
    let told = 0;
    const stop = list.subscribe(() => (told += 1));
    list.subscribe(() => (told += 1), {signal: over.signal});
    list.take(new UserIsTypingEvent(origin, 10, stored(1).sender));
    assert.equal(told, 0, 'typing does not');
    list.take(changed('as of 6', 6));
    assert.equal(told, 2);
    stop();
    over.abort();
    list.take(changed('as of 7', 7));
    assert.equal(told, 2);
  });

  it('is asked for less and less often while the server cannot give it', async () => {
    const {list, asked, clock} = openList(1);
    const waits: number[] = [];
    const fail = async (): Promise<void> => {
      const count = asked.length;
      const from = clock.now();
      asked.at(-1)?.fail(new ApiError('network', 'No network.'));
      while (asked.length === count) await clock.advance(500);
      waits.push(clock.now() - from);
    };
    void list.load();
    for (let times = 0; times < 3; times += 1) await fail();
    asked.at(-1)?.answer({conversations: [], nextCursor: null});
    await new Promise(setImmediate);
    void list.load();
    await fail();
    assert.deepEqual(waits, [1_500, 2_500, 4_500, 1_500]);
  });

  it('asks how many are unread if a message was lost, or overtaken by the one after it', async () => {
    const {list, asked, answer, clock} = openList();
    const hear = (id: number): void => list.take(new MessageSentEvent(origin, stored(id, {conversationId: 10}), null));
    void list.load();
    await answer(null, row('first', 5));
    for (const id of [7, 6]) hear(id);
    assert.equal(list.snapshot().unreadTotal, 1);
    await clock.advance(2_000);
    // The page is overtaken, too.
    hear(8);
    await answer(null, {...row('first', 7), unreadCount: 2});
    assert.equal(list.snapshot().unreadTotal, 2);
    await clock.advance(2_000);
    await answer(null, {...row('first', 8), unreadCount: 3});
    assert.equal(list.snapshot().unreadTotal, 3);
    hear(9);
    await clock.advance(60_000);
    assert.equal(asked.length, 3, 'and asks no more');
    assert.equal(list.snapshot().unreadTotal, 4);
  });

  it('asks again also if it was loaded anew meanwhile, and that page was overtaken', async () => {
    const {list, asked, answer, clock} = openList();
    const hearOwn = (id: number): void => list.take(new MessageSentEvent(origin, stored(id, {conversationId: 10}), null), 2);
    void list.load();
    await answer(null, row('first', 5));
    // Of 6, somebody else's, nothing was heard.
    hearOwn(7);
    list.refresh();
    hearOwn(8);
    await answer(null, {...row('first', 7), unreadCount: 1});
    await clock.advance(60_000);
    await answer(null, {...row('first', 8), unreadCount: 1});
    assert.equal(list.snapshot().unreadTotal, 1);
    await clock.advance(60_000);
    assert.equal(asked.length, 3, 'and asks no more');
  });

  it('misses no message where there was an edit between two', async () => {
    const {list, asked, answer, clock} = openList();
    void list.load();
    await answer(null, row('first', 5));
    list.take(new MessageUpdatedEvent(origin, stored(3, {conversationId: 10, revision: 6})));
    list.take(new MessageSentEvent(origin, stored(7, {conversationId: 10}), null));
    await clock.advance(60_000);
    assert.equal(asked.length, 1);
    assert.equal(list.snapshot().unreadTotal, 1);
  });

  it('counts a message that comes after an edit which was made after it', async () => {
    const {list, answer} = openList();
    void list.load();
    await answer(null, {...row('first', 5), lastMessage: stored(4, {conversationId: 10})});
    list.take(new MessageUpdatedEvent(origin, stored(4, {conversationId: 10, content: 'edited', revision: 7})));
    list.take(new MessageSentEvent(origin, stored(6, {conversationId: 10}), null));
    assert.equal(list.snapshot().unreadTotal, 1);
    list.take(new MessageUpdatedEvent(origin, stored(4, {conversationId: 10, content: 'edited before', revision: 3})));
    list.take(new MessageSentEvent(origin, stored(6, {conversationId: 10}), null));
    assert.equal(list.snapshot().unreadTotal, 1, 'and counts it once');
  });

  it('asks how many are unread after two seconds, however many messages come meanwhile', async () => {
    const {list, asked, answer, clock} = openList();
    void list.load();
    await answer(null, row('first', 5));
    for (const id of [7, 9, 11]) {
      list.take(new MessageSentEvent(origin, stored(id, {conversationId: 10}), null));
      await clock.advance(900);
    }
    assert.equal(asked.length, 2);
  });

  it('passes over what comes in before anybody has asked for it', async () => {
    const {list, asked, titles, clock, answer} = openList();
    const empty = {phase: 'idle', error: null, conversations: [], hasMore: false, unreadTotal: 0};
    assert.deepEqual(list.snapshot(), empty);
    list.take(changed('gone', 5));
    list.take(new MessageSentEvent(origin, stored(1, {conversationId: 11}), null));
    list.refresh();
    assert.deepEqual(list.snapshot(), empty);
    assert.equal(asked.length, 0);
    void list.load();
    await answer('next', row('first', 5, 12));
    await clock.advance(60_000);
    assert.deepEqual(titles(), ['first']);
    assert.equal(asked.length, 1);
  });

  it('shows no part of itself before the first page', async () => {
    const {list, titles, answer} = openList();
    void list.load();
    list.take(changed('second', 6));
    assert.deepEqual(titles(), []);
    await answer(null, row('first', 5, 11));
    assert.deepEqual(titles().sort(), ['first', 'second']);
  });

  it('stays on the screen while it is loaded anew, and says what became of it', async () => {
    const {list, asked, answer} = openList();
    void list.load();
    await answer(null, row('first', 5));
    const failing = list.load();
    assert.equal(list.snapshot().phase, 'ready');
    asked[1]?.fail(new Error('no network'));
    await failing;
    assert.equal(list.snapshot().error?.code, 'network');
    assert.equal(list.snapshot().phase, 'ready');
    void list.load();
    await answer(null, row('first', 5));
    assert.equal(list.snapshot().error, null);
  });

  it('says that it is loading again once the first page has failed, and asks once', async () => {
    const {list, asked, clock, answer} = openList();
    const failing = list.load();
    asked[0]?.fail(new ApiError('network', 'No network.'));
    await failing;
    assert.equal(list.snapshot().phase, 'failed');
    void list.load();
    const {phase, error} = list.snapshot();
    assert.deepEqual([phase, error], ['loading', null]);
    await answer(null, row('first', 5));
    await clock.advance(60_000);
    assert.equal(asked.length, 2, 'not also after the pause');
  });

  it('lets go of a request whose answer nobody waits for', () => {
    const {list, asked} = openList();
    void list.load();
    void list.load();
    assert.equal(asked[0]?.signal?.aborted, true);
    list.reset();
    assert.equal(asked[1]?.signal?.aborted, true);
  });

  it('keeps nothing for the next person', async () => {
    const {list, asked, titles, clock, answer} = openList();
    void list.load();
    await answer('next', row('of the first person', 5));
    const failing = list.load();
    asked[1]?.fail(new Error('no network'));
    await failing;
    list.reset();
    await Promise.all([list.loadMore(), clock.advance(60_000)]);
    assert.equal(asked.length, 2, 'nothing is asked for on behalf of the first person');
    void list.load();
    await answer('next', row('of the second person', 1, 11));
    assert.deepEqual(titles(), ['of the second person']);
  });

  it('believes a server that says the same again after a pause: it was restored from a backup', async () => {
    const {list, asked, titles, clock, answer} = openList();
    void list.load();
    await answer(null, row('as of 8', 8), row('quiet', 1, 11));
    void list.load();
    await answer(null, row('as of 5', 5), row('quiet', 1, 11));
    void list.load();
    await answer(null, row('as of 5', 5), row('quiet', 1, 11));
    list.take(changed('as of 5', 5));
    assert.deepEqual(titles(), ['as of 8', 'quiet'], 'not at once');
    await clock.advance(2_000);
    assert.equal(asked.length, 4);
    await answer(null, row('as of 5', 5), row('quiet', 1, 11));
    assert.deepEqual(titles(), ['as of 5', 'quiet']);
    list.take(changed('as of 6', 6));
    assert.deepEqual(titles(), ['as of 6', 'quiet']);
    await clock.advance(60_000);
    assert.equal(asked.length, 4, 'and asks no more');
  });

  it('does not believe a replica that lags behind', async () => {
    const {list, asked, titles, clock, answer} = openList();
    void list.load();
    await answer(null, row('as of 8', 8));
    void list.load();
    await answer(null, row('as of 5', 5));
    await clock.advance(2_000);
    await answer(null, row('as of 7', 7));
    assert.deepEqual(titles(), ['as of 8'], 'it catches up');
    await clock.advance(2_000);
    list.take(changed('as of 9', 9));
    await answer(null, row('as of 7', 7));
    assert.deepEqual(titles(), ['as of 9'], 'something newer came in while the page was on its way');
    void list.load();
    await answer(null, row('as of 8', 8));
    list.take(changed('as of 10', 10));
    await clock.advance(60_000);
    assert.equal(asked.length, 5, 'there is nothing to ask for any more');
  });

  it('comes to an end where each page leads to the same one', async () => {
    const {list, asked, answer} = openList();
    void list.load();
    await answer('next', row('first', 1));
    void list.loadMore();
    await answer('next', row('first', 1));
    assert.equal(list.snapshot().hasMore, false);
    await list.loadMore();
    assert.equal(asked.length, 2);
  });

  it('is loaded anew after a gap also if the next page is asked for before that works', async () => {
    const {list, asked, titles, clock, answer} = openList();
    void list.load();
    await answer('next', row('as of 5', 5));
    const again = list.load();
    asked[1]?.fail(new Error('no network'));
    await again;
    void list.loadMore();
    await answer(null, row('second', 1, 11));
    await clock.advance(60_000);
    await answer(null, row('as of 6', 6), row('second', 1, 11));
    assert.deepEqual(titles(), ['as of 6', 'second']);
  });

  it('is loaded anew as far down as rows have changed during a gap', async () => {
    const {list, asked, titles, answer} = openList();
    void list.load();
    await answer('second', row('a', 1, 1));
    for (const [id, cursor] of [
      [2, 'third'],
      [3, 'fourth'],
      [4, null],
    ] as const) {
      void list.loadMore();
      await answer(cursor, row(`of ${id}`, 1, id));
    }
    list.refresh();
    await answer('second', row('a, changed', 2, 1));
    await answer('third', row('of 2, changed', 2, 2));
    await answer('fourth', row('of 3', 1, 3));
    assert.deepEqual(titles(), ['a, changed', 'of 2, changed', 'of 3', 'of 4']);
    assert.deepEqual(
      asked.slice(4).map(({cursor}) => cursor),
      [null, 'second', 'third'],
    );
    list.refresh();
    await answer('second', row('a, changed', 2, 1));
    assert.equal(asked.length, 8, 'and only the first page where nothing has');
    list.refresh();
    await answer('third', row('a, changed again', 3, 1), row('of 2, changed', 2, 2));
    assert.equal(asked.length, 9, 'nor where the last row of it has not');
  });

  it('is loaded anew to its last row, where all have changed during a gap', async () => {
    const {list, asked, titles, answer} = openList();
    void list.load();
    await answer('second', row('a', 1, 1));
    void list.loadMore();
    await answer(null, row('b', 1, 2));
    list.refresh();
    await answer('second', row('a, changed', 2, 1));
    await answer(null, row('b, changed', 2, 2));
    assert.deepEqual(titles(), ['a, changed', 'b, changed']);
    list.refresh();
    await answer(null, row('a, changed again', 3, 1));
    assert.deepEqual(titles(), ['a, changed again'], 'what is gone makes it begin no second time');
    assert.equal(asked.length, 5);
  });

  it('goes on with the next page after loading anew has failed', async () => {
    const {list, asked} = openList();
    const loading = list.load();
    asked[0]?.answer({conversations: [row('first', 1)], nextCursor: 'next'});
    await loading;
    const again = list.load();
    void list.loadMore();
    assert.equal(asked.length, 2, 'not while it is loaded anew');
    asked[1]?.fail(new Error('no network'));
    await again;
    assert.equal(list.snapshot().hasMore, true);
    void list.loadMore();
    assert.equal(asked[2]?.cursor, 'next');
  });

  it('drops what the server lists no more once it has been listed to its end', async () => {
    const {list, asked, titles} = openList();
    const answer = async (ask: () => Promise<void>, nextCursor: string | null, ...rows: Conversation[]): Promise<void> => {
      const loading = ask();
      asked.at(-1)?.answer({conversations: rows, nextCursor});
      await loading;
    };
    const load = (): Promise<void> => list.load();
    const loadMore = (): Promise<void> => list.loadMore();
    await answer(load, 'next', row('first', 1, 1), row('left', 1, 2));
    await answer(loadMore, null, row('third', 1, 3));

    await answer(load, 'next', row('first', 1, 1));
    assert.deepEqual(titles(), ['first', 'left', 'third'], 'it may come with the next page');
    await answer(loadMore, null, row('third', 1, 3));
    assert.deepEqual(titles(), ['first', 'third']);

    const loading = list.load();
    list.take(new ConversationChangedEvent(origin, row('new', 1, 4)));
    asked.at(-1)?.answer({conversations: [row('first', 1, 1)], nextCursor: null});
    await loading;
    assert.deepEqual(titles(), ['first', 'new']);
  });

  it('keeps what a message has moved to a page that was listed already', async () => {
    const {list, titles, answer} = openList();
    void list.load();
    await answer('next', row('first', 1, 1));
    void list.loadMore();
    await answer(null, row('second', 1, 2), row('third', 1, 3));

    void list.load();
    await answer('next', row('first', 1, 1));
    // It now stands before all others, so the next page has it no more.
    list.take(new MessageSentEvent(origin, stored(9, {conversationId: 3, revision: 2}), null));
    void list.loadMore();
    await answer(null, row('second', 1, 2));
    assert.deepEqual(titles().sort(), ['first', 'second', 'third']);
  });

  it('drops nothing when loading anew fails', async () => {
    const {list, asked, titles} = openList();
    const loading = list.load();
    asked[0]?.answer({conversations: [row('first', 1, 1)], nextCursor: 'next'});
    await loading;
    const again = list.load();
    asked[1]?.fail(new Error('no network'));
    await again;
    const more = list.loadMore();
    asked[2]?.answer({conversations: [row('second', 1, 2)], nextCursor: null});
    await more;
    assert.deepEqual(titles(), ['first', 'second']);
  });

  it('is there for whoever asked for it, also when it is asked for again meanwhile', async () => {
    const {list, asked, titles} = openList();
    const seen = list.load().then(titles);
    void list.load();
    asked[0]?.fail(new Error('aborted'));
    await new Promise(setImmediate);
    asked[1]?.answer({conversations: [row('first', 1)], nextCursor: null});
    assert.deepEqual(await seen, ['first']);
  });

  it("keeps nobody waiting whose list is another person's now", async () => {
    const {list, asked} = openList();
    const loading = list.load();
    list.reset();
    asked[0]?.answer({conversations: [row('first', 1)], nextCursor: null});
    await loading;
    assert.equal(list.snapshot().phase, 'idle');
  });

  it('is loaded anew after a gap, if anybody has asked for it', async () => {
    const {server, client} = await openScene();
    const other = server.client({userId: 1});
    await Promise.all([client.conversations.load(), other.connect(), server.settle()]);
    const before = client.conversations.snapshot().unreadTotal;
    server.stop('sockets');
    server.message({conversationId: 10, from: 2, content: 'missed'});
    await server.settle();
    server.start();
    await server.advance(60_000);
    const {unreadTotal} = client.conversations.snapshot();
    const {phase} = other.conversations.snapshot();
    server.dispose();
    assert.equal(unreadTotal, before + 1);
    assert.equal(phase, 'idle');
  });

  it('is asked for once more where a passing fault kept what was missed from it', async (test) => {
    const {server, client} = await openScene();
    test.after(() => server.dispose());
    const {conversations} = client;
    await Promise.all([conversations.load(), server.settle()]);
    const before = conversations.snapshot().unreadTotal;
    server.stop('sockets');
    server.message({conversationId: 10, from: 2, content: 'missed'});
    await server.settle();
    server.faults.rest({match: /\/conversations$/, status: 503, times: 2});
    server.start();
    await server.advance(60_000);
    assert.equal(conversations.snapshot().unreadTotal, before + 1);
    const asked = (): number => server.log.requests.filter(({path}) => path.endsWith('/conversations')).length;
    const calls = asked();
    server.faults.rest({match: /\/conversations$/, status: 403, times: 1});
    await Promise.all([conversations.load(), server.settle()]);
    await server.advance(60_000);
    assert.equal(asked(), calls + 1, 'not where the server refuses it');
  });

  it('follows what an open conversation found that no event had told of', async (test) => {
    const {server, client} = await openScene();
    test.after(() => server.dispose());
    const {conversations} = client;
    await Promise.all([conversations.load(), server.settle()]);
    const before = conversations.snapshot().unreadTotal;
    server.faults.events({drop: true, times: 2});
    server.message({conversationId: 10, from: 2, content: 'missed'});
    await server.advance(300_000);
    assert.equal(client.conversation(10).messages.size, 4);
    const {unreadTotal, conversations: rows} = conversations.snapshot();
    assert.equal(unreadTotal, before + 1);
    assert.equal(rows[0]?.lastMessage?.content, 'missed');
    const asked = server.log.requests.length;
    await server.advance(300_000);
    assert.equal(server.log.requests.length, asked + 2, 'the conversation and the list are looked at, once each');
  });

  it('is looked at every five minutes, while there is a connection and the page is visible', async (test) => {
    const {server, client} = await openScene();
    test.after(() => server.dispose());
    const {conversations} = client;
    const asked = (): number => server.log.requests.filter(({path}) => path.endsWith('/conversations')).length;
    await server.advance(300_000);
    assert.equal(asked(), 0, 'nobody has asked for it');
    await Promise.all([conversations.load(), server.settle()]);
    const before = conversations.snapshot().unreadTotal;
    server.faults.events({drop: true, times: 2});
    server.message({conversationId: 11, from: 2, content: 'missed'});
    await server.advance(300_000);
    assert.equal(conversations.snapshot().unreadTotal, before + 1);
    assert.equal(asked(), 2);
    const page = {visibilityState: 'hidden'};
    Object.assign(globalThis, {document: page});
    test.after(() => delete (globalThis as {document?: unknown}).document);
    await server.advance(300_000);
    assert.equal(asked(), 2, 'nobody looks at the page');
    page.visibilityState = 'visible';
    await server.advance(300_000);
    assert.equal(asked(), 3);
    client.disconnect();
    await server.advance(600_000);
    assert.equal(asked(), 3, 'there is no connection');
  });

  it('learns what was read elsewhere from an opened conversation, where the event that told of it was lost', async (test) => {
    const {server, client} = await openScene();
    test.after(() => server.dispose());
    server.message({conversationId: 10, from: 2, content: 'new'});
    const {conversations} = client;
    await Promise.all([conversations.load(), server.settle()]);
    const {unreadTotal: before} = conversations.snapshot();
    assert.ok(before > 0);
    const phone = server.client({userId: 1});
    await Promise.all([phone.connect(), server.settle()]);
    await server.advance(60_000);
    server.faults.events({drop: true, share: 1});
    const {messages} = client.conversation(10);
    await phone.api.markRead(
      10,
      messages.slice(0, messages.size).map(({id}) => id),
    );
    await server.settle();
    assert.equal(conversations.snapshot().unreadTotal, before);
    const asked = (): number => server.log.requests.filter(({path}) => path.endsWith('/conversations')).length;
    const calls = asked();
    for (let times = 0; times < 2; times += 1) {
      await Promise.all([client.conversation(10).reload(), server.settle()]);
      await server.advance(2_000);
      assert.equal(conversations.snapshot().unreadTotal, 0);
    }
    assert.equal(asked(), calls + 1, 'and the list is asked for once');
  });

  it('shows a conversation of which it hears for the first time by its first message', async (test) => {
    const {server, client} = await openScene();
    test.after(() => server.dispose());
    const {conversations} = client;
    await Promise.all([conversations.load(), server.settle()]);
    server.faults.events({match: /ConversationChangedEvent/, drop: true, share: 1});
    server.addConversation({id: 11});
    server.message({conversationId: 11, from: 2, content: 'first'});
    await server.settle();
    assert.deepEqual(
      conversations.snapshot().conversations.map(({id}) => id),
      [11, 10],
    );
  });

  it('asks once more for a conversation of which it hears while a page is on its way, and not for each message', async () => {
    const {list, asked, titles, clock, answer} = openList();
    const hear = (id: number): void => list.take(new MessageSentEvent(origin, stored(id, {conversationId: 11}), null));
    void list.load();
    await answer(null, row('first', 5));
    for (const id of [1, 2, 3]) hear(id);
    assert.equal(asked.length, 2);
    await answer(null, row('first', 5));
    hear(4);
    assert.equal(asked.length, 2, 'some are never listed');
    await clock.advance(2_000);
    assert.equal(asked.length, 3);
    await answer(null, row('second', 1, 11), row('first', 5));
    await clock.advance(60_000);
    assert.equal(asked.length, 3);
    assert.deepEqual(titles().sort(), ['first', 'second']);
  });

  it('asks once more for a conversation of which it hears while it is loaded for the first time', async () => {
    const {list, asked, clock, answer} = openList();
    void list.load();
    list.take(new MessageSentEvent(origin, stored(1, {conversationId: 11}), null));
    assert.equal(asked.length, 1);
    await answer(null, row('first', 5));
    await clock.advance(2_000);
    assert.equal(asked.length, 2);
  });

  it('pauses after each time that it asked for a new conversation', async () => {
    const {list, asked, clock, answer} = openList();
    const hear = (id: number): void => list.take(new MessageSentEvent(origin, stored(id, {conversationId: 11}), null));
    void list.load();
    await answer(null, row('first', 5));
    hear(1);
    await answer(null, row('first', 5));
    hear(2);
    assert.equal(asked.length, 2);
    await clock.advance(2_000);
    assert.equal(asked.length, 3);
  });

  it('asks for a new conversation no sooner than the server says', async () => {
    const {list, asked} = openList();
    const loading = list.load();
    asked[0]?.fail(new ApiError('rate-limited', 'Too many.', {retryAfter: 30_000}));
    await loading;
    list.take(new MessageSentEvent(origin, stored(1, {conversationId: 11}), null));
    assert.equal(asked.length, 1);
  });

  it('asks nobody and tells nothing once its client was disposed', async (test) => {
    const {server, client} = await openScene();
    test.after(() => server.dispose());
    const {conversations} = client;
    await Promise.all([conversations.load(), server.settle()]);
    const loading = conversations.load();
    client.dispose();
    let changes = 0;
    conversations.subscribe(() => (changes += 1));
    const asked = server.log.requests.length;
    await Promise.all([loading, conversations.load(), conversations.loadMore(), server.settle()]);
    assert.equal(changes, 0);
    assert.equal(server.log.requests.length, asked);
    assert.equal(conversations.snapshot().conversations.length, 1, 'it can still be read');
  });

  it('counts what comes in also where the server sends no row with a message', async () => {
    const {server, client} = await openScene();
    const {conversations} = client;
    await Promise.all([conversations.load(), server.settle()]);
    const before = conversations.snapshot().unreadTotal;
    server.faults.events({match: /private-user/, duplicate: true});
    server.message({conversationId: 10, from: 2, content: 'of Vali'});
    server.message({conversationId: 10, from: 1, content: 'of Ali'});
    await server.settle();
    const {unreadTotal, conversations: rows} = conversations.snapshot();
    server.dispose();
    assert.equal(unreadTotal, before + 1);
    assert.equal(rows[0]?.lastMessage?.content, 'of Ali');
  });

  it('counts it also where the backend does not count, each message once', async (test) => {
    const server = createFakeServer({
      revisions: false,
      conversationChannel: 'presence-conversation.{id}',
      users: [{id: 1}, {id: 2}],
      conversations: [{id: 10, messages: 3}],
    });
    test.after(() => server.dispose());
    const client = server.client({userId: 1});
    const {conversations} = client;
    // Two channels bring each message, one after the other.
    client.conversation(10).open();
    await Promise.all([client.connect(), conversations.load(), server.settle()]);
    const before = conversations.snapshot().unreadTotal;
    server.faults.events({shuffle: 2});
    for (const content of ['first', 'second']) server.message({conversationId: 10, from: 2, content});
    server.message({conversationId: 10, from: 1, content: 'own'});
    await server.advance(1_000);
    const {unreadTotal, conversations: rows} = conversations.snapshot();
    assert.equal(unreadTotal, before + 2);
    assert.equal(rows[0]?.lastMessage?.content, 'own');
  });

  it('forgets what was said in a message that is edited or deleted', async (test) => {
    const {server, client} = await openScene(1);
    test.after(() => server.dispose());
    const loading = client.conversations.load();
    await server.settle();
    await loading;
    const unwanted = server.message({conversationId: 10, from: 2, content: 'unwanted'});
    const wanted = server.message({conversationId: 10, from: 2, content: 'wanted'});
    await server.settle();
    const before = client.conversations.snapshot().unreadTotal;
    server.edit(wanted.id, 'as wanted');
    server.remove(unwanted.id);
    await server.settle();
    assert.equal(client.conversations.snapshot().conversations[0]?.lastMessage?.content, 'as wanted');
    assert.equal(client.conversations.snapshot().unreadTotal, before - 1);
    server.remove(wanted.id);
    await server.settle();
    assert.equal(client.conversations.snapshot().conversations[0]?.lastMessage?.content, '');
  });

  it('forgets it also where the server sends no row with an edit or a deletion', async (test) => {
    const {server, client} = await openScene(1);
    test.after(() => server.dispose());
    const {conversations} = client;
    await Promise.all([conversations.load(), server.settle()]);
    server.faults.events({match: /ConversationChangedEvent/, drop: true, share: 1});
    const {id} = server.message({conversationId: 10, from: 2, content: 'unwanted'});
    await server.settle();
    server.edit(id, 'as wanted');
    await server.settle();
    assert.equal(conversations.snapshot().conversations[0]?.lastMessage?.content, 'as wanted');
    server.remove(id);
    await server.settle();
    assert.equal(conversations.snapshot().conversations[0]?.lastMessage?.content, '');
  });

  it('no longer counts it either', async (test) => {
    const {server, client} = await openScene(1);
    test.after(() => server.dispose());
    const {conversations} = client;
    await Promise.all([conversations.load(), server.settle()]);
    const before = conversations.snapshot().unreadTotal;
    server.faults.events({match: /ConversationChangedEvent/, drop: true, times: Infinity});
    const {id} = server.message({conversationId: 10, from: 2, content: 'unwanted'});
    await server.settle();
    assert.equal(conversations.snapshot().unreadTotal, before + 1);
    server.remove(id);
    await server.advance(5_000);
    assert.equal(conversations.snapshot().unreadTotal, before);
  });

  it('keeps the newer text of an edit that comes before an older one', async () => {
    const {list, asked} = openList();
    const said = (content: string, revision: number) => stored(1, {conversationId: 10, content, revision});
    const loading = list.load();
    asked[0]?.answer({conversations: [{...row('first', 5), lastMessage: said('first', 5)}], nextCursor: null});
    await loading;
    list.take(new MessageUpdatedEvent(origin, said('third', 7)));
    list.take(new MessageUpdatedEvent(origin, said('second', 6)));
    list.take(new MessageUpdatedEvent(origin, {...said('of another', 8), id: 2}));
    assert.equal(list.snapshot().conversations[0]?.lastMessage?.content, 'third');
  });

  it('counts a message that is too long for the wire, in a conversation that nobody has open', async (test) => {
    const {server, client} = await openScene();
    test.after(() => server.dispose());
    server.addConversation({id: 11});
    const {conversations} = client;
    await Promise.all([conversations.load(), server.settle()]);
    const before = conversations.snapshot().unreadTotal;
    const content = 'long '.repeat(2_000);
    server.message({conversationId: 11, from: 2, content});
    await server.settle();
    const {unreadTotal, conversations: rows} = conversations.snapshot();
    assert.equal(unreadTotal, before + 1);
    assert.equal(rows[0]?.lastMessage?.content, content);
  });

  it('asks once at a time for messages that are too long for the wire, and pauses, however many there are', async () => {
    const {list, asked, clock, answer} = openList();
    void list.load();
    await answer(null, row('first', 5));
    const hint = (revision: number): void =>
      list.take(new MessageHintEvent(origin, {conversationId: 10, messageId: revision, revision}));
    for (let revision = 6; revision < 16; revision += 1) hint(revision);
    assert.equal(asked.length, 2);
    await answer(null, row('first', 14));
    assert.equal(asked.length, 2);
    await clock.advance(2_000);
    assert.equal(asked.length, 3);
    await answer(null, row('first', 15));
    await clock.advance(60_000);
    assert.equal(asked.length, 3);
  });

  it('asks nobody for what a peer claims, or for what is in it already', async () => {
    const {list, asked, clock, answer} = openList();
    const loading = list.load();
    asked[0]?.answer({conversations: [row('first', 5)], nextCursor: null});
    await loading;
    const hint = {conversationId: 10, messageId: 1};
    list.take(new MessageHintEvent({channel: 'presence-conversation.10', name: 'client-message'}, {...hint, revision: null}));
    list.take(new MessageHintEvent(origin, {...hint, revision: 5}));
    list.take(new MessageHintEvent(origin, {...hint, conversationId: 11, revision: null}));
    assert.equal(asked.length, 1);
    list.take(new MessageHintEvent(origin, {...hint, revision: 6}));
    assert.equal(asked.length, 2);
    list.take(new MessageHintEvent(origin, {...hint, conversationId: 11, revision: 1}));
    await answer(null, row('first', 6));
    await clock.advance(2_000);
    assert.equal(asked.length, 3, 'a conversation that begins with a long message');
  });
});
