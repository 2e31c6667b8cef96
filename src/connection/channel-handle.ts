import {
  Listeners,
  type ChannelState,
  type ChatEvent,
  type ListenOptions,
  type SubscriptionError,
  type Unsubscribe,
} from '../model/index.js';
import type {ChannelHandle} from './types.js';

/** What a handle needs of its channel. */
export interface HeldChannel {
  readonly name: string;
  readonly state: ChannelState;
  whisper(event: string, data: object): boolean;
  giveBack(handle: Handle): void;
}

/** One holder's part in a channel. */
export class Handle implements ChannelHandle {
  readonly ready: Promise<void>;
  readonly #channel: HeldChannel;
  readonly #states = new Listeners<[state: ChannelState]>();
  readonly #events = new Listeners<[event: ChatEvent]>();
  #isHeld = true;
  #resolve: () => void = () => undefined;
  #reject: (error: SubscriptionError) => void = () => undefined;

  constructor(channel: HeldChannel) {
    this.#channel = channel;
    this.ready = new Promise<void>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever does not look at it is told by `onError`; nobody should have to look.
    this.ready.catch(() => undefined);
  }

  get name(): string {
    return this.#channel.name;
  }

  get state(): ChannelState {
    return this.#isHeld ? this.#channel.state : 'idle';
  }

  onStateChange(listener: (state: ChannelState) => void, options?: ListenOptions): Unsubscribe {
    return this.#states.add(listener, options);
  }

  onEvent(listener: (event: ChatEvent) => void, options?: ListenOptions): Unsubscribe {
    return this.#events.add(listener, options);
  }

  whisper(event: string, data: object): boolean {
    return this.#isHeld && this.#channel.whisper(event, data);
  }

  unsubscribe(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#states.clear();
    this.#events.clear();
    this.#channel.giveBack(this);
  }

  /** The channel is in a state, perhaps again. */
  tellState(state: ChannelState): void {
    if (state === 'subscribed') this.#resolve();
    this.#states.call(state);
  }

  tellEvent(event: ChatEvent): void {
    this.#events.call(event);
  }

  /** The first subscription will not come. */
  fail(error: SubscriptionError): void {
    this.#reject(error);
  }
}
