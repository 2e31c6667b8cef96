import {expect} from '@open-wc/testing';
import type {ChatClient, ClientEnvironment, LiveConversation} from '../../src/client/types.js';
import type {ChatError, Message} from '../../src/model/index.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {chatServer} from '../support/chat.js';

interface Tab {
  readonly client: ChatClient;
  readonly conversation: LiveConversation;
}

/** The storage, the locks and the messages between tabs are the browser's own here; two tabs are two clients with a socket each. */
const resultOf = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });

describe('what is kept of a person', () => {
  let server: FakeServer;
  let tabs: Tab[];

  const openTab = async (userId = 1, environment: Partial<ClientEnvironment> = {}, isOpen = true): Promise<Tab> => {
    const {fetch} = server.environment;
    const client = server.client({
      userId,
      environment: {
        ...server.environment,
        fetch: (...args) => fetch(...args),
        locks: navigator.locks,
        openBroadcast: (name) => new BroadcastChannel(name),
        storage: 'persistent',
        ...environment,
      },
    });
    const conversation = client.conversation(9);
    if (isOpen) conversation.open();
    void client.connect();
    await server.settle(() => !isOpen || (conversation.snapshot().unsentIsSafe && conversation.snapshot().phase !== 'loading'));
    const tab = {client, conversation};
    tabs.push(tab);
    return tab;
  };

  /** A tab that no message reaches over the wire. */
  const openDeafTab = (): Promise<Tab> =>
    openTab(1, {
      createWebSocket: (url) => {
        const socket = server.environment.createWebSocket(url);
        let hear: WebSocket['onmessage'] = null;
        const listen = (event: MessageEvent): void => {
          if (!String(event.data).includes('MessageSentEvent')) hear?.call(socket, event);
        };
        Object.defineProperty(socket, 'onmessage', {
          get: () => listen,
          set: (handler: WebSocket['onmessage']) => (hear = handler),
        });
        return socket;
      },
    });

  /** A tab whose page sends, but does not have the conversation open. */
  const openClosedTab = (): Promise<Tab> => openTab(1, {}, false);

  /** As the browser does it: nothing of the page gets to run any more. */
  const closeTab = ({client}: Tab): void => client.dispose();

  const ownContents = ({conversation: {messages}}: Tab): string[] => messages.slice(3, messages.size).map(({content}) => content);
  const statuses = ({conversation: {messages}}: Tab): string[] => messages.slice(3, messages.size).map(({status}) => status);
  const posts = (): {temp_id: string; content: string}[] =>
    server.log.requests
      .filter(({method, path}) => method === 'POST' && path.endsWith('/messages'))
      .map(({body}) => body as {temp_id: string; content: string});
  const databases = async (): Promise<readonly string[]> =>
    (await indexedDB.databases()).map(({name = ''}) => name).filter((name) => name.startsWith('ws-chat-elements:'));

  /** The keys of what is on the disk, once that has done all that it was asked for before. */
  const keysOnDisk = async (): Promise<readonly IDBValidKey[]> => {
    const keys: IDBValidKey[] = [];
    for (const name of await databases()) {
      const request = indexedDB.open(name);
      // It has been deleted meanwhile, and must not be made anew.
      request.onupgradeneeded = () => request.transaction?.abort();
      const db = await resultOf(request).catch(() => null);
      const [store] = db?.objectStoreNames ?? [];
      // Writes wait for all that came before them.
      if (db && store) keys.push(...(await resultOf(db.transaction(store, 'readwrite').objectStore(store).getAllKeys())));
      db?.close();
    }
    return keys;
  };

  /**
   * Lets time go by in small steps, and the disk answer before each: it takes time that no clock of ours turns, and a tab that has waited for
   * it too long by that clock goes on without it.
   */
  const pass = async (ms: number, step = 1_000): Promise<void> => {
    for (let passed = 0; passed < ms; passed += step) {
      await keysOnDisk();
      await server.advance(step);
    }
  };

  const passUntil = async (holds: () => boolean): Promise<void> => {
    for (let steps = 0; !holds(); steps += 1) {
      if (steps > 500) throw new Error(`This did not come about: ${String(holds)}`);
      await pass(100, 100);
    }
  };

  /** Lets the tabs write to the disk what they know, while no time goes by, in which one of them would try again. */
  const untilNothingIsUnsent = async (): Promise<void> => {
    while ((await keysOnDisk()).some((key) => typeof key === 'string' && !key.startsWith('draft:'))) await server.settle();
  };

  /** The tabs look once more for what they may have missed while they connected. The next look is five minutes later. */
  const lookAfterRecovery = (): Promise<void> => pass(20_000);

  before(async () => {
    // How long it takes to load is no matter of the clock that is turned here.
    await import('../../src/client/outbox-disk.js');
    // Pages that were tested before in this browser leave theirs.
    await Promise.all((await databases()).map((name) => resultOf(indexedDB.deleteDatabase(name))));
  });

  beforeEach(() => {
    server = chatServer();
    tabs = [];
  });

  afterEach(async () => {
    await Promise.all(tabs.map(({client}) => client.shutdown()));
    server.dispose();
  });

  it('is what was written and not sent, over a reload', async () => {
    const before = await openTab();
    before.conversation.draft = 'half a thought';
    closeTab(before);
    const after = await openTab();
    await server.settle(() => after.conversation.draft !== '');
    expect(after.conversation.draft).to.equal('half a thought');
    after.conversation.draft = '';
    closeTab(after);
    const again = await openTab();
    again.conversation.draft = '';
    await server.settle();
    expect(again.conversation.draft).to.equal('');
  });

  it('is shown to nobody else', async () => {
    const ali = await openTab(1);
    ali.conversation.draft = 'of Ali';
    server.stop();
    ali.conversation.send('unsent of Ali').catch(() => undefined);
    await passUntil(() => statuses(ali)[0] === 'queued');
    closeTab(ali);
    server.start();
    const vali = await openTab(2);
    expect(vali.conversation.draft).to.equal('');
    expect(ownContents(vali)).not.to.include('unsent of Ali');
  });

  it('is sent after a reload: in the order of writing, each under the temp id it had', async () => {
    const before = await openTab();
    server.stop();
    for (const text of ['a', 'b', 'c']) before.conversation.send(text).catch(() => undefined);
    await passUntil(() => posts().length > 0);
    const tempIds = before.conversation.messages.slice(3, 6).map(({tempId}) => tempId);
    closeTab(before);
    server.start();
    const after = await openTab();
    await passUntil(() => statuses(after).join() === 'sent,sent,sent');
    expect(ownContents(after)).to.deep.equal(['a', 'b', 'c']);
    expect([...new Set(posts().map(({temp_id}) => temp_id))]).to.deep.equal(tempIds);
  });

  it('is sent after a reload even if no socket can be had', async () => {
    const before = await openTab();
    server.stop();
    before.conversation.send('by REST').catch(() => undefined);
    await passUntil(() => posts().length > 0);
    closeTab(before);
    server.start();
    server.stop('sockets');
    const after = await openTab();
    await passUntil(() => statuses(after).join() === 'sent');
    expect(after.client.isConnected).to.equal(false);
  });

  it('is sent by one tab at a time, each message once', async () => {
    const [here, there] = [await openTab(), await openTab()];
    server.faults.rest({match: /POST .*messages/, delay: 40});
    let underWay = 0;
    let most = 0;
    for (const {client} of tabs) {
      const {sendMessage} = client.api;
      client.api.sendMessage = async (...args) => {
        most = Math.max(most, (underWay += 1));
        return sendMessage.apply(client.api, args).finally(() => (underWay -= 1));
      };
    }
    const texts = Array.from({length: 10}, (_, index) => `message ${index}`);
    texts.forEach((text, index) => void [here, there][index % 2]?.conversation.send(text));
    await passUntil(() => [here, there].every((tab) => statuses(tab).filter((status) => status === 'sent').length === 10));
    expect(most).to.equal(1);
    expect(posts()).to.have.length(10);
    expect(ownContents(here)).to.deep.equal(ownContents(there));
  });

  it('answers whoever waits for it when the other tab discards it', async () => {
    const [here, there] = [await openTab(), await openTab()];
    server.faults.rest({match: /POST .*messages/, hang: true, times: 1});
    let refusal: ChatError | undefined;
    here.conversation.send('not wanted').catch((error: unknown) => (refusal = error as ChatError));
    await server.settle(() => posts().length === 1 && ownContents(there).length === 1);
    there.conversation.discard(there.conversation.messages.at(3)?.tempId ?? '');
    await passUntil(() => refusal !== undefined);
    expect(refusal?.code).to.equal('aborted');
    expect(ownContents(here)).to.deep.equal([]);
  });

  it('is sent by nobody once it is discarded in one tab, not even by one whose connection to the disk had ended', async () => {
    const held: IDBDatabase[] = [];
    const openDatabase = indexedDB.open.bind(indexedDB);
    indexedDB.open = (...args) => {
      const request = openDatabase(...args);
      request.addEventListener('success', () => held.push(request.result));
      return request;
    };
    const here = await openTab();
    Reflect.deleteProperty(indexedDB, 'open');
    const there = await openTab();
    server.stop();
    here.conversation.send('not wanted').catch(() => undefined);
    await passUntil(() => ownContents(there).length === 1);
    for (const db of held) {
      db.close();
      db.dispatchEvent(new Event('close'));
    }
    there.conversation.discard(there.conversation.messages.at(3)?.tempId ?? '');
    await passUntil(() => ownContents(here).length === 0);
    server.start();
    here.client.retry();
    await pass(60_000);
    expect(server.messages(9)).to.have.length(3);
    expect([ownContents(here), ownContents(there)]).to.deep.equal([[], []]);
  });

  it('answers whoever waits for it when the other tab is told that it is refused', async () => {
    const [here, there] = [await openTab(), await openTab()];
    server.faults.rest({match: /POST .*messages/, delay: 1_000, times: 1});
    server.faults.rest({match: /POST .*messages/, status: 422, times: 1});
    const news: string[] = [];
    here.conversation.onMessage(({type}) => news.push(type));
    void there.conversation.send('first');
    await server.settle(() => posts().length === 1);
    let refusal: ChatError | undefined;
    here.conversation.send('refused').catch((error: unknown) => (refusal = error as ChatError));
    await passUntil(() => statuses(here).join() === 'sent,failed');
    await passUntil(() => refusal !== undefined);
    expect(refusal?.code).to.equal('invalid');
    expect(news).to.include('failed');
    server.faults.clear();
    const [, failed] = here.conversation.messages.slice(3, 5);
    void here.conversation.retry(failed?.tempId ?? '');
    await passUntil(() => statuses(here).join() === 'sent,sent');
  });

  it('has failed in every tab when it is refused, and is sent once when it is tried again in one of them', async () => {
    const [here, there] = [await openTab(), await openTab()];
    server.faults.rest({match: /POST .*messages/, status: 422, times: 1});
    here.conversation.send('refused').catch(() => undefined);
    await passUntil(() => statuses(here).join() === 'failed' && statuses(there).join() === 'failed');
    await pass(60_000);
    expect([statuses(here), statuses(there)]).to.deep.equal([['failed'], ['failed']]);
    expect(posts()).to.have.length(1);
    void there.conversation.retry(there.conversation.messages.at(3)?.tempId ?? '');
    await passUntil(() => statuses(here).join() === 'sent' && statuses(there).join() === 'sent');
    await pass(60_000);
    expect(posts()).to.have.length(2);
  });

  describe('that a tab sends which does not have the conversation open', () => {
    let here: Tab;
    let there: Tab;
    let answer: Message | undefined;

    const sendHere = (content: string): void =>
      void here.client.sendMessage({conversationId: 9, content}).then((message) => (answer = message));

    beforeEach(async () => {
      [here, there] = [await openClosedTab(), await openTab()];
      answer = undefined;
    });

    it('is answered with what the other tab has sent', async () => {
      server.faults.rest({match: /POST .*messages/, delay: 10_000, times: 1});
      void there.conversation.send('first');
      await server.settle(() => posts().length === 1);
      sendHere('second');
      await server.settle(() => ownContents(there).length === 2);
      await passUntil(() => answer !== undefined);
      const sent = there.conversation.messages.at(4);
      expect(sent?.status).to.equal('sent');
      expect([answer?.id, answer?.content]).to.deep.equal([sent?.id, 'second']);
      expect(server.messages(9)).to.have.length(5);
    });

    it('is answered although the answer is lost, and the other tab takes it from the outbox as it hears that it is stored', async () => {
      server.faults.rest({match: /POST .*messages/, lost: true, times: 1});
      sendHere('heard there');
      await passUntil(() => answer !== undefined);
      expect(answer?.id).to.equal(there.conversation.messages.at(3)?.id);
      expect(server.messages(9)).to.have.length(4);
    });

    it('is not sent again where the other tab has written it, even by one that had the conversation open by then', async () => {
      const leave = here.conversation.open();
      await server.settle(() => here.conversation.snapshot().phase === 'ready');
      server.faults.rest({match: /POST .*messages/, delay: 1_000, times: 1});
      void there.conversation.send('theirs');
      await passUntil(() => statuses(here).length === 1);
      leave();
      await passUntil(() => statuses(there).join() === 'sent');
      await pass(5_000);
      expect(posts()).to.have.length(1);
      here.conversation.open();
      await passUntil(() => statuses(here).join() === 'sent');
      expect(posts()).to.have.length(1);
    });

    it('is not sent again where the other tab has written it', async () => {
      void there.conversation.send('theirs');
      await passUntil(() => statuses(there).join() === 'sent');
      await pass(5_000);
      expect(posts()).to.have.length(1);
      expect(here.conversation.messages.size).to.equal(0);
    });
  });

  it('is sent by the other tab when the one that was sending is gone', async () => {
    const [here, there] = [await openTab(), await openTab()];
    server.faults.rest({match: /POST .*messages/, hang: true, times: 1});
    here.conversation.send('orphan').catch(() => undefined);
    await server.settle(() => posts().length === 1 && ownContents(there).length === 1);
    closeTab(here);
    await passUntil(() => statuses(there).join() === 'sent');
    expect(new Set(posts().map(({temp_id}) => temp_id)).size).to.equal(1);
  });

  it('is not shown as unsent for ever where the answer is lost and only the other tab hears the echo', async () => {
    const [deaf] = [await openDeafTab(), await openTab()];
    await lookAfterRecovery();
    server.faults.rest({match: /POST .*messages/, lost: true, times: 1});
    const sending = deaf.conversation.send('heard there');
    await server.settle(() => posts().length === 1);
    await untilNothingIsUnsent();
    await passUntil(() => statuses(deaf).join() === 'sent');
    expect((await sending).content).to.equal('heard there');
    expect(posts()).to.have.length(1);
  });

  it('is not shown as unsent for ever where the other tab sent it, and lost the answer', async () => {
    const [deaf, other] = [await openDeafTab(), await openTab()];
    await lookAfterRecovery();
    server.faults.rest({match: /POST .*messages/, delay: 1_000, times: 1});
    server.faults.rest({match: /POST .*messages/, lost: true, times: 1});
    void other.conversation.send('first');
    await server.settle(() => posts().length === 1);
    void deaf.conversation.send('second');
    await server.settle(() => ownContents(other).length === 2);
    await passUntil(() => posts().length === 2);
    await untilNothingIsUnsent();
    await passUntil(() => statuses(deaf).join() === 'sent,sent');
    expect(posts()).to.have.length(2);
  });

  it('is not shown as unsent for ever where it was stored long before what is loaded, and another tab is told so', async () => {
    const here = await openTab();
    server.faults.events({drop: true, share: 1});
    server.faults.rest({match: /POST .*messages/, lost: true, times: 1});
    server.faults.rest({match: /POST .*messages/, status: 503, times: Infinity});
    void here.conversation.send('of long ago');
    await passUntil(() => server.messages(9).length === 4);
    for (let count = 1; count <= 60; count += 1) server.message({conversationId: 9, from: 2, content: `later ${count}`});
    const there = await openTab();
    const unsent = (): readonly Message[] => there.conversation.messages.slice(50, there.conversation.messages.size);
    await passUntil(() => unsent().length > 0);
    server.faults.clear();
    await passUntil(() => unsent().length === 0);
    expect(there.conversation.messages.at(49)?.content).to.equal('later 60');
    expect(server.messages(9)).to.have.length(64);
  });

  it('is deleted in every tab by a logout, also while another tab holds the database', async () => {
    const [here, there] = [await openTab(), await openTab()];
    there.conversation.draft = 'secret draft';
    server.stop();
    there.conversation.send('secret').catch(() => undefined);
    await passUntil(() => ownContents(here).length === 1);
    expect(await databases()).to.have.length(1);
    await here.client.shutdown();
    await server.settle(() => there.client.userId === null);
    for (const tab of [here, there]) {
      expect(tab.conversation.messages.size).to.equal(0);
      expect(tab.conversation.draft).to.equal('');
    }
    await there.client.shutdown();
    // That tab has begun to delete it when it heard of the logout, and nobody hears of the end of that.
    while ((await databases()).length > 0);
    expect(await databases()).to.have.length(0);
    server.start();
    const later = await openTab();
    expect(ownContents(later)).to.deep.equal([]);
    expect(later.conversation.draft).to.equal('');
  });

  it('is left alone by a tab that hears of a logout only after somebody has signed in again', async () => {
    const unheard: (() => void)[] = [];
    const late = await openTab(1, {
      openBroadcast: (name) => {
        const channel = new BroadcastChannel(name);
        const listen = channel.addEventListener.bind(channel);
        channel.addEventListener = (type: string, listener: EventListenerOrEventListenerObject) =>
          listen(type, (event) => unheard.push(() => (listener as EventListener)(event)));
        return channel;
      },
    });
    const here = await openTab();
    await here.client.shutdown();
    await server.settle(() => unheard.length > 0);
    await pass(1_000);
    const again = await openTab();
    server.faults.rest({match: /POST .*messages/, status: 503, times: Infinity});
    again.conversation.send('of the new login').catch(() => undefined);
    again.conversation.draft = 'and its draft';
    await passUntil(() => posts().length > 0);
    closeTab(again);
    for (const hear of unheard) hear();
    expect(late.client.userId).to.equal(null);
    const next = await openTab();
    await passUntil(() => ownContents(next).length > 0 && next.conversation.draft !== '');
    expect(ownContents(next)).to.deep.equal(['of the new login']);
    expect(next.conversation.draft).to.equal('and its draft');
  });

  it('is deleted in every tab when another person comes', async () => {
    const [here, there] = [await openTab(), await openTab()];
    // However long the disk takes: a message that reaches the server would be there for the next person too, and rightly so.
    server.faults.rest({match: /POST .*messages/, status: 503, times: Infinity});
    there.conversation.draft = 'secret draft';
    there.conversation.send('secret').catch(() => undefined);
    await passUntil(() => ownContents(here).length === 1);
    const changed = here.client.connect({userId: 2, token: server.token(2)});
    await server.settle(() => there.client.userId !== 1);
    await server.settle(() => here.client.isConnected);
    expect(await changed).to.equal(true);
    expect(there.conversation.messages.size).to.equal(0);
    expect(there.conversation.draft).to.equal('');
    expect(ownContents(here)).not.to.include('secret');
    const later = await openTab(1);
    expect(ownContents(later)).to.deep.equal([]);
    expect(later.conversation.draft).to.equal('');
  });

  it('is only in memory where the browser refuses, and the conversation says so', async () => {
    const {open} = IDBFactory.prototype;
    IDBFactory.prototype.open = () => {
      throw new DOMException('Not here', 'SecurityError');
    };
    try {
      const client = server.client({userId: 1, environment: {...server.environment, storage: 'persistent'}});
      const conversation = client.conversation(9);
      conversation.open();
      void client.connect();
      await server.settle(() => conversation.snapshot().phase === 'ready' && !conversation.snapshot().unsentIsSafe);
      server.stop();
      const sending = conversation.send('kept in memory');
      await pass(1_000);
      server.start();
      await Promise.all([sending, passUntil(() => conversation.messages.at(3)?.status === 'sent')]);
    } finally {
      IDBFactory.prototype.open = open;
    }
  });

  it('is the text of a message whose files were on their way, over a reload', async () => {
    const before = await openTab();
    server.faults.rest({match: /attachments/, hang: true, times: 1});
    void before.conversation
      .send('look at this', {files: [new File(['x'], 'holiday.png', {type: 'image/png'})]})
      .catch(() => undefined);
    await passUntil(() => server.log.requestsTo('POST', /attachments/).length > 0);
    closeTab(before);
    const after = await openTab();
    await passUntil(() => ownContents(after).length > 0);
    expect(ownContents(after)).to.deep.equal(['look at this']);
    expect(statuses(after)).to.deep.equal(['failed']);
    const again = after.conversation.retry(after.conversation.messages.at(3)?.tempId ?? '');
    await passUntil(() => statuses(after).join() === 'sent');
    expect((await again).content).to.equal('look at this');
  });

  it('is not shown as not sent in another tab while its files are on their way', async () => {
    const [here, there] = [await openTab(), await openTab()];
    // By then it has read what it found on the disk.
    void there.conversation.send('hello');
    await passUntil(() => statuses(there).join() === 'sent' && statuses(here).join() === 'sent');
    // Longer than the disk is waited for.
    server.faults.rest({match: /attachments/, delay: 60_000, times: 1});
    void here.conversation.send('look at this', {files: [new File(['x'], 'holiday.png', {type: 'image/png'})]});
    await passUntil(() => server.log.requestsTo('POST', /attachments/).length > 0);
    void here.conversation.send('and now');
    await passUntil(() => ownContents(there).length > 1);
    expect(ownContents(there)).to.deep.equal(['hello', 'and now']);
    await pass(60_000);
    await passUntil(() => statuses(there).join() === 'sent,sent,sent');
    expect(ownContents(there)).to.deep.equal(['hello', 'look at this', 'and now']);
  });

  describe('with files on their way, in a tab that is opened meanwhile', () => {
    const sendsFile = async (fault: object): Promise<Tab> => {
      const here = await openTab();
      server.faults.rest({match: /attachments/, times: 1, ...fault});
      void here.conversation.send('look at this', {files: [new File(['x'], 'holiday.png')]}).catch(() => undefined);
      await passUntil(() => server.log.requestsTo('POST', /attachments/).length > 0);
      return here;
    };

    it('is not shown as not sent', async () => {
      await sendsFile({delay: 60_000});
      const there = await openTab();
      void there.conversation.send('hello');
      await passUntil(() => statuses(there).length > 0);
      expect(ownContents(there)).to.deep.equal(['hello']);
      await pass(60_000);
      await passUntil(() => statuses(there).join() === 'sent,sent');
      expect(posts().map(({content}) => content)).to.have.members(['hello', 'look at this']);
    });

    it('is shown as not sent once the tab that uploaded them is closed', async () => {
      const here = await sendsFile({hang: true});
      const there = await openTab();
      await pass(1_000);
      expect(statuses(there)).to.deep.equal([]);
      closeTab(here);
      await passUntil(() => statuses(there).join() === 'failed');
      expect(ownContents(there)).to.deep.equal(['look at this']);
    });
  });
});
