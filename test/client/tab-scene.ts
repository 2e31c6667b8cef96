import assert from 'node:assert/strict';
import type {ChatClient, ClientEnvironment, LiveConversation} from '../../src/client/types.js';
import {createFakeServer, type FakeServer} from '../../src/testing/fake-server.js';

/** One of the tabs of a browser, with Ali's client and conversation 10 in it. */
export interface Tab {
  readonly client: ChatClient;
  readonly conversation: LiveConversation;
  isVisible: boolean;
}

/** Ali (1) with several tabs in one browser, Vali (2), and conversation 10 with three messages, on a fake server. */
export class TabScene {
  readonly server: FakeServer = createFakeServer({
    users: [
      {id: 1, name: 'Ali Karimov'},
      {id: 2, name: 'Vali Yusupov'},
    ],
    conversations: [{id: 10, messages: 3}],
  });
  readonly hub = new BroadcastHub();
  readonly locks = new FakeLocks();

  /** Opens a tab that is connected. `isOpen`: with its conversation open. */
  async openTab(environment: Partial<ClientEnvironment> = {}, {isOpen = true}: {readonly isOpen?: boolean} = {}): Promise<Tab> {
    // Functions of its own keep a tab from sharing the connection of another, as another page would.
    const {fetch} = this.server.environment;
    const client = this.server.client({
      userId: 1,
      environment: {
        ...this.server.environment,
        fetch: (...args) => fetch(...args),
        openBroadcast: this.hub.open,
        locks: this.locks as unknown as LockManager,
        isVisible: () => tab.isVisible,
        ...environment,
      },
    });
    const tab: Tab = {client, conversation: client.conversation(10), isVisible: true};
    if (isOpen) tab.conversation.open();
    const connected = client.connect();
    await this.server.settle();
    assert.equal(await connected, true);
    return tab;
  }
}

/** The channels between the tabs of one browser. A message reaches every other holder of the same name, as in a browser. */
class BroadcastHub {
  readonly #open = new Set<FakeChannel>();
  readonly messages: unknown[] = [];

  readonly open = (name: string): BroadcastChannel => {
    const channel = new FakeChannel(name, (from, data) => {
      this.messages.push(data);
      for (const other of this.#open)
        if (other !== from && other.name === name) other.dispatchEvent(new MessageEvent('message', {data}));
    });
    channel.onClose = () => this.#open.delete(channel);
    this.#open.add(channel);
    return channel as unknown as BroadcastChannel;
  };

  /** Says something to all tabs, as one that was late, or another version of this package, might. */
  say(data: unknown): void {
    for (const channel of this.#open) channel.dispatchEvent(new MessageEvent('message', {data}));
  }
}

class FakeChannel extends EventTarget {
  readonly name: string;
  readonly #post: (from: FakeChannel, data: unknown) => void;
  onClose = (): void => undefined;
  #closed = false;

  constructor(name: string, post: (from: FakeChannel, data: unknown) => void) {
    super();
    this.name = name;
    this.#post = post;
  }

  postMessage(data: unknown): void {
    if (this.#closed) throw new DOMException('Channel is closed', 'InvalidStateError');
    this.#post(this, structuredClone(data));
  }

  close(): void {
    this.#closed = true;
    this.onClose();
  }
}

/** Exclusive locks among the tabs: who asks later waits until the ones before have let go. */
class FakeLocks {
  readonly #last = new Map<string, Promise<unknown>>();

  request(name: string, _options: LockOptions, work: () => Promise<unknown>): Promise<unknown> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const own = before.then(work, work);
    this.#last.set(name, own);
    return own;
  }
}
