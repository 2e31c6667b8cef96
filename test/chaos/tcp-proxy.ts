import {once} from 'node:events';
import {connect, createServer, type AddressInfo, type Server, type Socket} from 'node:net';

/** How long a link that is to break in the middle of a chunk waits for one (ms). */
const TRUNCATE_PATIENCE = 1_000;

/** Whom nothing reaches any more. */
export type Direction = 'client' | 'server' | 'both';

/** One TCP connection through the proxy, and what can go wrong with it. What has ended stays so; all calls may come twice. */
export class Link {
  /** Whether it carries a WebSocket. Known with the first bytes that the client sends, and `false` before. */
  isSocket = false;
  readonly #client: Socket;
  readonly #server: Socket;
  #silent = false;
  /** To whom nothing is passed, while the other way is open. */
  #deaf: Socket | null = null;
  #truncating = false;
  #delay = 0;

  constructor(client: Socket, server: Socket, onRequest: (link: Link, firstBytes: Buffer) => void) {
    this.#client = client;
    this.#server = server;
    client.once('data', (chunk: Buffer) => onRequest(this, chunk));
    this.#forward(client, server);
    this.#forward(server, client);
    client.once('close', () => server.destroy());
    server.once('close', () => this.#later(() => this.#silent || client.destroy()));
  }

  /** Ends it at once, as a lost network does (TCP reset). */
  cut(): void {
    this.#client.resetAndDestroy();
    this.#server.destroy();
  }

  /** Ends the server's half only: the client may go on talking, and is not answered. */
  halfClose(): void {
    this.#silent = true;
    this.#client.end();
  }

  /** Lets nothing through from now on, one way or both, and closes nothing. */
  blackhole(deaf: Direction = 'both'): void {
    if (deaf === 'both') this.#silent = true;
    else this.#deaf = deaf === 'client' ? this.#client : this.#server;
  }

  /** Ends it in the middle of what the server says next. */
  truncate(): void {
    this.#truncating = true;
    const timer = setTimeout(() => this.cut(), TRUNCATE_PATIENCE);
    this.#client.once('close', () => clearTimeout(timer));
  }

  /** Lets everything through so much later (ms), in its order. */
  delay(ms: number): void {
    this.#delay = ms;
  }

  #forward(from: Socket, to: Socket): void {
    from.on('data', (chunk: Buffer) => this.#later(() => this.#pass(chunk, from, to)));
    from.on('end', () => this.#later(() => this.#silent || to.end()));
    // A reset is followed by `close`.
    from.on('error', () => undefined);
  }

  #reaches(to: Socket): boolean {
    return !this.#silent && this.#deaf !== to;
  }

  #later(work: () => void): void {
    if (this.#delay > 0) setTimeout(work, this.#delay);
    else work();
  }

  #pass(chunk: Buffer, from: Socket, to: Socket): void {
    if (!this.#reaches(to) || !to.writable) return;
    if (this.#truncating && to === this.#client) {
      to.write(chunk.subarray(0, Math.ceil(chunk.length / 2)), () => this.cut());
      this.#silent = true;
      return;
    }
    if (to.write(chunk)) return;
    from.pause();
    to.once('drain', () => from.resume());
  }
}

/** Passes TCP connections on to a port of this machine, knows which of them are WebSockets, and can break each one. */
export class TcpProxy {
  /** When somebody tried to open a WebSocket (ms since the epoch), in order. */
  readonly attempts: number[] = [];
  /** Whether new connections are reset at once, as if nobody listened. */
  refusing = false;
  readonly #server: Server;
  readonly #links = new Set<Link>();

  private constructor(target: number) {
    this.#server = createServer({allowHalfOpen: true}, (client) => this.#accept(client, target));
  }

  /** Resolves once it listens, on a free port of the loopback interface. */
  static async start(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The connections of now. */
  get links(): readonly Link[] {
    return [...this.#links];
  }

  /** Those of them that carry a WebSocket. */
  get sockets(): readonly Link[] {
    return this.links.filter(({isSocket}) => isSocket);
  }

  /** Cuts all, and listens no more. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const link of this.#links) link.cut();
    await closed;
  }

  #accept(client: Socket, target: number): void {
    client.setNoDelay(true);
    if (this.refusing) {
      // Its attempt counts all the same: whoever is refused must not hammer either.
      client.once('data', (chunk: Buffer) => {
        if (asksForSocket(chunk)) this.attempts.push(Date.now());
        client.resetAndDestroy();
      });
      client.on('error', () => undefined);
      return;
    }
    const server = connect({port: target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true});
    const link = new Link(client, server, (one, firstBytes) => this.#recognize(one, firstBytes));
    this.#links.add(link);
    client.once('close', () => this.#links.delete(link));
  }

  #recognize(link: Link, firstBytes: Buffer): void {
    link.isSocket = asksForSocket(firstBytes);
    if (link.isSocket) this.attempts.push(Date.now());
  }
}

/** A browser opens a connection of its own for each WebSocket, so the first bytes decide. */
function asksForSocket(firstBytes: Buffer): boolean {
  return firstBytes.subarray(0, 9).toString('latin1') === 'GET /app/';
}
