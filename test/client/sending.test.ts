import assert from 'node:assert/strict';
import {getEventListeners} from 'node:events';
import {afterEach, beforeEach, describe, it} from 'node:test';
import type {ChatApi} from '../../src/api/chat-api.js';
import type {ConversationContext} from '../../src/client/conversation-context.js';
import {createChatClient} from '../../src/client/create-chat-client.js';
import type {OutboxItem} from '../../src/client/outbox-storage.js';
import type {OutboxChange} from '../../src/client/outbox.js';
import {Sending} from '../../src/client/sending.js';
import type {MessageNews} from '../../src/client/types.js';
import {ApiError, type Attachment, type Message} from '../../src/model/index.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';
import {stored} from '../support/messages.js';
import {contextOf} from './context.js';
import {contents, last, openScene, type Scene} from './scene.js';

describe('sending', () => {
  let scene: Scene;
  let news: MessageNews[];

  beforeEach(async () => {
    scene = await openScene();
    news = [];
    scene.conversation.onMessage((item) => news.push(item));
  });

  afterEach(() => scene.server.dispose());

  const storedContents = (): string[] =>
    scene.server
      .messages(10)
      .slice(3)
      .map(({content}) => content);

  it('shows the message at once, and puts the stored one in its place', async () => {
    const {server, conversation} = scene;
    const sending = conversation.send('hello');
    assert.equal(conversation.messages.size, 4);
    assert.match(last(conversation).status, /queued|sending/);
    assert.equal(last(conversation).sender.name, 'Ali Karimov');
    const {tempId} = last(conversation);
    await server.settle();
    const message = await sending;
    assert.equal(conversation.messages.size, 4);
    assert.equal(last(conversation).id, message.id);
    assert.equal(last(conversation).status, 'sent');
    assert.equal(last(conversation).tempId, tempId);
    assert.deepEqual(
      news.map(({type}) => type),
      ['sent'],
    );
  });

  it('shows at once what it is an answer to', async () => {
    const {conversation} = scene;
    const question = last(conversation);
    void conversation.send('yes', {replyToId: question.id});
    assert.deepEqual(last(conversation).replyTo, {id: question.id, sender: question.sender, content: question.content});
    await scene.server.settle();
  });

  it('shows it once where the client was not told who the person is', async () => {
    const {server} = scene;
    const {address, environment} = server;
    const client = createChatClient({...address, environment, token: server.token(1), userChannel: 'private-user.1'});
    const conversation = client.conversation(10);
    conversation.open();
    void client.connect();
    await server.settle();
    await Promise.all([conversation.send('hello'), server.settle()]);
    assert.deepEqual(contents(conversation).slice(3), ['hello']);
    assert.equal(last(conversation).status, 'sent');
    client.dispose();
  });

  it('takes the echo as the answer when the answer is lost, and sends nothing twice', async () => {
    const {server, conversation} = scene;
    server.faults.rest({match: /POST .*messages/, lost: true, times: 1});
    const sending = conversation.send('hello');
    await server.settle();
    assert.equal((await sending).content, 'hello');
    await server.advance(60_000);
    assert.deepEqual(storedContents(), ['hello']);
    assert.equal(conversation.messages.size, 4);
    assert.deepEqual(
      news.map(({type}) => type),
      ['sent'],
    );
  });

  it('is told what was stored also where nobody has the conversation open, though the answer was lost and the echo came', async () => {
    const {server, client} = scene;
    server.addConversation({id: 11});
    server.faults.rest({match: /POST .*messages/, lost: true, times: 1});
    const sent = client.sendMessage({conversationId: 11, content: 'hello'});
    await server.advance(60_000);
    assert.equal((await sent).status, 'sent');
    assert.equal(last(client.conversation(11)).status, 'sent');
  });

  it('takes the answer where no echo comes, and sends nothing twice', async () => {
    const {server, conversation} = scene;
    server.faults.events({drop: true, times: Infinity});
    await Promise.all([conversation.send('hello'), server.settle()]);
    await server.advance(60_000);
    assert.equal(server.log.requestsTo('POST', /messages$/).length, 1);
    assert.equal(last(conversation).status, 'sent');
    assert.equal(conversation.messages.size, 4);
  });

  it('sends again with the same temp id when answer and echo are lost', async () => {
    const {server, conversation} = scene;
    server.faults.rest({match: /POST .*messages/, lost: true, times: 3});
    server.faults.events({drop: true, times: 1});
    const sending = conversation.send('hello');
    await server.advance(120_000);
    assert.equal((await sending).content, 'hello');
    assert.deepEqual(storedContents(), ['hello']);
    assert.equal(conversation.messages.size, 4);
  });

  it('has one message of a conversation under way at a time, under the same temp id at each try', async () => {
    const {server, client, conversation} = scene;
    server.addConversation({id: 11});
    const other = client.conversation(11);
    other.open();
    await server.settle();
    server.faults.rest({match: /POST .*messages/, status: 503, share: 0.5, delay: 300});
    const {api} = client;
    const underWay = new Map<unknown, number>();
    const tries: string[] = [];
    const {sendMessage} = api;
    api.sendMessage = async (id, request) => {
      underWay.set(id, (underWay.get(id) ?? 0) + 1);
      assert.equal(underWay.get(id), 1);
      tries.push(request.tempId);
      return sendMessage.call(api, id, request).finally(() => underWay.set(id, 0));
    };
    const all = ['a', 'b', 'c'].flatMap((text) => [conversation.send(text), other.send(text)]);
    await server.advance(300_000);
    const sent = await Promise.all(all);
    assert.ok(tries.length > 6, 'some were tried again');
    assert.deepEqual(new Set(tries), new Set(sent.map(({tempId}) => tempId)));
    assert.deepEqual(storedContents(), ['a', 'b', 'c']);
  });

  it('keeps the order of writing through failures', async () => {
    const {server, conversation} = scene;
    server.faults.rest({match: /POST .*messages/, status: 503, share: 0.5});
    const all = ['a', 'b', 'c', 'd', 'e'].map((text) => conversation.send(text));
    assert.deepEqual(contents(conversation).slice(3), ['a', 'b', 'c', 'd', 'e']);
    await server.advance(300_000);
    await Promise.all(all);
    assert.deepEqual(storedContents(), ['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(contents(conversation).slice(3), ['a', 'b', 'c', 'd', 'e']);
  });

  it('fails one refused message with its reason, and sends the next', async () => {
    const {server, conversation} = scene;
    const body = JSON.stringify({message: 'Too rude.', errors: {content: ['Too rude.']}});
    server.faults.rest({match: /POST .*messages/, status: 422, body, times: 1});
    const refused = conversation.send('rude');
    const next = conversation.send('polite');
    await server.settle();
    await assert.rejects(refused, (error) => error instanceof ApiError && error.status === 422);
    await next;
    const failed = conversation.messages.at(conversation.messages.size - 1);
    assert.equal(failed?.status, 'failed');
    assert.match(failed.error?.message ?? '', /Too rude/);
    assert.deepEqual(storedContents(), ['polite']);
    assert.deepEqual(news.map(({type}) => type).sort(), ['failed', 'sent']);
  });

  it('sends a failed message again when asked, in place', async () => {
    const {server, conversation} = scene;
    server.faults.rest({match: /POST .*messages/, status: 403, times: 1});
    await Promise.all([assert.rejects(conversation.send('hello')), server.settle()]);
    const again = conversation.retry(last(conversation).tempId ?? '');
    assert.equal(last(conversation).status, 'queued');
    await server.settle();
    assert.equal((await again).content, 'hello');
    assert.equal(last(conversation).status, 'sent');
    assert.equal(conversation.messages.size, 4);
  });

  it('has nothing to try again, and nothing to discard, of a message that is on its way or there', async () => {
    const {server, conversation} = scene;
    const sending = conversation.send('hello');
    const tempId = last(conversation).tempId ?? '';
    await assert.rejects(conversation.retry(tempId), {code: 'not-found'});
    await server.settle();
    assert.equal((await sending).content, 'hello');
    await assert.rejects(conversation.retry(tempId), {code: 'not-found'});
    conversation.discard(tempId);
    assert.equal(last(conversation).content, 'hello');
  });

  it('tells whoever waits for it when the person goes before it is sent', async () => {
    const {server, client, conversation} = scene;
    server.stop();
    const sending = conversation.send('too late');
    await Promise.all([assert.rejects(sending, {code: 'aborted'}), client.shutdown(), server.settle()]);
  });

  it('forgets a discarded message, and never sends it', async () => {
    const {server, conversation} = scene;
    server.stop();
    const sending = conversation.send('never mind');
    await server.advance(1_000);
    conversation.discard(last(conversation).tempId ?? '');
    await assert.rejects(sending, (error) => error instanceof ApiError && error.code === 'aborted');
    server.start();
    await server.advance(60_000);
    assert.deepEqual(storedContents(), []);
    assert.equal(conversation.messages.size, 3);
  });

  it('sends what was written while the server was away, however long that is', async () => {
    const {server, conversation} = scene;
    server.stop();
    const sending = conversation.send('later');
    await server.advance(30_000);
    assert.equal(last(conversation).status, 'queued');
    await server.advance(3_600_000);
    assert.equal(last(conversation).status, 'queued');
    server.start();
    await server.advance(60_000);
    await sending;
    assert.equal(last(conversation).status, 'sent');
    assert.deepEqual(storedContents(), ['later']);
  });

  it('gives up a message that the server chokes on, so that the next ones get through', async () => {
    const {server, conversation} = scene;
    let choked: string | null = null;
    server.faults.rest({match: /POST .*messages/, status: 500, times: 8});
    const poison = conversation.send('poison').catch((error: unknown) => {
      choked = error instanceof ApiError ? error.code : 'other';
    });
    const next = conversation.send('fine');
    await server.advance(600_000);
    await Promise.all([poison, next]);
    assert.equal(choked, 'server');
    assert.deepEqual(storedContents(), ['fine']);
  });

  it('gives up a message to which the server keeps answering in another shape, and says so', async () => {
    const {server, conversation} = scene;
    server.faults.rest({match: /POST .*messages/, status: 200, body: '{"message":{}}', times: 100});
    const sending = conversation.send('hello');
    sending.catch(() => undefined);
    await server.advance(600_000);
    assert.equal(last(conversation).status, 'failed');
    await assert.rejects(sending, (error) => error instanceof ApiError && error.code === 'malformed-answer');
  });

  it('gives up a message whose call the API of the host broke off by itself, and does not try without end', async () => {
    const {server} = scene;
    const {api, tries} = refusing((count) =>
      count > 20 ? new ApiError('forbidden', 'No.', {status: 403}) : new ApiError('aborted', 'Given up.'),
    );
    const sending = server.client({userId: 1, api}).conversation(10).send('hello');
    const refused = assert.rejects(sending, ApiError);
    await server.settle();
    await refused;
    assert.equal(tries(), 1);
  });

  it('does not hold the server errors of a discarded message against the next one', async () => {
    const {server, conversation} = scene;
    let tries = 0;
    server.faults.rest({match: ({name}) => /POST .*messages/.test(name) && ++tries <= 8, status: 500, times: 8});
    conversation.send('poison').catch(() => undefined);
    while (tries < 7) await server.advance(100);
    conversation.discard(last(conversation).tempId ?? '');
    const next = conversation.send('fine');
    await server.advance(120_000);
    assert.equal((await next).content, 'fine');
    assert.deepEqual(storedContents(), ['fine']);
  });

  it('refuses what is empty without showing it', async () => {
    await assert.rejects(scene.conversation.send('  \n '), (error) => error instanceof ApiError && error.code === 'invalid');
    assert.equal(scene.conversation.messages.size, 3);
  });

  for (const [status, what] of [
    [502, 'a proxy finds no server behind it'],
    [503, 'the server is in maintenance'],
    [504, 'a proxy gets no answer from the server'],
    [521, 'a content delivery network finds no server behind it'],
  ] as const) {
    it(`keeps what was written while ${what} (${status}), however long, and sends it in order`, async () => {
      const {server, conversation} = scene;
      const before = storedContents().length;
      const back = server.faults.rest({match: /POST .*messages/, status, times: 1_000});
      const sending = ['first', 'second', 'third'].map((text) => conversation.send(text));
      await server.advance(1_800_000);
      back();
      await server.advance(30_000);
      await Promise.all(sending);
      assert.deepEqual(storedContents().slice(before), ['first', 'second', 'third']);
    });
  }

  for (const code of ['forbidden', 'not-found', 'too-large', 'invalid'] as const) {
    it(`gives up at once what an API of the page calls ${code}, though it has no status to give`, async () => {
      const {server} = scene;
      const {api, tries} = refusing(() => new ApiError(code, 'No.'));
      const sending = server.client({userId: 1, api}).conversation(10).send('hello');
      await Promise.all([assert.rejects(sending, {code}), server.advance(60_000)]);
      assert.equal(tries(), 1);
    });
  }

  describe('files', () => {
    const picture = (): File => new File(['x'], 'holiday.png', {type: 'image/png'});
    const names = (): string[] => last(scene.conversation).attachments.map(({name}) => name);

    it('are shown by their names before the server has them, and then as it has them', async () => {
      const {server, conversation} = scene;
      const known = {
        id: 5,
        name: 'plan.txt',
        mimeType: 'text/plain',
        size: 1,
        url: '/plan.txt',
        thumbnailUrl: null,
        width: null,
        height: null,
      };
      server.faults.rest({match: /attachments/, delay: 3_000, times: 1});
      void conversation.send('', {files: [picture()], attachments: [known]});
      assert.deepEqual(names(), ['plan.txt', 'holiday.png']);
      assert.equal(last(conversation).attachments[1]?.url, '');
      await server.advance(2_000);
      assert.equal(last(conversation).status, 'sending');
      server.faults.rest({match: /POST .*messages/, delay: 3_000, times: 1});
      await server.advance(2_000);
      assert.deepEqual(names(), ['plan.txt', 'holiday.png']);
      assert.notEqual(last(conversation).attachments[1]?.url, '');
    });

    it('need no text, whether the server has them or not', async () => {
      const {server, conversation} = scene;
      const [{attachments}] = await Promise.all([conversation.send('', {files: [picture()]}), server.advance(5_000)]);
      assert.equal(attachments.length, 1);
      const [again] = await Promise.all([conversation.send('', {attachments}), server.advance(5_000)]);
      assert.equal(again.attachments.length, 1);
    });

    it('are not overtaken by what was written after them', async () => {
      const {server, conversation} = scene;
      server.faults.rest({match: /attachments/, delay: 3_000, times: 1});
      void conversation.send('one', {files: [picture()]});
      void conversation.send('two');
      void conversation.send('three', {files: [picture()]});
      void conversation.send('four');
      await server.advance(2_000);
      assert.deepEqual(storedContents(), []);
      await server.advance(10_000);
      assert.deepEqual(storedContents(), ['one', 'two', 'three', 'four']);
    });

    it('are tried again after a failure that may pass, and each is uploaded once', async () => {
      const {server, conversation} = scene;
      let tries = 0;
      server.faults.rest({match: ({name}) => name.includes('attachments') && ++tries === 2, status: 503, times: 1});
      const sending = conversation.send('one', {files: [picture(), picture()]});
      await server.advance(30_000);
      assert.equal((await sending).attachments.length, 2);
      assert.equal(server.log.requestsTo('POST', /attachments/).length, 3);
    });

    it('do not hold back what follows when the server refuses them, and are kept for another try', async () => {
      const {server, conversation} = scene;
      server.faults.rest({match: /attachments/, status: 413, times: 1});
      const refused = conversation.send('one', {files: [picture()]});
      const next = conversation.send('two');
      await Promise.all([assert.rejects(refused, {code: 'too-large'}), next, server.advance(5_000)]);
      assert.deepEqual(storedContents(), ['two']);
      const {tempId, attachments, status} = last(conversation);
      assert.equal(status, 'failed');
      assert.deepEqual(
        attachments.map(({name}) => name),
        ['holiday.png'],
      );
      const again = conversation.retry(tempId ?? '');
      await server.advance(5_000);
      assert.equal((await again).attachments.length, 1);
    });

    it('are given up after five tries, as a proxy may answer what is too large with a broken connection', async () => {
      const {server, conversation} = scene;
      server.faults.rest({match: /attachments/, unreachable: true, times: 100});
      const sending = conversation.send('one', {files: [picture()]});
      await Promise.all([assert.rejects(sending, {code: 'network'}), server.advance(120_000)]);
      assert.equal(server.log.requestsTo('POST', /attachments/).length, 5);
    });

    it('wait for the network, as a text does', async () => {
      const {server, conversation} = scene;
      server.stop();
      const sending = conversation.send('one', {files: [picture()]});
      await server.advance(600_000);
      assert.equal(last(conversation).status, 'queued');
      server.start();
      await server.advance(60_000);
      assert.equal((await sending).attachments.length, 1);
    });

    it('are given up in the end where there is never a connection', async () => {
      const {server, conversation} = scene;
      server.stop();
      const sending = conversation.send('one', {files: [picture()]});
      await Promise.all([assert.rejects(sending, {code: 'network'}), server.advance(3_600_000)]);
    });

    it('of a message that was discarded meanwhile are not sent', async () => {
      const {server, conversation} = scene;
      server.faults.rest({match: /attachments/, delay: 3_000, times: 1});
      conversation.send('one', {files: [picture()]}).catch(() => undefined);
      await server.advance(1_000);
      conversation.discard(last(conversation).tempId ?? '');
      await Promise.all([conversation.send('two'), server.advance(10_000)]);
      assert.deepEqual(storedContents(), ['two']);
      assert.deepEqual(contents(conversation).slice(3), ['two']);
    });

    for (const [what, fault] of [
      ['is still being uploaded', {delay: 100_000}],
      ['waits for its next try', {status: 503, headers: {'Retry-After': '3600'}}],
    ] as const) {
      it(`hold nothing back once the message is discarded, though one ${what}, and the others stay here`, async () => {
        const {server, conversation} = scene;
        server.faults.rest({match: /attachments/, ...fault, times: 1});
        conversation.send('one', {files: [picture(), picture()]}).catch(() => undefined);
        await server.advance(1_000);
        conversation.discard(last(conversation).tempId ?? '');
        void conversation.send('two');
        await server.advance(5_000);
        assert.deepEqual(storedContents(), ['two']);
        await server.advance(200_000);
        assert.equal(server.log.requestsTo('POST', /attachments/).length, 1);
      });
    }
  });
});

const file = new File(['x'], 'holiday.png', {type: 'image/png'});
const attachment: Attachment = {
  id: 5,
  name: 'holiday.png',
  mimeType: 'image/png',
  size: 1,
  url: '',
  thumbnailUrl: null,
  width: null,
  height: null,
};

/** One part of conversation 7, whose uploads and disk wait until they are answered here. */
class UploadScene {
  readonly clock = new VirtualClock();
  readonly uploads: {answer(attachment: Attachment): void; fail(error: ApiError): void}[] = [];
  readonly kept: OutboxItem[] = [];
  readonly added: OutboxItem[] = [];
  /** What each of `added` waits for. */
  readonly turns: Promise<unknown>[] = [];
  readonly confirmed: string[] = [];
  readonly news: MessageNews[] = [];
  /** How many messages other tabs are told to leave alone. */
  claims = 0;
  /** How often the disk was asked. */
  looks = 0;
  /** Answers what the disk was asked for. */
  list: (items: readonly OutboxItem[]) => void = () => undefined;
  /** Answers who asks which locks are held. */
  tellLocks: () => void = () => undefined;
  readonly #ending = new AbortController();
  readonly #context: ConversationContext;
  readonly sending: Sending;

  constructor() {
    const session = {
      clock: this.clock,
      random: () => 0,
      userId: 1,
      signal: this.#ending.signal,
      link: {connection: {status: {state: 'connected'}}},
      writingTime: () => 1,
      locks: {
        request: async (_name: string, _options: object, hold: () => Promise<void>) => {
          this.claims += 1;
          await hold();
          this.claims -= 1;
        },
        query: () => new Promise((resolve) => (this.tellLocks = () => resolve({held: []}))),
      },
      api: {uploadAttachment: () => new Promise((resolve, reject) => this.uploads.push({answer: resolve, fail: reject}))},
      outbox: {
        isDurable: true,
        keep: (item: OutboxItem) => Promise.resolve(this.kept.push(item)),
        add: (item: OutboxItem, after?: Promise<unknown>) => {
          this.turns.push(Promise.resolve(after));
          return Promise.resolve(this.added.push(item));
        },
        discard: () => Promise.resolve(),
        confirm: (tempId: string) => Promise.resolve(this.confirmed.push(tempId)),
        list: () => {
          this.looks += 1;
          return new Promise<readonly OutboxItem[]>((resolve) => (this.list = resolve));
        },
      },
    };
    this.#context = contextOf(session, {signal: this.#ending.signal});
    this.#context.news.add((news) => this.news.push(news));
    this.sending = new Sending(this.#context);
  }

  get isSafe(): boolean {
    return this.#context.state.state.unsentIsSafe;
  }

  /** Shows messages that the server has. */
  has(...messages: readonly Message[]): void {
    this.#context.store.rebase({messages, hasMoreBefore: true, hasMoreAfter: false, revision: null});
  }

  get statuses(): string[] {
    const {head} = this.#context.store;
    return head.slice(0, head.size).map(({status}) => status);
  }

  get last(): Message {
    const {head} = this.#context.store;
    const message = head.at(head.size - 1);
    assert.ok(message);
    return message;
  }

  get shown(): Message | undefined {
    return this.#context.store.head.at(0);
  }

  /** The server says that it has the message. */
  echo(message: Message): void {
    this.#context.store.take([message]);
    this.sending.settle(message);
  }

  /** How many things listen for the person to go. */
  get listeners(): number {
    return getEventListeners(this.#ending.signal, 'abort').length;
  }

  leave(): void {
    this.#ending.abort();
  }
}

describe('a message on its way', () => {
  const question = stored(3, {conversationId: 7});
  const own = {conversationId: 7, sender: {id: 1, name: 'Ali'}} as const;

  it('is handed over as it was written, and looks so', async () => {
    const scene = new UploadScene();
    scene.has(question);
    void scene.sending.send('yes', {attachments: [attachment], replyToId: 3});
    await scene.clock.advance(0);
    const shown = scene.last;
    const {tempId} = shown;
    assert.deepEqual(scene.added, [
      {tempId, conversationId: 7, content: 'yes', replyToId: 3, attachmentIds: [5], writtenAt: 1, failure: null},
    ]);
    assert.deepEqual(scene.kept, []);
    assert.equal(scene.claims, 0);
    const {id, conversationId, content, createdAt, replyTo, attachments, sender, status, error} = shown;
    assert.deepEqual([id, conversationId, content, createdAt.getTime(), sender.id], [tempId, 7, 'yes', 1, 1]);
    assert.deepEqual(replyTo, {id: 3, sender: question.sender, content: question.content});
    assert.deepEqual([attachments, status, error], [[attachment], 'queued', null]);
  });

  it('is handed over with the files that the server has by then, and other tabs leave it alone until then', async () => {
    const scene = new UploadScene();
    void scene.sending.send('look', {attachments: [3, 4].map((id) => ({...attachment, id})), files: [file]});
    await scene.clock.advance(0);
    assert.equal(scene.claims, 1);
    const {tempId} = scene.last;
    assert.deepEqual(scene.last.attachments[2], {...attachment, id: ''});
    const item = {tempId, conversationId: 7, content: 'look', replyToId: null, writtenAt: 1} as const;
    const failure = {code: 'aborted', message: 'The page was left before its files were uploaded.', status: null};
    assert.deepEqual(scene.kept, [{...item, attachmentIds: [3, 4], failure}]);
    scene.uploads[0]?.answer(attachment);
    await scene.clock.advance(0);
    assert.deepEqual(scene.added, [{...item, attachmentIds: [3, 4, 5], failure: null}]);
    assert.equal(scene.claims, 0);
    assert.deepEqual(
      scene.last.attachments.map(({id}) => id),
      [3, 4, 5],
    );
    scene.sending.moved(tempId ?? '', 'sending');
    assert.deepEqual(scene.sending.emptied(false), scene.added, 'it is a message like any other now');
  });

  it('waits for all files that were written before it, whichever are there first', async () => {
    const scene = new UploadScene();
    for (const content of ['first', 'second']) void scene.sending.send(content, {files: [file]});
    void scene.sending.send('third', {});
    await scene.clock.advance(0);
    let isItsTurn = false;
    void scene.turns[0]?.then(() => (isItsTurn = true));
    scene.uploads[1]?.answer(attachment);
    await scene.clock.advance(0);
    assert.equal(isItsTurn, false);
    scene.uploads[0]?.answer(attachment);
    await scene.clock.advance(0);
    assert.equal(isItsTurn, true);
    assert.deepEqual(
      scene.added.map(({content}) => content),
      ['third', 'second', 'first'],
    );
  });

  it('is still waited for when the disk is read meanwhile', async () => {
    const scene = new UploadScene();
    const sending = scene.sending.send('hello', {});
    await scene.clock.advance(0);
    const restoring = scene.sending.restore(true);
    scene.list(scene.added);
    await restoring;
    assert.equal(scene.isSafe, true);
    scene.echo(stored(9, {...own, tempId: scene.last.tempId}));
    assert.equal((await sending).id, 9);
  });

  it('fails once, with its reason, and is told so to whoever waits', async () => {
    const scene = new UploadScene();
    const sending = scene.sending.send('hello', {});
    await scene.clock.advance(0);
    const tempId = scene.last.tempId ?? '';
    const error = new ApiError('forbidden', 'No.', {status: 403});
    scene.sending.failed(tempId, error);
    scene.sending.failed(tempId, error);
    scene.sending.failed('another', error);
    await assert.rejects(sending, error);
    assert.deepEqual(scene.news, [{type: 'failed', message: scene.last, error}]);
    assert.deepEqual([scene.last.status, scene.last.error], ['failed', error]);
    await assert.rejects(scene.sending.retry('another'), {code: 'not-found'});
    scene.echo(stored(9, {...own, tempId}));
    assert.equal(scene.last.status, 'sent');
    assert.equal(scene.news.length, 1, 'nobody waits for it any more');
  });

  it('is told of once when it is stored, however that is learned', async () => {
    const scene = new UploadScene();
    const sending = scene.sending.send('hello', {});
    await scene.clock.advance(0);
    const tempId = scene.last.tempId ?? '';
    scene.sending.settle(scene.last);
    assert.deepEqual(scene.confirmed, [], 'it is not stored yet');
    const message = stored(9, {...own, tempId});
    scene.echo(message);
    scene.echo(message);
    scene.sending.moved(tempId, 'sending');
    scene.sending.failed(tempId, new ApiError('network', 'Too late.'));
    scene.sending.discard(tempId);
    assert.equal((await sending).id, 9);
    assert.deepEqual(scene.news, [{type: 'sent', message: scene.last}]);
    assert.deepEqual([scene.confirmed, scene.statuses], [[tempId], ['sent']]);
  });

  it('is asked for again only if the server may have it, and nobody has said what became of it', async () => {
    const scene = new UploadScene();
    for (const content of ['queued', 'sending', 'failed', 'waits again', 'stored']) void scene.sending.send(content, {});
    void scene.sending.send('uploading', {files: [file]});
    await scene.clock.advance(0);
    const [queued = '', sending = '', failed = '', again = '', there = ''] = scene.added.map(({tempId}) => tempId);
    for (const tempId of [sending, failed, again, there]) scene.sending.moved(tempId, 'sending');
    for (const tempId of [queued, again]) scene.sending.moved(tempId, 'queued');
    scene.sending.failed(failed, new ApiError('forbidden', 'No.'));
    scene.echo(stored(9, {...own, tempId: there}));
    assert.deepEqual(scene.sending.emptied(false), [scene.added[1], scene.added[3]]);
    for (const {tempId} of scene.added) scene.sending.discard(tempId);
    // What is uploaded is in no outbox.
    assert.deepEqual(scene.sending.emptied({check: assert.fail}), []);
  });

  it('is taken up where another tab sent it or discarded it', async () => {
    const scene = new UploadScene();
    const tab = (tempId: string, change: OutboxChange): boolean => scene.sending.followTab({tempId, change});
    const discarded = scene.sending.send('discarded', {});
    void scene.sending.send('sent', {});
    await scene.clock.advance(0);
    const [first = '', second = ''] = scene.added.map(({tempId}) => tempId);
    scene.has(stored(9, {...own, tempId: 'there'}));
    assert.equal(tab(first, 'discarded'), false);
    await assert.rejects(discarded, {code: 'aborted'});
    assert.equal(tab(second, 'sending'), false);
    assert.deepEqual(scene.statuses, ['sent', 'queued']);
    assert.equal(tab(second, 'sent'), true);
    assert.deepEqual(scene.statuses, ['sent', 'sending']);
    assert.equal(tab('unknown', 'sent'), true);
    assert.equal(tab('there', 'sent'), false);
    assert.equal(tab('there', 'discarded'), false);
    assert.deepEqual(scene.statuses, ['sent', 'sending'], 'what is stored stays');
    assert.equal(scene.looks, 0);
    assert.equal(tab('unknown', 'added'), false);
    assert.equal(tab('unknown', 'failed'), false);
    assert.equal(scene.looks, 2);
  });

  it('is given up when the person goes, and nothing is shown or taken any more', async () => {
    const scene = new UploadScene();
    const text = scene.sending.send('hello', {});
    const upload = scene.sending.send('look', {files: [file]});
    await scene.clock.advance(0);
    const restoring = scene.sending.restore();
    scene.leave();
    await Promise.all([text, upload].map((sending) => assert.rejects(sending, {code: 'aborted'})));
    await assert.rejects(scene.sending.send('late', {}), {code: 'aborted'});
    scene.list([{...scene.added[0]!, tempId: 'other'}]);
    await restoring;
    assert.equal(scene.claims, 0);
    assert.equal(scene.statuses.length, 2);
  });
});

describe('a message whose files are on their way', () => {
  it('has not failed because the disk, when it answers, still has it as one that has', async () => {
    const scene = new UploadScene();
    scene.sending.send('look', {files: [file]}).catch(() => undefined);
    await scene.clock.advance(0);
    const restoring = scene.sending.restore(true);
    scene.uploads[0]?.answer(attachment);
    await scene.clock.advance(0);
    scene.list(scene.kept);
    await restoring;
    assert.equal(scene.kept.length, 1);
    assert.deepEqual(scene.statuses, ['sending']);
  });

  it('is shown as the server has it if another tab sends it without its files', async () => {
    const scene = new UploadScene();
    const sending = scene.sending.send('look', {files: [file]});
    await scene.clock.advance(0);
    scene.echo(
      stored(9, {conversationId: 7, sender: {id: 1, name: 'Ali'}, tempId: scene.shown?.tempId ?? null, content: 'look'}),
    );
    scene.uploads[0]?.answer(attachment);
    await scene.clock.advance(0);
    assert.deepEqual((await sending).attachments, []);
    assert.deepEqual([scene.shown?.status, scene.shown?.attachments], ['sent', []]);
    assert.deepEqual(scene.added, [], 'it is not sent once more');
  });

  it('is not on the disk again for the next page to send, if it was discarded meanwhile', async () => {
    for (const end of [
      (scene: UploadScene) => scene.uploads[0]?.answer(attachment),
      (scene: UploadScene) => scene.uploads[0]?.fail(new ApiError('too-large', 'Too large.', {status: 413})),
    ]) {
      const scene = new UploadScene();
      scene.sending.send('look', {files: [file]}).catch(() => undefined);
      await scene.clock.advance(0);
      scene.kept.length = 0;
      scene.sending.discard(scene.shown?.tempId ?? '');
      end(scene);
      await scene.clock.advance(0);
      assert.deepEqual([...scene.added, ...scene.kept], []);
    }
  });

  it('is shown by the next page with the reason why they were refused; without a text there is nothing to show', async () => {
    for (const [text, codes] of [
      ['look', ['aborted', 'too-large']],
      [' ', []],
    ] as const) {
      const scene = new UploadScene();
      scene.sending.send(text, {files: [file]}).catch(() => undefined);
      await scene.clock.advance(0);
      scene.uploads[0]?.fail(new ApiError('too-large', 'Too large.', {status: 413}));
      await scene.clock.advance(0);
      assert.deepEqual(
        scene.kept.map(({failure}) => failure?.code),
        codes,
      );
      assert.deepEqual(scene.statuses, ['failed']);
    }
  });

  it('has failed when they take too long: the next try would take as long', async () => {
    const scene = new UploadScene();
    scene.sending.send('look', {files: [file]}).catch(() => undefined);
    await scene.clock.advance(0);
    scene.uploads[0]?.fail(new ApiError('timeout', 'No answer.'));
    await scene.clock.advance(60_000);
    assert.deepEqual(scene.statuses, ['failed']);
    assert.equal(scene.uploads.length, 1);
  });

  it('uploads no further file once the person goes, in whose name the next one might be', async () => {
    const scene = new UploadScene();
    scene.sending.send('look', {files: [file, new File(['y'], 'beach.png')]}).catch(() => undefined);
    await scene.clock.advance(0);
    scene.leave();
    scene.uploads[0]?.answer(attachment);
    await scene.clock.advance(0);
    assert.equal(scene.uploads.length, 1);
    assert.deepEqual(scene.news, []);
  });

  it('leaves no timer when the person goes, and no listener after a pause', async () => {
    const scene = new UploadScene();
    scene.sending.send('look', {files: [file]}).catch(() => undefined);
    await scene.clock.advance(0);
    const listeners = scene.listeners;
    for (let tries = 0; tries < 3; tries += 1) {
      scene.uploads[tries]?.fail(new ApiError('network', 'No network.'));
      await scene.clock.advance(0);
      assert.equal(scene.clock.pending, 1);
      assert.equal(scene.listeners, listeners);
      if (tries < 2) await scene.clock.advance(60_000);
    }
    scene.leave();
    assert.equal(scene.clock.pending, 0);
    await scene.clock.advance(60_000);
    assert.equal(scene.uploads.length, 3);
  });
});

describe('a message that an earlier page could not send', () => {
  const failure = {code: 'server', message: 'Broken.', status: 500} as const;
  const item: OutboxItem = {
    tempId: 't1',
    conversationId: 7,
    content: 'hello',
    replyToId: null,
    attachmentIds: [],
    writtenAt: 1,
    failure: null,
  };

  it('is shown as it was written, with the reason why it was not sent', async () => {
    const scene = new UploadScene();
    const restoring = scene.sending.restore();
    scene.list([{...item, writtenAt: 5, failure}]);
    await restoring;
    const {content, createdAt, status, error} = scene.last;
    assert.deepEqual([content, createdAt.getTime(), status], ['hello', 5, 'failed']);
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.code, error.message, error.status], ['server', 'Broken.', 500]);
    void scene.sending.retry('t1');
    await scene.clock.advance(0);
    assert.deepEqual(scene.added, [{...item, writtenAt: 5}]);
    scene.sending.moved('t1', 'sending');
    assert.deepEqual(scene.sending.emptied(false), scene.added);
  });

  it('is not shown while its files may be on their way in another tab', async () => {
    const scene = new UploadScene();
    const items = [{...item, failure: {code: 'aborted', message: 'Left.', status: null}}] as const;
    scene.sending.followTab({tempId: 't1', change: 'added'});
    scene.list(items);
    await scene.clock.advance(0);
    scene.tellLocks();
    await scene.clock.advance(0);
    scene.list(items);
    await scene.clock.advance(0);
    assert.deepEqual(scene.statuses, []);
  });

  it('waits again once another tab was asked to send it', async () => {
    const scene = new UploadScene();
    for (const [on, status] of [
      [failure, 'failed'],
      [null, 'queued'],
      [failure, 'failed'],
    ] as const) {
      const restoring = scene.sending.restore(true);
      scene.list([{...item, failure: on}]);
      await restoring;
      assert.deepEqual(scene.statuses, [status]);
    }
    scene.sending.moved('t1', 'queued');
    scene.sending.moved('t1', 'sending');
    const restoring = scene.sending.restore(true);
    scene.list([item]);
    await restoring;
    assert.deepEqual(scene.statuses, ['sending'], 'what is being sent is so still');
  });

  it('is shown in its own conversation', async () => {
    const scene = new UploadScene();
    const restoring = scene.sending.restore();
    scene.list([{...item, tempId: 't2', conversationId: 8}, item]);
    await restoring;
    assert.deepEqual([scene.shown?.tempId, scene.statuses], ['t1', ['queued']]);
  });

  it('is on the disk no more once the server turns out to have it, or it would be shown as not sent again', async () => {
    const scene = new UploadScene();
    const restoring = scene.sending.restore();
    scene.list([{...item, failure}]);
    await restoring;
    assert.deepEqual(scene.statuses, ['failed']);
    scene.echo(stored(9, {conversationId: 7, sender: {id: 1, name: 'Ali'}, tempId: 't1', content: 'hello'}));
    assert.deepEqual(scene.statuses, ['sent']);
    assert.deepEqual(scene.confirmed, ['t1']);
  });

  it('is on the disk no more either where the server turned out to have it before the disk had answered', async () => {
    const scene = new UploadScene();
    const restoring = scene.sending.restore();
    scene.echo(stored(9, {conversationId: 7, sender: {id: 1, name: 'Ali'}, tempId: 't1', content: 'hello'}));
    scene.list([item]);
    await restoring;
    assert.deepEqual(scene.statuses, ['sent']);
    assert.deepEqual(scene.confirmed, ['t1']);
  });

  it('stays failed though what was found before on the disk, where it waited, is shown only now', async () => {
    const scene = new UploadScene();
    const restoring = scene.sending.restore();
    scene.list([item]);
    await restoring;
    void scene.sending.restore();
    scene.list([item, {...item, tempId: 't2', failure: {code: 'aborted', message: 'Left.', status: null}}]);
    await scene.clock.advance(0);
    scene.sending.failed('t1', new ApiError('server', 'Broken.'));
    scene.tellLocks();
    await scene.clock.advance(0);
    scene.list([
      {...item, failure},
      {...item, tempId: 't2', failure: {code: 'aborted', message: 'Left.', status: null}},
    ]);
    await scene.clock.advance(0);
    assert.deepEqual(scene.statuses, ['failed', 'failed']);
  });
});

/** An API of the page that takes no message, and does not answer anything else. `refuse` is told how many messages there have been. */
function refusing(refuse: (count: number) => ApiError): {readonly api: ChatApi; readonly tries: () => number} {
  let count = 0;
  const api = new Proxy({} as ChatApi, {
    get: (_, name) => () => {
      if (name !== 'sendMessage') return new Promise(() => undefined);
      count += 1;
      return Promise.reject(refuse(count));
    },
  });
  return {api, tries: () => count};
}
