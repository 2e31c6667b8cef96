import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {WebSocket, WebSocketServer} from 'ws';
import {FaultProxy} from './fault-proxy.js';

const WELCOME = '{"event":"pusher:connection_established"}';
const eventFrame = (number: number): string => JSON.stringify({event: 'message', channel: 'private-user.1', data: number});

/** A server that says welcome, answers each frame with the same one, and counts what it was asked. */
class Target {
  readonly asked: string[] = [];
  readonly #http: Server;
  readonly #sockets: WebSocketServer;

  private constructor() {
    this.#http = createServer((request, response) => {
      this.asked.push(`${request.method} ${request.url}`);
      request.resume().once('end', () => response.end('done'));
    });
    this.#sockets = new WebSocketServer({server: this.#http});
    this.#sockets.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => socket.send(data.toString()));
      socket.send(WELCOME);
    });
  }

  static async start(): Promise<Target> {
    const target = new Target();
    target.#http.listen(0, '127.0.0.1');
    await once(target.#http, 'listening');
    return target;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  broadcast(frame: string): void {
    for (const socket of this.#sockets.clients) socket.send(frame);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    const closed = once(this.#http, 'close');
    this.#http.close();
    this.#http.closeAllConnections();
    await closed;
  }
}

/** A client that keeps what it hears. */
class Client {
  readonly heard: string[] = [];
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;

  constructor(port: number) {
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}/app/demo-key`);
    this.#socket.on('message', (data: Buffer) => this.heard.push(data.toString()));
    this.#socket.on('error', () => undefined);
    // Not `once`, which rejects for an error; and a reset is one.
    this.closed = new Promise((resolve) => this.#socket.once('close', resolve));
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Resolves once so many frames have been heard in all. */
  async hears(count: number): Promise<void> {
    while (this.heard.length < count) await once(this.#socket, 'message');
  }

  send(frame: string): void {
    this.#socket.send(frame);
  }

  end(): void {
    this.#socket.terminate();
  }
}

let target: Target;
let proxy: FaultProxy;
let clients: Client[];

beforeEach(async () => {
  target = await Target.start();
  proxy = await FaultProxy.start({http: target.port, sockets: target.port}, 1);
  clients = [];
});

afterEach(async () => {
  for (const client of clients) client.end();
  await proxy.close();
  await target.close();
});

async function connect(): Promise<Client> {
  const client = new Client(proxy.port);
  clients.push(client);
  await client.hears(1);
  return client;
}

/** Lets frames go there and back on a connection of their own, after which whatever was under way before has arrived. */
async function roundTrip(): Promise<void> {
  const client = await connect();
  client.send('{"event":"pusher:ping"}');
  await client.hears(2);
}

const post = (path: string): Promise<Response> => fetch(`${proxy.url}${path}`, {method: 'POST', body: '{}'});

describe('the fault proxy without a fault', () => {
  it('passes calls and frames on, both ways', async () => {
    assert.equal(await (await post('/api/messages')).text(), 'done');
    const client = await connect();
    client.send(eventFrame(1));
    await client.hears(2);
    assert.deepEqual(client.heard, [WELCOME, eventFrame(1)]);
  });

  it('counts who tries to open a socket, refused or not', async () => {
    await connect();
    proxy.refusing = true;
    const refused = new Client(proxy.port);
    assert.equal(await refused.closed, 1006);
    assert.equal(proxy.attempts.length, 2);
  });
});

describe('the fault proxy on TCP', () => {
  for (const kind of ['cut', 'half-close'] as const) {
    it(`ends sockets without a word: ${kind}`, async () => {
      const client = await connect();
      assert.equal(proxy.breakSockets(kind), 1);
      assert.equal(await client.closed, 1006);
    });
  }

  it('ends a socket in the middle of a frame', async () => {
    const client = await connect();
    proxy.breakSockets('truncate');
    target.broadcast(eventFrame(1));
    assert.equal(await client.closed, 1006);
    assert.deepEqual(client.heard, [WELCOME]);
  });

  it('lets a socket stand open and passes nothing', async () => {
    const client = await connect();
    proxy.breakSockets('blackhole');
    target.broadcast(eventFrame(1));
    await roundTrip();
    assert.deepEqual(client.heard, [WELCOME]);
    assert.ok(client.isOpen);
  });

  it('delays what it passes, and keeps its order', async () => {
    const client = await connect();
    for (const link of proxy.sockets) link.delay(5);
    for (const number of [1, 2, 3]) target.broadcast(eventFrame(number));
    await client.hears(4);
    assert.deepEqual(client.heard.slice(1), [1, 2, 3].map(eventFrame));
  });

  it('leaves calls alone when it breaks sockets', async () => {
    await connect();
    const answer = post('/api/messages');
    proxy.breakSockets('cut');
    assert.equal((await answer).status, 200);
  });
});

describe('the fault proxy on HTTP', () => {
  it('answers for the server, so that a page can read the status', async () => {
    proxy.setRates({auth5xx: 1, rest5xx: 1});
    for (const path of ['/broadcasting/auth', '/api/conversations']) {
      const response = await post(path);
      assert.equal(response.status, 503);
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
    }
    assert.deepEqual(target.asked, []);
  });

  it('lets an authorization hang until it is healed', async () => {
    proxy.setRates({authHang: 1});
    const answer = post('/broadcasting/auth');
    await roundTrip();
    proxy.heal();
    await assert.rejects(answer);
    assert.equal((await post('/broadcasting/auth')).status, 200);
  });

  it('loses the answer to what was done', async () => {
    proxy.setRates({lostAnswers: 1});
    await assert.rejects(post('/api/messages'));
    assert.deepEqual(target.asked, ['POST /api/messages']);
    assert.equal((await fetch(`${proxy.url}/api/messages`)).status, 200, 'reading is no write');
  });

  it('lets people sign in all the same', async () => {
    proxy.setRates({rest5xx: 1, lostAnswers: 1});
    assert.equal((await post('/api/login')).status, 200);
  });
});

describe('the fault proxy on frames', () => {
  const numbers = Array.from({length: 30}, (_, index) => index);

  it('loses events, and no word of the protocol', async () => {
    proxy.setRates({drop: 1});
    const client = await connect();
    target.broadcast(eventFrame(1));
    target.broadcast('{"event":"pusher:pong"}');
    await client.hears(2);
    assert.deepEqual(client.heard, [WELCOME, '{"event":"pusher:pong"}']);
  });

  it('doubles events', async () => {
    proxy.setRates({duplicate: 1});
    const client = await connect();
    target.broadcast(eventFrame(1));
    await client.hears(3);
    assert.deepEqual(client.heard, [WELCOME, eventFrame(1), eventFrame(1)]);
  });

  it('shuffles events within a window, and loses none', async () => {
    proxy.setRates({shuffle: 5});
    const client = await connect();
    for (const number of numbers) target.broadcast(eventFrame(number));
    await client.hears(31);
    const heard = client.heard.slice(1);
    assert.notDeepEqual(heard, numbers.map(eventFrame));
    assert.deepEqual(new Set(heard), new Set(numbers.map(eventFrame)));
  });

  it('closes with the code of a server', async () => {
    const client = await connect();
    assert.equal(proxy.closeSockets(4200), 1);
    assert.equal(await client.closed, 4200);
  });

  it('says what no server has said', async () => {
    const client = await connect();
    proxy.inject('{"event":7}');
    await client.hears(2);
    assert.equal(client.heard[1], '{"event":7}');
  });
});
