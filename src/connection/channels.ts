import type {ChannelInfo, ChatError, ChatEvent} from '../model/index.js';
import {Alarm} from './alarm.js';
import {Channel, type ChannelHost} from './channel.js';
import {assertChannelName} from './channel-name.js';
import {SubscribeGate} from './subscribe-gate.js';
import type {AuthorizeHandler, ChannelHandle, ConnectionEnvironment} from './types.js';
import type {Transport} from './transport.js';

export interface ChannelsOptions {
  readonly environment: Pick<ConnectionEnvironment, 'clock' | 'random'>;
  readonly authorize: AuthorizeHandler;
  readonly wire: Pick<Transport, 'subscribe' | 'unsubscribe' | 'send'>;
  /** The server refused the token for good. */
  readonly onUnauthorized: (error: ChatError) => void;
  readonly onError: (error: ChatError) => void;
}

/** The channels that somebody holds, and on each socket their way to being subscribed. */
export class Channels {
  readonly #channels = new Map<string, Channel>();
  readonly #infos = new Map<string, ChannelInfo>();
  readonly #options: ChannelsOptions;
  readonly #gate: SubscribeGate;
  readonly #alarm: Alarm;
  readonly #host: ChannelHost;
  #socketId: string | null = null;
  #isPumping = false;
  #isDirty = false;

  constructor(options: ChannelsOptions) {
    this.#options = options;
    this.#gate = new SubscribeGate(options.environment.clock);
    this.#alarm = new Alarm(options.environment.clock);
    this.#host = this.#createHost();
  }

  /** Always up to date; the object stays the same. */
  get infos(): ReadonlyMap<string, ChannelInfo> {
    return this.#infos;
  }

  /** Holds a channel. Throws a `ConfigError` for a name that is not allowed. */
  hold(name: string): ChannelHandle {
    assertChannelName(name);
    let channel = this.#channels.get(name);
    if (!channel) {
      channel = new Channel(name, this.#host);
      this.#channels.set(name, channel);
      this.#infos.set(name, channel.info);
    }
    const handle = channel.hold();
    this.#pump();
    return handle;
  }

  /** There is a socket: subscribes everything on it. */
  up(socketId: string): void {
    this.#socketId = socketId;
    this.#pump();
  }

  /** The socket is gone. */
  down(): void {
    this.#socketId = null;
    this.#alarm.clear();
    for (const channel of [...this.#channels.values()]) channel.down();
  }

  confirm(name: string, members?: ReadonlyMap<string, unknown>): void {
    this.#channels.get(name)?.confirm(members);
  }

  setMembers(name: string, members: ReadonlyMap<string, unknown>): void {
    this.#channels.get(name)?.setMembers(members);
  }

  reject(name: string, status: number | null): void {
    this.#channels.get(name)?.reject(status);
  }

  /**
   * The server complained without naming a channel. If just one waits for its confirmation, it is meant. Returns whether so;
   * otherwise whoever is meant finds out by waiting in vain.
   */
  blame(): boolean {
    const waiting = [...this.#channels.values()].filter(({state}) => state === 'subscribing');
    if (waiting.length !== 1) return false;
    waiting[0]!.reject(null);
    return true;
  }

  /** Begins no subscription for `ms`. */
  pause(ms: number): void {
    this.#gate.pause(ms);
  }

  /** Asks again for what was denied. */
  forgive(): void {
    for (const channel of [...this.#channels.values()]) channel.forgive();
  }

  tell(event: ChatEvent): void {
    this.#channels.get(event.channel)?.tell(event);
  }

  /** Forgets all channels and their holders. */
  dispose(): void {
    this.down();
    for (const channel of [...this.#channels.values()]) channel.dispose();
  }

  #createHost(): ChannelHost {
    const {environment, authorize, wire, onUnauthorized, onError} = this.#options;
    return {
      environment,
      authorize,
      subscribe: (channel, auth) => wire.subscribe(channel, auth),
      unsubscribe: (channel) => wire.unsubscribe(channel),
      send: (event, data, channel) => wire.send(event, data, channel),
      pause: (ms) => this.#gate.pause(ms),
      unauthorized: onUnauthorized,
      report: onError,
      changed: (channel) => {
        this.#infos.set(channel.name, channel.info);
        this.#pump();
      },
      abandoned: ({name}) => {
        this.#channels.delete(name);
        this.#infos.delete(name);
        this.#pump();
      },
    };
  }

  /** Begins what may begin now, and comes back for the rest. */
  #pump(): void {
    this.#isDirty = true;
    // A channel that begins reports a change, and so calls this again.
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      while (this.#isDirty) {
        this.#isDirty = false;
        this.#beginNext();
      }
    } finally {
      this.#isPumping = false;
    }
  }

  #beginNext(): void {
    for (const channel of [...this.#channels.values()]) {
      if (channel.state !== 'idle') continue;
      if (this.#socketId === null) return;
      const wait = this.#gate.wait(this.#underWay());
      if (wait === null) return;
      if (wait > 0) return this.#alarm.set(wait, () => this.#pump());
      this.#gate.pass();
      channel.begin(this.#socketId);
    }
  }

  #underWay(): number {
    let count = 0;
    for (const {isUnderWay} of this.#channels.values()) count += isUnderWay ? 1 : 0;
    return count;
  }
}
