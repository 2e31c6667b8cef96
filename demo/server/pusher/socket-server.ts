import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import {WebSocketServer, type RawData, type WebSocket} from 'ws';
import {app} from '../config.js';
import type {Faults} from '../faults.js';
import type {Limits} from '../limits.js';
import {isAllowedOrigin} from '../origins.js';
import type {Channels} from './channels.js';
import {PusherConnection} from './connection.js';
import {errors} from './messages.js';
import {PusherProtocol} from './protocol.js';

/** Told to each client: it should ping after so many silent seconds. As Reverb's default. */
const ACTIVITY_TIMEOUT = 30;
const SWEEP_INTERVAL = 5_000;

/** The WebSocket side of the server: who may come in, and when somebody has to go. */
export class SocketServer {
  readonly #server: WebSocketServer;
  readonly #connections = new Map<string, PusherConnection>();
  readonly #perAddress = new Map<string, number>();
  readonly #channels: Channels;
  readonly #protocol: PusherProtocol;
  readonly #limits: Limits;
  readonly #faults: Faults;
  readonly #sweeper: NodeJS.Timeout;

  constructor(parts: {channels: Channels; limits: Limits; faults: Faults}) {
    this.#channels = parts.channels;
    this.#limits = parts.limits;
    this.#faults = parts.faults;
    this.#protocol = new PusherProtocol(parts.channels, parts.limits);
    this.#protocol.isDeafToSubscribes = () => parts.faults.settings.subscribeSilence;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      // Compression would cost every client memory and open the way for decompression bombs; chat frames are small.
      perMessageDeflate: false,
      maxPayload: parts.limits.frameBytes,
    });
    this.#sweeper = setInterval(() => this.sweep(Date.now()), SWEEP_INTERVAL);
    this.#sweeper.unref();
  }

  /** The open sockets, by socket id. */
  get connections(): ReadonlyMap<string, PusherConnection> {
    return this.#connections;
  }

  /** Takes over an HTTP upgrade, or refuses it while it is still HTTP. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    // By hand and not with new URL(): a request line may hold anything, and what throws here ends the process.
    const [, key] = /^\/app\/([^/?]+)(?:\?|$)/.exec(request.url ?? '') ?? [];
    if (key === undefined) return refuseUpgrade(socket, '404 Not Found');
    const {origin} = request.headers;
    // A page of another site could otherwise listen in through the visitor's own machine.
    if (origin !== undefined && !isAllowedOrigin(origin)) return refuseUpgrade(socket, '403 Forbidden');
    if (this.#faults.settings.refuseSockets) return refuseUpgrade(socket, '503 Service Unavailable');
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      this.#open(webSocket, request.socket.remoteAddress ?? '', key);
    });
  }

  /** Pings those who were silent too long and drops those who did not answer. Called every five seconds. */
  sweep(now: number): void {
    for (const connection of [...this.#connections.values()]) {
      if (connection.pingedAt !== undefined) {
        if (now - connection.pingedAt < this.#limits.pongWithin) continue;
        connection.sendError(errors.noPong);
        connection.terminate();
      } else if (now - connection.lastHeard >= this.#limits.pingAfter) {
        connection.pingedAt = now;
        connection.sendEvent('pusher:ping');
      }
    }
  }

  /** Closes every socket that `which` picks. */
  disconnect(which: (connection: PusherConnection) => boolean): void {
    for (const connection of [...this.#connections.values()]) {
      if (which(connection)) connection.refuse(errors.terminated);
    }
  }

  /** Says goodbye to everybody with 1001 and stops listening. */
  close(): void {
    clearInterval(this.#sweeper);
    for (const connection of this.#connections.values()) connection.close(1001, 'Server is going away');
    this.#server.close();
  }

  #open(webSocket: WebSocket, address: string, key: string): void {
    const connection = new PusherConnection(webSocket, address, this.#limits);
    // An unheard 'error' would end the process; what follows it is always 'close'.
    webSocket.on('error', () => undefined);
    const {settings} = this.#faults;
    if (settings.acceptThenDrop) return connection.terminate();
    if (settings.firstError !== null) return connection.refuse({code: settings.firstError, message: 'Injected fault'});
    if (key !== app.key) return connection.refuse(errors.unknownApp);
    const perAddress = this.#perAddress.get(address) ?? 0;
    if (this.#connections.size >= this.#limits.sockets || perAddress >= this.#limits.socketsPerAddress) {
      return connection.refuse(errors.overQuota);
    }
    this.#perAddress.set(address, perAddress + 1);
    this.#connections.set(connection.id, connection);
    webSocket.on('message', (data, isBinary) => this.#protocol.receive(connection, isBinary ? '' : toText(data)));
    webSocket.on('pong', () => connection.heard(Date.now()));
    webSocket.on('ping', () => connection.heard(Date.now()));
    webSocket.on('close', () => this.#forget(connection));
    if (settings.pauseSockets) connection.pause();
    else if (!settings.welcomeNever) {
      connection.sendEvent('pusher:connection_established', {socket_id: connection.id, activity_timeout: ACTIVITY_TIMEOUT});
    }
  }

  #forget(connection: PusherConnection): void {
    this.#connections.delete(connection.id);
    const left = (this.#perAddress.get(connection.address) ?? 1) - 1;
    if (left > 0) this.#perAddress.set(connection.address, left);
    else this.#perAddress.delete(connection.address);
    this.#channels.unsubscribeAll(connection);
  }
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function toText(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return data instanceof ArrayBuffer ? Buffer.from(data).toString() : data.toString();
}
