import type {ChannelInfo, ChatEvent} from '../model/index.js';
import {Alarm} from './alarm.js';
import {Channel, type ChannelHost, type ChannelsOptions} from './channel.js';
import {assertChannelName} from './channel-name.js';
import type {ChannelHandle} from './types.js';

/** So many may be under way at once, and begin within a second: Laravel throttles its authorization route, and Reverb its socket. */
const AT_ONCE = 5;
const PER_SECOND = 10;

/** The channels that somebody holds, and on each socket their way to being subscribed. */
export class Channels implements ChannelHost {
  readonly options: ChannelsOptions;
  readonly #channels = new Map<string, Channel>();
  readonly #alarm: Alarm;
  /** When those of the last second began (ms since the epoch). */
  #begun: readonly number[] = [];
  /** A timer, as the time of day may be set back by hours. */
  readonly #pause: Alarm;
  #socketId: string | null = null;

  constructor(options: ChannelsOptions) {
    this.options = options;
    this.#alarm = new Alarm(options.environment.clock);
    this.#pause = new Alarm(options.environment.clock);
  }

  /** What is held at the moment. */
  get infos(): ReadonlyMap<string, ChannelInfo> {
    return new Map(this.#all().map(({info}) => [info.name, info]));
  }

  /** The channel of this name, if somebody holds it. */
  get(name: string): Channel | undefined {
    return this.#channels.get(name);
  }

  /** Holds a channel, until `signal` is aborted. Throws a `ConfigError` for a name that is not allowed. */
  hold(name: string, signal?: AbortSignal): ChannelHandle {
    assertChannelName(name);
    const channel = this.#channels.get(name) ?? new Channel(name, this);
    this.#channels.set(name, channel);
    const handle = channel.hold(signal);
    if (signal?.aborted) handle.unsubscribe();
    this.pump();
    return handle;
  }

  abandon({name}: Channel): void {
    this.#channels.delete(name);
    this.pump();
  }

  /** There is a socket: subscribes everything on it. */
  up(socketId: string): void {
    this.#socketId = socketId;
    this.pump();
  }

  /** The socket is gone. */
  down(): void {
    this.#socketId = null;
    this.#alarm.clear();
    for (const channel of this.#all()) channel.down();
  }

  /**
   * The server complained without naming a channel. If just one waits for its confirmation, it is meant. Returns whether so;
   * otherwise whoever is meant finds out by waiting in vain.
   */
  blame(): boolean {
    const [first, second] = this.#all().filter(({state}) => state === 'subscribing');
    if (!first || second) return false;
    first.reject(null);
    return true;
  }

  /** Begins no subscription for `ms`. */
  pause(ms: number): void {
    if (ms > this.#pause.left) this.#pause.set(ms, () => this.pump());
  }

  /** Asks again for what was denied. */
  forgive(): void {
    for (const channel of this.#all()) channel.forgive();
  }

  tell(event: ChatEvent): void {
    this.get(event.channel)?.tell(event);
  }

  /** Forgets all channels and their holders. */
  dispose(): void {
    this.down();
    this.#pause.clear();
    for (const channel of this.#all()) channel.dispose();
  }

  #all(): readonly Channel[] {
    return [...this.#channels.values()];
  }

  #now(): number {
    return this.options.environment.clock.now();
  }

  /** Begins what may begin now, and comes back for the rest. A channel that begins reports a change, and so calls this again. */
  pump(): void {
    for (const channel of this.#all()) {
      if (channel.state !== 'idle') continue;
      if (
        this.#socketId === null ||
        this.#pause.due !== null ||
        this.#all().filter(({isUnderWay}) => isUnderWay).length >= AT_ONCE
      )
        return;
      const wait = this.#untilNext();
      if (wait > 0) return this.#alarm.set(wait, () => this.pump());
      this.#begun = [...this.#begun, this.#now()];
      channel.begin(this.#socketId);
    }
  }

  /** How long to wait (ms) until the next one may begin. */
  #untilNext(): number {
    const now = this.#now();
    // One that lies ahead was noted before the clock was set back.
    this.#begun = this.#begun.filter((time) => time <= now && now < time + 1000);
    const [first = now] = this.#begun;
    return this.#begun.length < PER_SECOND ? 0 : first + 1000 - now;
  }
}
