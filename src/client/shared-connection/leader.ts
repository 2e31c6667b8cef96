import {Alarm} from '../../connection/alarm.js';
import type {Transport, TransportClose, TransportHandler} from '../../connection/transport.js';
import type {ChannelAuth} from '../../connection/types.js';
import {BROKEN, NEVER_OPEN, type Place, type Role} from './role.js';
import {SharedChannels} from './shared-channels.js';
import type {LeaderMessage, TabMessage} from './tab-message.js';

/** How long the server may take to answer a follower's ping (ms); the same as for a probe in `Liveness`. */
const PONG_WAIT = 4_000;
/** The largest whisper (UTF-16 units). Reverb closes the socket (1009) for a larger frame, and all tabs use that socket. */
const LARGEST_WHISPER = 10_000;

/** The close code for an error that has no code. */
const SERVER_ERROR = 1011;

/** Makes the socket that is shared. */
export type CreateTransport = (handler: TransportHandler) => Transport;

/** The tab that has the socket. Passes on what comes over it to the followers, and to the server what the followers send. */
export class Leader implements Role {
  readonly #place: Place;
  readonly #transport: Transport;
  readonly #channels: SharedChannels;
  readonly #followers = new Set<string>();
  readonly #pong: Alarm;
  #socketId: string | null = null;

  constructor(place: Place, createTransport: CreateTransport) {
    this.#place = place;
    this.#transport = createTransport(this.#createHandler());
    this.#channels = new SharedChannels(this.#transport);
    this.#pong = new Alarm(place.clock);
  }

  start(): void {
    this.#place.expectWelcome();
    this.#place.tell({type: 'leading'});
    try {
      this.#transport.open();
    } catch {
      this.#place.lose(NEVER_OPEN);
    }
  }

  subscribe(channel: string, auth: ChannelAuth | null): void {
    if (this.#socketId !== null) this.#hold(channel, this.#place.id, auth);
  }

  unsubscribe(channel: string): void {
    this.#channels.giveBack(channel, this.#place.id);
  }

  send(event: string, data: object, channel?: string): boolean {
    return this.#transport.send(event, data, channel);
  }

  take(message: TabMessage): void {
    if (!('to' in message)) return;
    const {from, to} = message;
    this.#meet(from);
    if (message.type === 'ask') return this.#answer(to);
    if (to !== this.#place.id) return;
    switch (message.type) {
      case 'subscribe':
        return this.#hold(message.channel, from, message.auth);
      case 'unsubscribe':
        return this.#channels.giveBack(message.channel, from);
      case 'send':
        if (message.channel === null) this.#ping(message.event);
        else this.#whisper(message.channel, from, message);
    }
  }

  end(): void {
    this.#socketId = null;
    this.#pong.clear();
    this.#transport.close();
  }

  /** The followers are told first, because this tab may react to an event by giving up the socket. */
  #createHandler(): TransportHandler {
    const {handler} = this.#place;
    return {
      onWelcome: (socketId) => {
        this.#socketId = socketId;
        this.#place.tell({type: 'welcome', socketId});
        this.#place.welcome(socketId);
      },
      onFrame: () => {
        this.#pong.clear();
        this.#tellFollowers({type: 'frame'});
        handler.onFrame();
      },
      onServerError: (code, message) => {
        // In place of the welcome. A tab that goes on from another socket would take it for a complaint about a channel of that one.
        if (this.#socketId === null)
          return this.#drop({code: code ?? SERVER_ERROR, reason: message, opened: true, welcomed: false});
        this.#place.tell({type: 'complaint', code, message});
        handler.onServerError(code, message);
      },
      onClose: (close) => this.#drop(close),
      onSubscribed: (channel, members) => {
        this.#channels.confirm(channel, members ?? null);
        this.#tellFollowers({type: 'subscribed', only: null, channel, members: members ?? null});
        this.#confirmOurs(channel);
      },
      onSubscriptionError: (channel, status) => {
        const isOurs = this.#isOurs(channel);
        this.#channels.refuse(channel);
        this.#tellFollowers({type: 'refused', channel, status});
        if (isOurs) handler.onSubscriptionError(channel, status);
      },
      onEvent: (event) => {
        this.#tellFollowers({type: 'event', event});
        if (this.#isOurs(event.channel)) handler.onEvent(event);
      },
      onError: (error) => handler.onError(error),
    };
  }

  /** Subscribes a tab to a channel. It is confirmed now if the socket has joined the channel, otherwise when the server confirms it. */
  #hold(channel: string, tab: string, auth: ChannelAuth | null): void {
    this.#channels.hold(channel, tab, auth);
    const joined = this.#channels.joined(channel);
    // Later for this tab itself: it expects no confirmation before its call of `subscribe` has returned.
    if (tab === this.#place.id) queueMicrotask(() => this.#confirmOurs(channel));
    else if (joined) this.#place.tell({type: 'subscribed', only: tab, channel, members: joined.members});
  }

  #confirmOurs(channel: string): void {
    const joined = this.#socketId !== null && this.#isOurs(channel) && this.#channels.joined(channel);
    if (joined) this.#place.handler.onSubscribed(channel, joined.members ?? undefined);
  }

  #answer(leader: string | null): void {
    // The follower takes another tab for the leader: it was frozen, and has missed the change.
    if (leader !== null && leader !== this.#place.id) this.#place.tell({type: 'leading'});
    this.#place.tell(this.#socketId === null ? {type: 'alive'} : {type: 'welcome', socketId: this.#socketId});
  }

  /** Sends a ping for a follower. Followers tend to ask at the same time, and one ping does for all. */
  #ping(event: string): void {
    if (event !== 'pusher:ping' || this.#pong.due !== null) return;
    if (this.#transport.send(event, {})) this.#pong.set(PONG_WAIT, () => this.#drop(BROKEN));
  }

  #whisper(channel: string, tab: string, {event, data}: {readonly event: string; readonly data: string}): void {
    if (!event.startsWith('client-') || data.length > LARGEST_WHISPER || !this.#channels.isHeldBy(channel, tab)) return;
    const payload = parse(data);
    if (payload) this.#transport.send(event, payload, channel);
  }

  #drop(close: TransportClose): void {
    this.#place.tell({type: 'closed', close});
    this.#place.lose(close);
  }

  #meet(tab: string): void {
    if (this.#followers.has(tab)) return;
    this.#followers.add(tab);
    this.#place.whenGone(tab, () => {
      this.#followers.delete(tab);
      this.#channels.forget(tab);
    });
  }

  #tellFollowers(message: LeaderMessage): void {
    if (this.#followers.size > 0) this.#place.tell(message);
  }

  #isOurs(channel: string): boolean {
    return this.#channels.isHeldBy(channel, this.#place.id);
  }
}

/** The object that a JSON text stands for; `null` for anything else. */
function parse(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
