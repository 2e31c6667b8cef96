import {once} from 'node:events';
import {connect, createServer} from 'node:net';

/** What a request for a WebSocket of the Pusher protocol begins with. */
const SOCKET_REQUEST = Buffer.from('GET /app/');

/**
 * @typedef {object} Target
 * @property {number} port where a node of Reverb listens, or will
 * @property {number} sockets how many WebSockets it has through us
 */

/**
 * Shares connections out among the nodes of Reverb, in turn, as a load balancer does in production: the WebSockets of clients, and
 * apart from them Laravel's own requests, or else these would decide who of the clients gets where. A node that does not answer
 * is passed over; it has its turn again as soon as it does.
 */
export class Balancer {
  /** @type {readonly Target[]} */ #targets;
  /** Who is next, for either kind. */
  #next = {socket: 0, request: 0};
  /** @type {Set<import('node:net').Socket>} */ #open = new Set();
  #server = createServer((client) => this.#accept(client));

  /** @param {readonly number[]} ports those of the nodes */
  constructor(ports) {
    this.#targets = ports.map((port) => ({port, sockets: 0}));
  }

  /** How many WebSockets each node has. */
  get sockets() {
    return this.#targets.map(({sockets}) => sockets);
  }

  /**
   * @param {number} port
   * @throws {Error} when it cannot be listened on
   */
  async listen(port) {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async close() {
    for (const socket of this.#open) socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** @param {import('node:net').Socket} client */
  #accept(client) {
    this.#watch(client);
    // Both protocols begin with the client.
    client.once('data', (/** @type {Buffer} */ first) => {
      client.pause();
      const kind = first.subarray(0, SOCKET_REQUEST.length).equals(SOCKET_REQUEST) ? 'socket' : 'request';
      void this.#relay(client, first, kind);
    });
  }

  /**
   * @param {import('node:net').Socket} client
   * @param {Buffer} first what it has said already
   * @param {'socket' | 'request'} kind
   */
  async #relay(client, first, kind) {
    const found = await this.#findNode(kind);
    if (found === null || client.destroyed) {
      found?.node.destroy();
      client.destroy();
      return;
    }
    const {node, target} = found;
    this.#watch(node);
    if (kind === 'socket') target.sockets += 1;
    node.once('close', () => {
      if (kind === 'socket') target.sockets -= 1;
      client.destroySoon();
    });
    client.once('close', () => node.destroySoon());
    node.write(first);
    client.pipe(node);
    node.pipe(client);
  }

  /**
   * @param {'socket' | 'request'} kind
   * @returns {Promise<{node: import('node:net').Socket, target: Target} | null>} `null` where none answers
   */
  async #findNode(kind) {
    // Its own way round, whoever else is looking at the same time: each node is tried once.
    const first = this.#next[kind];
    this.#next[kind] = (first + 1) % this.#targets.length;
    for (const offset of this.#targets.keys()) {
      const target = /** @type {Target} */ (this.#targets[(first + offset) % this.#targets.length]);
      const node = connect(target.port, '127.0.0.1');
      try {
        await once(node, 'connect');
        return {node, target};
      } catch {
        node.destroy();
      }
    }
    return null;
  }

  /** @param {import('node:net').Socket} socket */
  #watch(socket) {
    this.#open.add(socket);
    // What matters is the close that follows.
    socket.on('error', () => {});
    socket.once('close', () => this.#open.delete(socket));
  }
}
