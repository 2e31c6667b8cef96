import type {Faults, SocketFault} from './faults.js';
import {FakeSocket, type SocketPeer} from './fake-socket.js';
import {PeerChannel, type PeerSocket} from './peer-channel.js';
import type {ServerLog} from './server-log.js';
import type {Signatures} from './signatures.js';

/** The largest frame that Reverb takes from a client (bytes). */
const MAX_FRAME = 10_000;

/** What is said to a client as `pusher:error`. Reverb's words and codes; it names no channel and leaves the socket open. */
const UNKNOWN_APP = {code: 4001, message: 'Application does not exist'};
const BAD_MESSAGE = {code: 4200, message: 'Invalid message format'};
const BAD_SIGNATURE = {code: 4009, message: 'Connection is unauthorized'};
const NO_MEMBER = {code: 4009, message: 'The client is not a member of the specified channel.'};

/** What a peer needs of its server. */
export interface PeerSettings {
  readonly appKey: string;
  /** In seconds, told to each client. Reverb says 30. */
  readonly activityTimeout: number;
  readonly signatures: Signatures;
  readonly faults: Faults;
  readonly log: ServerLog;
  readonly random: () => number;
  readonly later: (fn: () => void, ms: number) => void;
}

/** The socket side: the Pusher protocol (version 7) as Laravel Reverb speaks it, errors included. */
export class PusherPeer implements SocketPeer {
  /** Whether it answers at all. */
  running = true;

  readonly #settings: PeerSettings;
  /** All that are open, welcomed or not. */
  readonly #links = new Set<FakeSocket>();
  readonly #sockets = new Map<FakeSocket, PeerSocket>();
  readonly #channels = new Map<string, PeerChannel>();

  constructor(settings: PeerSettings) {
    this.#settings = settings;
  }

  /** The sockets that are welcomed and not closed. */
  get sockets(): readonly PeerSocket[] {
    return [...this.#sockets.values()];
  }

  /** The channels that somebody is subscribed to, with the ids of the sockets in them. */
  get subscriptions(): ReadonlyMap<string, readonly string[]> {
    return new Map([...this.#channels].map(([name, channel]) => [name, channel.socketIds]));
  }

  /** What `new WebSocket(url)` is elsewhere. */
  open(url: string): FakeSocket {
    const {faults, later, log} = this.#settings;
    log.attempt(url);
    const socket = new FakeSocket(url, this, later);
    this.#links.add(socket);
    const fault = this.running ? (faults.socketList.strike(url) ?? {}) : {refuse: true};
    if (fault.refuse) socket.drop();
    else if (!fault.hang) this.#accept(socket, url, fault);
    return socket;
  }

  received(socket: FakeSocket, text: string): void {
    const connection = this.#sockets.get(socket);
    this.#settings.log.frame('in', connection?.id ?? '', text);
    if (!connection) return;
    if (new Blob([text]).size > MAX_FRAME) return socket.drop(1009);
    const frame = decode(text);
    if (frame) this.#handle(connection, frame);
    else this.#refuse(connection, BAD_MESSAGE);
  }

  left(socket: FakeSocket): void {
    this.#links.delete(socket);
    const connection = this.#sockets.get(socket);
    if (!connection) return;
    this.#sockets.delete(socket);
    for (const name of [...this.#channels.keys()]) this.#leave(connection, name);
  }

  /** Sends an event to all subscribers of a channel. */
  publish(channel: string, event: string, data: unknown): void {
    this.#channels.get(channel)?.send(event, data);
  }

  /** Sends a frame as it is to every socket. */
  raw(text: string): void {
    for (const connection of this.#sockets.values()) connection.sendText(text);
  }

  closeAll(code: number, reason: string): void {
    for (const socket of this.#links) socket.drop(code, reason);
  }

  silenceAll(): void {
    for (const socket of this.#links) socket.silence();
  }

  #accept(socket: FakeSocket, url: string, fault: Partial<SocketFault>): void {
    const connection = this.#connection(socket);
    socket.accept();
    if (fault.error) this.#refuse(connection, {message: 'Refused', ...fault.error});
    else if (!url.includes(`/app/${this.#settings.appKey}?`)) {
      this.#refuse(connection, UNKNOWN_APP);
      socket.drop();
    } else if (!fault.neverWelcome && !fault.close?.before) this.#welcome(socket, connection);
    if (fault.close) socket.drop(fault.close.code, fault.close.reason);
    // Deferred as the welcome is: silence holds back whatever has not been delivered by then.
    if (fault.silent) queueMicrotask(() => socket.silence());
  }

  #welcome(socket: FakeSocket, connection: PeerSocket): void {
    this.#sockets.set(socket, connection);
    const {activityTimeout} = this.#settings;
    connection.send('pusher:connection_established', {socket_id: connection.id, activity_timeout: activityTimeout});
  }

  #connection(socket: FakeSocket): PeerSocket {
    const part = (): number => Math.floor(this.#settings.random() * 1e9);
    const id = `${part()}.${part()}`;
    const sendText = (text: string): void => {
      this.#settings.log.frame('out', id, text);
      socket.deliver(text);
    };
    return {
      id,
      sendText,
      send: (event, data, channel) =>
        sendText(JSON.stringify({event, ...(channel === undefined ? {} : {channel}), data: JSON.stringify(data)})),
    };
  }

  #handle(connection: PeerSocket, frame: Frame): void {
    const {event, data} = frame;
    if (event === 'pusher:ping') return connection.send('pusher:pong', {});
    if (event === 'pusher:pong') return;
    if (event === 'pusher:subscribe') return this.#subscribe(connection, data);
    if (event === 'pusher:unsubscribe') return this.#leave(connection, String(data['channel']));
    if (event.startsWith('client-')) return this.#whisper(connection, frame);
    this.#refuse(connection, BAD_MESSAGE);
  }

  #subscribe(connection: PeerSocket, data: Frame['data']): void {
    const {channel: name, auth, channel_data: channelData} = data;
    if (typeof name !== 'string' || name === '') return this.#refuse(connection, BAD_MESSAGE);
    const guarded = name.startsWith('private-') || name.startsWith('presence-');
    const request = {socketId: connection.id, channel: name, channelData: typeof channelData === 'string' ? channelData : null};
    if (guarded && !this.#settings.signatures.verify(auth, request)) return this.#refuse(connection, BAD_SIGNATURE);
    const channel = this.#channels.get(name) ?? new PeerChannel(name);
    this.#channels.set(name, channel);
    channel.join(connection, request.channelData);
  }

  #leave(connection: PeerSocket, name: string): void {
    const channel = this.#channels.get(name);
    channel?.leave(connection);
    if (channel?.isEmpty) this.#channels.delete(name);
  }

  #whisper(connection: PeerSocket, frame: Frame): void {
    const channel = this.#channels.get(frame.channel ?? '');
    if (channel?.has(connection)) channel.whisper(connection, frame.event, frame.data);
    else this.#refuse(connection, NO_MEMBER);
  }

  #refuse(connection: PeerSocket, error: {readonly code: number; readonly message: string}): void {
    connection.send('pusher:error', error);
  }
}

interface Frame {
  readonly event: string;
  readonly channel?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

function decode(text: string): Frame | undefined {
  try {
    const {event, channel, data} = JSON.parse(text) as Record<string, unknown>;
    if (typeof event !== 'string') return undefined;
    const value: unknown = typeof data === 'string' ? JSON.parse(data) : (data ?? {});
    if (typeof value !== 'object' || value === null) return undefined;
    return {event, data: value as Frame['data'], ...(typeof channel === 'string' ? {channel} : {})};
  } catch {
    return undefined;
  }
}
