import {once} from 'node:events';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Duplex} from 'node:stream';
import {WebSocketServer, type WebSocket} from 'ws';

/** What a server does wrong, with everybody, until it is healed. */
export type Sickness =
  /** Answers the upgrade with this status. */
  | {readonly kind: 'no-upgrade'; readonly status: number}
  /** Accepts the connection and says nothing: `upgrade`, no HTTP answer; `welcome`, no welcome; `subscribe`, no answer to a subscribe. */
  | {readonly kind: 'silence'; readonly about: 'upgrade' | 'welcome' | 'subscribe'}
  /** Ends the socket with this code, in place of the welcome or once the channel is subscribed. 1005: no code, 1006: no goodbye. */
  | {readonly kind: 'close'; readonly code: number; readonly when: When}
  /** Sends a `pusher:error`, and then closes with the same code or leaves the socket open. */
  | {readonly kind: 'error'; readonly code: number | null; readonly when: When; readonly closes: boolean}
  /** Answers a question for authorization so; `hang` and `reset` are no answers. */
  | {readonly kind: 'auth'; readonly answer: number | 'hang' | 'reset' | 'html' | 'empty' | 'no-auth'};

/** Before the handshake is done, once a channel is subscribed, or in place of the confirmation of a channel. */
export type When = 'before' | 'after' | 'subscribe';

/** A socket server of the Pusher protocol, with an authorization beside it, that is well but for one thing. */
export class SickServer {
  /** When somebody tried to open a WebSocket (ms since the epoch). */
  readonly attempts: number[] = [];
  readonly #sickness: Sickness;
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({noServer: true});
  readonly #hanging = new Set<Duplex | ServerResponse>();
  #isWell = false;

  private constructor(sickness: Sickness) {
    this.#sickness = sickness;
    this.#http = createServer((request, response) => this.#authorize(request, response));
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  static async start(sickness: Sickness): Promise<SickServer> {
    const server = new SickServer(sickness);
    server.#http.listen(0, '127.0.0.1');
    await once(server.#http, 'listening');
    return server;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get authEndpoint(): string {
    return `http://127.0.0.1:${this.port}/broadcasting/auth`;
  }

  /** Nothing is wrong any more. What hangs goes on hanging. */
  heal(): void {
    this.#isWell = true;
  }

  async close(): Promise<void> {
    const closed = once(this.#http, 'close');
    for (const socket of this.#sockets.clients) socket.terminate();
    for (const hanging of this.#hanging) hanging.destroy();
    this.#http.close();
    this.#http.closeAllConnections();
    await closed;
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => undefined);
    this.attempts.push(Date.now());
    const sickness = this.#isWell ? null : this.#sickness;
    if (sickness?.kind === 'no-upgrade') {
      socket.end(`HTTP/1.1 ${sickness.status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    } else if (sickness?.kind === 'silence' && sickness.about === 'upgrade') {
      this.#hanging.add(socket);
    } else {
      this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#serve(webSocket, sickness));
    }
  }

  #serve(socket: WebSocket, sickness: Sickness | null): void {
    // What follows an error is always `close`.
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer) => this.#answer(socket, JSON.parse(data.toString()) as Frame));
    if (sickness?.kind === 'silence' && sickness.about === 'welcome') return;
    if (!strikes(socket, sickness, 'before')) {
      say(socket, 'pusher:connection_established', {socket_id: `${this.attempts.length}.${this.port}`, activity_timeout: 30});
    }
  }

  #answer(socket: WebSocket, {event, data}: Frame): void {
    const sickness = this.#isWell ? null : this.#sickness;
    if (event === 'pusher:ping') return say(socket, 'pusher:pong', {});
    if (event !== 'pusher:subscribe') return;
    if (sickness?.kind === 'silence' && sickness.about === 'subscribe') return;
    if (strikes(socket, sickness, 'subscribe')) return;
    say(socket, 'pusher_internal:subscription_succeeded', {}, data?.channel);
    strikes(socket, sickness, 'after');
  }

  #authorize(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    for (const [name, value] of Object.entries(corsFor(request))) response.setHeader(name, value);
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const sickness = this.#isWell ? null : this.#sickness;
    const answer = sickness?.kind === 'auth' ? sickness.answer : 200;
    if (answer === 'hang') this.#hanging.add(response);
    else if (answer === 'reset') response.destroy();
    else if (answer === 'html') response.setHeader('Content-Type', 'text/html').end('<!doctype html><h1>Sign in</h1>');
    else if (answer === 'empty') response.end();
    else if (answer === 'no-auth') response.end('{"message":"ok"}');
    else response.writeHead(answer, answer === 429 ? {'Retry-After': '2'} : {}).end('{"auth":"demo-key:signature"}');
  }
}

interface Frame {
  readonly event: string;
  readonly data?: {readonly channel?: string};
}

function say(socket: WebSocket, event: string, data: object, channel?: string): void {
  socket.send(JSON.stringify({event, data: JSON.stringify(data), ...(channel === undefined ? {} : {channel})}));
}

/** Does what the server does wrong at this moment, if it does. */
function strikes(socket: WebSocket, sickness: Sickness | null, moment: When): boolean {
  if ((sickness?.kind !== 'close' && sickness?.kind !== 'error') || sickness.when !== moment) return false;
  const {code} = sickness;
  if (sickness.kind === 'error') say(socket, 'pusher:error', {code, message: 'Out of sorts'});
  if (sickness.kind === 'close' || sickness.closes) end(socket, code);
  return true;
}

function end(socket: WebSocket, code: number | null): void {
  if (code === 1006) socket.terminate();
  else if (code === 1005 || code === null) socket.close();
  else socket.close(code, 'Out of sorts');
}

function corsFor({headers}: IncomingMessage): Readonly<Record<string, string>> {
  return {
    'Access-Control-Allow-Origin': headers.origin ?? '*',
    'Access-Control-Allow-Headers': 'Accept, Authorization, Content-Type, X-Requested-With',
    'Access-Control-Expose-Headers': 'Retry-After',
  };
}
