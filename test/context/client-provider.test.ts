import {expect} from '@open-wc/testing';
import type {ChatClient, ChatClientOptions} from '../../src/client/types.js';
import {dropClient, holdClient} from '../../src/context/client-provider.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';

/** Longer than a client outlives its last holder, in case that is only moved (ms). */
const AT_REST = 3_000;

describe('the clients that a page shares', () => {
  let clock: VirtualClock;

  beforeEach(() => {
    clock = new VirtualClock();
  });

  /** Settings that differ in the header alone, as where it changes by the hour. */
  function settings(hour: number, options: Partial<ChatClientOptions> = {}): ChatClientOptions {
    const endpoint = {appKey: 'k', wsHost: 'localhost', wsPort: 1, scheme: 'http'} as const;
    return {...endpoint, userId: 1, headers: {'X-Hour': String(hour)}, environment: {clock}, ...options};
  }

  /** Holds the client for these settings for a moment, and waits until it is at rest. */
  async function visit(options: ChatClientOptions): Promise<ChatClient> {
    const holder = {};
    const client = holdClient(options, holder);
    dropClient(client, holder);
    await clock.advance(AT_REST);
    return client;
  }

  const statesOf = (clients: readonly ChatClient[]): readonly string[] => clients.map(({state}) => state);

  it('are disposed of when nothing uses them, but for the last three', async () => {
    const clients: ChatClient[] = [];
    for (let hour = 0; hour < 5; hour += 1) clients.push(await visit(settings(hour)));
    expect(statesOf(clients)).to.deep.equal(['disposed', 'disposed', 'idle', 'idle', 'idle']);
    // Who comes back finds it as it was, and it was used just now.
    expect((await visit(settings(2))) === clients[2]).to.equal(true);
    clients.push(await visit(settings(5)));
    expect(statesOf(clients)).to.deep.equal(['disposed', 'disposed', 'idle', 'disposed', 'idle', 'idle']);
    expect((await visit(settings(0))).state).to.equal('idle');
  });

  it('are kept while something holds them', async () => {
    const [settled, given] = [{}, {}];
    const held = holdClient(settings(0), settled);
    const givenAway = await visit(settings(1));
    // As an element does that is given the client itself.
    givenAway.retain(given);
    for (let hour = 2; hour < 8; hour += 1) await visit(settings(hour));
    expect(statesOf([held, givenAway])).to.deep.equal(['idle', 'idle']);
    dropClient(held, settled);
    givenAway.release(given);
    await clock.advance(AT_REST);
    for (let hour = 8; hour < 11; hour += 1) await visit(settings(hour));
    expect(statesOf([held, givenAway])).to.deep.equal(['disposed', 'disposed']);
  });

  it('are kept where the page has connected them itself', async () => {
    const client = await visit(settings(0));
    void client.connect();
    for (let hour = 1; hour < 5; hour += 1) await visit(settings(hour));
    expect(client.state).not.to.equal('disposed');
    client.dispose();
  });

  it('are kept where what was written is in their memory alone', async () => {
    const client = await visit(settings(0, {environment: {clock, storage: 'memory'}}));
    for (let hour = 1; hour < 5; hour += 1) await visit(settings(hour));
    expect(client.state).to.equal('idle');
    client.dispose();
  });
});
