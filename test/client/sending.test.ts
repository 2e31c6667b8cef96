import assert from 'node:assert/strict';
import {getEventListeners} from 'node:events';
import {afterEach, beforeEach, describe, it} from 'node:test';
import type {ChatApi} from '../../src/api/chat-api.js';
import type {ConversationContext} from '../../src/client/conversation-context.js';
import {createChatClient} from '../../src/client/create-chat-client.js';
import type {OutboxItem} from '../../src/client/outbox-storage.js';
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

  it('keeps what was written while the server is in maintenance, however long, and sends it in order', async () => {
    const {server, conversation} = scene;
    const before = storedContents().length;
    const back = server.faults.rest({match: /POST .*messages/, status: 503, times: 1_000});
    const sending = ['first', 'second', 'third'].map((text) => conversation.send(text));
    await server.advance(1_800_000);
    back();
    await server.advance(30_000);
    await Promise.all(sending);
    assert.deepEqual(storedContents().slice(before), ['first', 'second', 'third']);
  });

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
  });
});

/** One part of conversation 7, whose uploads and disk wait until they are answered here. */
class UploadScene {
  readonly clock = new VirtualClock();
  readonly uploads: {answer(attachment: Attachment): void; fail(error: ApiError): void}[] = [];
  readonly kept: OutboxItem[] = [];
  readonly added: OutboxItem[] = [];
  readonly confirmed: string[] = [];
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
        request: () => Promise.resolve(),
        query: () => new Promise((resolve) => (this.tellLocks = () => resolve({held: []}))),
      },
      api: {uploadAttachment: () => new Promise((resolve, reject) => this.uploads.push({answer: resolve, fail: reject}))},
      outbox: {
        isDurable: true,
        keep: (item: OutboxItem) => Promise.resolve(this.kept.push(item)),
        add: (item: OutboxItem) => Promise.resolve(this.added.push(item)),
        discard: () => Promise.resolve(),
        confirm: (tempId: string) => Promise.resolve(this.confirmed.push(tempId)),
        list: () => new Promise<readonly OutboxItem[]>((resolve) => (this.list = resolve)),
      },
    };
    this.#context = contextOf(session, {signal: this.#ending.signal});
    this.sending = new Sending(this.#context);
  }

  get statuses(): string[] {
    const {head} = this.#context.store;
    return head.slice(0, head.size).map(({status}) => status);
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

describe('a message whose files are on their way', () => {
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

  it('leaves no timer when the person goes, and no listener after a pause', async () => {
    const scene = new UploadScene();
    scene.sending.send('look', {files: [file]}).catch(() => undefined);
    await scene.clock.advance(0);
    const listeners = scene.listeners;
    for (let tries = 0; tries < 3; tries += 1) {
      scene.uploads[tries]?.fail(new ApiError('network', 'No network.'));
      await scene.clock.advance(0);
      assert.equal(scene.clock.pending, 1);
      assert.equal(scene.listeners, listeners + 1);
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
