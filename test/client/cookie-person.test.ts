import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import type {ChatClient, ChatClientOptions} from '../../src/client/types.js';
import {ApiError} from '../../src/model/index.js';
import {createFakeServer, type FakeServer} from '../../src/testing/fake-server.js';

const ALI = 1;
const VALI = 2;

/** What a page has of its browser: cookies, and a storage that all tabs share. */
class FakeHost {
  cookie = '';
  readonly kept = new Map<string, string>();
  readonly storage = {
    getItem: (key: string) => this.kept.get(key) ?? null,
    setItem: (key: string, value: string) => void this.kept.set(key, value),
    removeItem: (key: string) => void this.kept.delete(key),
  };
  #isRefused = false;

  /** Makes this the page that the code runs in. `apiBase`: of a backend on the page's own site. */
  enter(apiBase: string): void {
    const href = new URL('/inbox', apiBase).href;
    const own = <Value>(get: () => Value): PropertyDescriptor => ({configurable: true, get});
    Object.defineProperties(globalThis, {
      document: own(() => ({baseURI: href, cookie: this.cookie})),
      location: own(() => ({href})),
      localStorage: own(() => {
        if (this.#isRefused) throw new DOMException('Access is denied.', 'SecurityError');
        return this.storage;
      }),
    });
  }

  refuse(): void {
    this.#isRefused = true;
  }

  leave(): void {
    for (const name of ['document', 'location', 'localStorage']) Reflect.deleteProperty(globalThis, name);
  }
}

describe('a tab whose session cookie may have become that of somebody else', () => {
  let server: FakeServer;
  let host: FakeHost;

  /** Signs in by cookie, as the whole browser. */
  const signIn = (userId: number): void => {
    host.cookie = `XSRF-TOKEN=of-${userId}`;
    server.signIn(userId, {xsrfToken: `of-${userId}`});
  };

  /** Opens a tab, as a page that was made for this person. */
  const openTab = async (userId: number, options: Partial<ChatClientOptions> = {}): Promise<ChatClient> => {
    const {fetch} = server.environment;
    const environment = {
      ...server.environment,
      fetch: (...args: Parameters<typeof fetch>) => fetch(...args),
      storage: 'persistent',
    } as const;
    const client = server.client({tokenProvider: undefined, environment, ...options, userId});
    void client.connect();
    // Times differ by as little as a clock can tell.
    await server.advance(1);
    return client;
  };

  /** What becomes of a message: `sent`, or why not. */
  const write = async (client: ChatClient, content: string): Promise<string> => {
    let outcome = 'waiting';
    client.sendMessage({conversationId: 10, content}).then(
      () => (outcome = 'sent'),
      (error: unknown) => (outcome = ApiError.from(error).code),
    );
    await server.settle();
    return outcome;
  };
  const stored = (): string[] => server.messages(10).map(({sender, content}) => `${sender.id}: ${content}`);

  beforeEach(() => {
    server = createFakeServer({
      users: [
        {id: ALI, name: 'Ali Karimov'},
        {id: VALI, name: 'Vali Yusupov'},
      ],
      conversations: [{id: 10, messages: 0}],
    });
    host = new FakeHost();
    host.enter(server.address.apiBase ?? '');
  });

  afterEach(() => {
    server.dispose();
    host.leave();
  });

  it('neither writes nor reads in the name of who has signed in in another one', async () => {
    signIn(ALI);
    const ali = await openTab(ALI);
    assert.equal(await write(ali, 'before'), 'sent');
    signIn(VALI);
    const vali = await openTab(VALI);
    assert.equal(await write(ali, 'after'), 'unauthorized');
    await assert.rejects(ali.api.getConversation(10), {code: 'unauthorized', message: /Somebody else has signed in/u});
    assert.equal(await write(vali, 'hello'), 'sent');
    assert.deepEqual(stored(), [`${ALI}: before`, `${VALI}: hello`]);
  });

  it('does not write in the name of who has signed in in another one after the clock was set back', async () => {
    signIn(ALI);
    const ali = await openTab(ALI);
    server.clock.jump(-3_600_000);
    signIn(VALI);
    await openTab(VALI);
    assert.equal(await write(ali, 'after'), 'unauthorized');
    assert.deepEqual(stored(), []);
  });

  it('sends what was refused once its person has signed in again', async () => {
    signIn(ALI);
    const ali = await openTab(ALI);
    signIn(VALI);
    await openTab(VALI);
    assert.equal(await write(ali, 'after'), 'unauthorized');
    signIn(ALI);
    await openTab(ALI);
    const {messages} = ali.conversation(10);
    void ali.conversation(10).retry(messages.at(0)?.tempId ?? '');
    await server.settle();
    assert.deepEqual(stored(), [`${ALI}: after`]);
  });

  it('may write again once the server has let it into its own channel again', async () => {
    signIn(ALI);
    const ali = await openTab(ALI);
    signIn(VALI);
    await openTab(VALI);
    signIn(ALI);
    ali.disconnect();
    void ali.connect();
    await server.advance(5_000);
    assert.equal(await write(ali, 'again'), 'sent');
  });

  it('writes where who came before had signed in, though it has not been let into its channel yet', async () => {
    signIn(ALI);
    await openTab(ALI);
    signIn(VALI);
    server.stop('sockets');
    const vali = await openTab(VALI);
    assert.equal(await write(vali, 'hello'), 'sent');
  });

  const others: Record<string, () => Partial<ChatClientOptions>> = {
    'has a token': () => ({token: server.token(VALI)}),
    'has a channel that tells nothing of the person': () => ({userChannel: `private-user.${ALI}`}),
    'is let into channels by the page': () => ({
      authorizeChannel: ({channelName, socketId}) => Promise.resolve({auth: server.sign({channel: channelName, socketId})}),
    }),
  };
  for (const [name, options] of Object.entries(others)) {
    it(`writes on beside a tab of somebody else that ${name}`, async () => {
      signIn(ALI);
      const ali = await openTab(ALI);
      const vali = await openTab(VALI, options());
      assert.equal([...vali.channels.values()][0]?.state, 'subscribed');
      assert.equal(await write(ali, 'after'), 'sent');
    });
  }

  it('writes where both have a channel that tells nothing of the person, and the other one connects again', async () => {
    const settings = {userChannel: 'everybody'};
    signIn(ALI);
    const ali = await openTab(ALI, settings);
    signIn(VALI);
    const vali = await openTab(VALI, settings);
    ali.disconnect();
    void ali.connect();
    await server.advance(5_000);
    assert.equal([...ali.channels.values()][0]?.state, 'subscribed');
    assert.equal(await write(vali, 'hello'), 'sent');
  });

  it('writes on with a token, whoever signs in by cookie', async () => {
    const ali = await openTab(ALI, {token: server.token(ALI)});
    signIn(VALI);
    await openTab(VALI);
    assert.equal(await write(ali, 'after'), 'sent');
  });

  it('is not known where the browser refuses to keep anything', async () => {
    host.refuse();
    signIn(ALI);
    const ali = await openTab(ALI);
    signIn(VALI);
    await openTab(VALI);
    assert.equal(await write(ali, 'after'), 'sent');
  });

  it('leaves nothing behind after a logout', async () => {
    signIn(ALI);
    const ali = await openTab(ALI);
    assert.equal(host.kept.size, 1);
    await ali.shutdown();
    assert.equal(host.kept.size, 0);
  });

  it('leaves at its logout what is noted of somebody else', async () => {
    signIn(ALI);
    const ali = await openTab(ALI);
    signIn(VALI);
    await openTab(VALI);
    const kept = [...host.kept];
    await ali.shutdown();
    assert.deepEqual([...host.kept], kept);
  });
});
