import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import {freePort} from '../tools/processes.mjs';
import {LaravelServer, whyNotScaled} from './laravel-server.js';
import {errorOf, RawSocket} from './raw-socket.js';
import {ReverbNode, type Client} from './reverb-node.js';

const SKIP = whyNotScaled();

/** What the guide says of several nodes, on real ones: Reverb 1.10 and Redis. A failure after an update is a change to be told there. */
describe('two nodes of Reverb', {skip: SKIP}, () => {
  let server: LaravelServer;
  let one: ReverbNode;
  let two: ReverbNode;
  const clients: Client[] = [];

  before(async () => {
    server = await startScaled({REVERB_APP_MAX_CONNECTIONS: '3'});
    [one, two] = server.nodePorts.map((port) => new ReverbNode(port)) as [ReverbNode, ReverbNode];
  });

  afterEach(async () => {
    for (const client of clients) client.close();
    await Promise.all(clients.splice(0).map(({socket}) => socket.closed));
    // Until the nodes have noticed, they count them.
    const signal = AbortSignal.timeout(10_000);
    while ((await one.channels()).length > 0) signal.throwIfAborted();
  });

  after(async () => {
    assert.equal(await server.stop(), 0);
  });

  async function connect(node: ReverbNode): Promise<Client> {
    const client = await node.connect();
    clients.push(client);
    return client;
  }

  /** A client on each node, both in a private channel and, as users 1 and 2, in a presence channel. */
  async function pair(): Promise<[Client, Client]> {
    const both: [Client, Client] = [await connect(one), await connect(two)];
    for (const [index, client] of both.entries()) {
      await client.join('private-room');
      await client.join('presence-room', String(index + 1));
    }
    return both;
  }

  it('bring an event to the clients of both, once, whichever of them Laravel calls', async () => {
    const both = await pair();
    for (const node of [one, two]) {
      await node.trigger('private-room', 'news');
      await node.trigger('private-room', 'end');
      for (const {socket} of both) {
        await socket.next('news');
        await socket.next('end');
      }
    }
    assert.deepEqual(
      both.map(({events}) => events),
      [[], []],
    );
  });

  it('bring a whisper to the members on the other, and not back', async () => {
    const [ali, vali] = await pair();
    ali.socket.send({event: 'client-typing', channel: 'presence-room', data: {}});
    const {user_id: userId} = (await vali.socket.next('client-typing')) as unknown as {user_id: string};
    assert.equal(userId, '1');
    await two.trigger('private-room', 'end');
    await ali.socket.next('end');
    assert.deepEqual(ali.events, []);
  });

  it('tell a client only of the members on its own node, and the HTTP API of all', async () => {
    const ali = await connect(one);
    await ali.join('presence-room', '1');
    const vali = await connect(two);
    const {data} = await vali.join('presence-room', '2');
    assert.deepEqual((JSON.parse(String(data)) as {presence: {ids: string[]}}).presence.ids, ['2']);
    await ali.settle();
    assert.deepEqual(ali.events, []);
    assert.deepEqual(await one.users('presence-room'), ['1', '2']);
    assert.deepEqual(await two.users('presence-room'), ['1', '2']);
  });

  it('leave somebody out (`toOthers()`) only where Laravel calls the node of that socket', async () => {
    const [, vali] = await pair();
    await two.trigger('private-room', 'to-others', vali.id);
    await two.trigger('private-room', 'end');
    await vali.socket.next('end');
    assert.deepEqual(vali.events, []);
    await one.trigger('private-room', 'to-others', vali.id);
    await vali.socket.next('to-others');
  });

  it('count connections each for itself', async () => {
    for (let n = 0; n < 3; n += 1) await (await connect(one)).join('private-room');
    const refused = new RawSocket(`ws://127.0.0.1:${one.port}/app/demo-key`);
    assert.equal(errorOf(await refused.next('pusher:error')).code, 4004);
    refused.close();
    await connect(two);
  });

  it('are given clients in turn by the balancer, and the one that is left gets all', async () => {
    const balanced = new ReverbNode(server.reverbPort);
    const first = await Promise.all([connect(balanced), connect(balanced), connect(balanced), connect(balanced)]);
    assert.equal(await server.ask('sockets', /^sockets/), 'sockets 2 2');
    await server.ask('kill node 1', 'node 1 killed');
    const cut = await Promise.race(first.map(({socket}) => socket.closed));
    assert.equal(cut, 1006);
    await Promise.all([connect(balanced), connect(balanced)]);
    assert.equal(await server.ask('sockets', /^sockets/), 'sockets 0 4');
    assert.equal(await balanced.trigger('private-room', 'news'), 200);
    await server.ask('start node 1', /^node 1 listening/);
    await Promise.all([connect(balanced), connect(balanced)]);
    assert.equal(await server.ask('sockets', /^sockets/), 'sockets 1 5');
  });

  it('take events without Redis and tell nobody, and are in touch again by themselves when it is back', async () => {
    const both = await pair();
    await server.ask('kill redis', 'redis killed');
    for (const node of [one, two]) assert.equal(await node.trigger('private-room', 'meanwhile'), 200);
    for (const client of both) {
      await client.settle();
      assert.deepEqual(client.events, [], 'not even those of the node that was called');
    }
    await server.ask('start redis', /^redis listening/);
    for (const node of [one, two]) {
      await node.trigger('private-room', 'afterwards');
      for (const {socket} of both) await socket.next('afterwards');
    }
    // A node hands over what it held back as soon as it reaches Redis, whether or not anybody listens there yet.
    for (const {events} of both) {
      assert.ok(events.length <= 2 && events.every((event) => event === 'meanwhile'), events.join());
    }
  });
});

describe('a node of Reverb', {skip: SKIP}, () => {
  it('ends when Redis stays away, with all its connections, and is started again', async () => {
    const server = await startScaled({REDIS_TIMEOUT: '2'});
    try {
      const clients = await Promise.all(server.nodePorts.map((port) => new ReverbNode(port).connect()));
      const restarted = [server.next(/^node 1 listening/), server.next(/^node 2 listening/)];
      const ended = server.next(/ended by itself \(exit code 0\)/);
      await server.ask('kill redis', 'redis killed');
      assert.deepEqual(await Promise.all(clients.map(({socket}) => socket.closed)), [1006, 1006]);
      await ended;
      await server.ask('start redis', /^redis listening/);
      await Promise.all(restarted);
    } finally {
      await server.stop();
    }
  });

  it('ends, and so does every other, when somebody on a private channel is to be cut by `terminate_connections`', async () => {
    const server = await startScaled();
    try {
      const nodes = server.nodePorts.map((port) => new ReverbNode(port));
      const clients = await Promise.all(nodes.map((node) => node.connect()));
      for (const client of clients) await client.join('private-user.1');
      const ended = server.next(/ended by itself/);
      // Whether there is an answer depends on who is quicker, the answer or the end.
      await nodes[0]!.terminate('2').catch(() => undefined);
      assert.deepEqual(await Promise.all(clients.map(({socket}) => socket.closed)), [1006, 1006]);
      await ended;
    } finally {
      await server.stop();
    }
  });
});

async function startScaled(env: Readonly<Record<string, string>> = {}): Promise<LaravelServer> {
  return LaravelServer.start({port: await freePort(), reverbPort: await freePort(), flags: ['--scale'], env});
}
