import type {ChannelInfo, ChatEvent} from '../model/index.js';
import {Alarm} from './alarm.js';
import {Channel, type ChannelHost, type ChannelsOptions} from './channel.js';
import {assertChannelName} from './channel-name.js';
import type {ChannelHandle} from './types.js';

/** How many subscriptions may be under way at once, and begin within a second. Laravel throttles its authorization route, Reverb its sockets. */
const AT_ONCE = 5;
const PER_SECOND = 10;

/** The table of all channels that somebody holds. Subscribes them on each socket, a few at a time. */
export class Channels implements ChannelHost {
  readonly options: ChannelsOptions;
  readonly #channels = new Map<string, Channel>();
  readonly #alarm: Alarm;
  /** When the subscriptions of the last second began (ms since the epoch). */
  #begun: readonly number[] = [];
  /** Set while no subscription may begin. A timer rather than a time, because the clock may be set back by hours. */
  readonly #pause: Alarm;
  #socketId: string | null = null;

  constructor(options: ChannelsOptions) {
    this.options = options;
    this.#alarm = new Alarm(options.environment.clock);
    this.#pause = new Alarm(options.environment.clock);
  }

  /** The channels that are held at the moment, by name. */
  get infos(): ReadonlyMap<string, ChannelInfo> {
    return new Map(this.#all().map(({info}) => [info.name, info]));
  }

  /** The channel with this name, if somebody holds it. */
  get(name: string): Channel | undefined {
    return this.#channels.get(name);
  }

  /** Holds a channel until the handle is given back or `signal` is aborted. Throws a `ConfigError` for a name that is not allowed. */
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

  /** There is a socket with this id: all channels are subscribed on it. */
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
   * The server refused something without naming a channel. If exactly one channel waits for its confirmation, it is the one, and this
   * returns true. Otherwise the channel that was meant finds out when its confirmation does not come.
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

  /** Lets all denied channels be tried again. */
  forgive(): void {
    for (const channel of this.#all()) channel.forgive();
  }

  /** Passes an event on to the holders of its channel. */
  tell(event: ChatEvent): void {
    this.get(event.channel)?.tell(event);
  }

  /** Forgets all channels and their holders. */
  dispose(): void {
    this.#pause.clear();
    for (const channel of this.#all()) channel.dispose();
  }

  #all(): readonly Channel[] {
    return [...this.#channels.values()];
  }

  #now(): number {
    return this.options.environment.clock.now();
  }

  /** Begins the subscriptions that may begin now, and comes back later for the others. A channel that begins calls this again. */
  pump(): void {
    // Not a copy: a handler of the host, which runs within, may give back channels that have not begun.
    for (const channel of this.#channels.values()) {
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

  /** How long to wait (ms) until the next subscription may begin. */
  #untilNext(): number {
    const now = this.#now();
    // Times in the future were noted before the clock was set back.
    this.#begun = this.#begun.filter((time) => time <= now && now < time + 1000);
    const [first = now] = this.#begun;
    return this.#begun.length < PER_SECOND ? 0 : first + 1000 - now;
  }
}
