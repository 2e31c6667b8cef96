import {
  Listeners,
  type ChannelState,
  type ChatEvent,
  type ListenOptions,
  type SubscriptionError,
  type Unsubscribe,
} from '../model/index.js';
import type {ChannelHandle} from './types.js';

type Members = ReadonlyMap<string, unknown>;

/** What each signal ends. It gets one listener for all of that, because Node takes more than ten for a leak and warns. */
const endings = new WeakMap<AbortSignal, Listeners<[]>>();

/** What a handle needs from its channel. */
export interface HeldChannel {
  readonly name: string;
  readonly state: ChannelState;
  whisper(event: string, data: object): boolean;
  giveBack(handle: Handle): void;
}

/** The handle that one holder of a channel has, with the listeners that were added through it. */
export class Handle implements ChannelHandle {
  readonly ready: Promise<void>;
  readonly states = new Listeners<[state: ChannelState]>();
  readonly members = new Listeners<[members: Members]>();
  readonly events = new Listeners<[event: ChatEvent]>();
  /** Resolves `ready`: the channel is subscribed. Does nothing once `ready` is settled. */
  succeed!: () => void;
  /** Rejects `ready`: the channel will not be subscribed. Does nothing once `ready` is settled. */
  fail!: (error: SubscriptionError) => void;
  readonly #channel: HeldChannel;
  readonly #ignoreSignal: Unsubscribe | undefined;
  #isHeld = true;

  /** Aborting `signal` gives the handle back. */
  constructor(channel: HeldChannel, signal: AbortSignal | undefined) {
    this.#channel = channel;
    this.#ignoreSignal = signal && whenAborted(signal, this.unsubscribe);
    this.ready = new Promise<void>((resolve, reject) => {
      this.succeed = resolve;
      this.fail = reject;
    });
    // Failures also go to `onError`, so a holder that does not look at `ready` must not get an unhandled rejection.
    this.ready.catch(() => undefined);
  }

  get name(): string {
    return this.#channel.name;
  }

  get state(): ChannelState {
    return this.#isHeld ? this.#channel.state : 'idle';
  }

  onStateChange(listener: (state: ChannelState) => void, options?: ListenOptions): Unsubscribe {
    return this.states.add(listener, options);
  }

  onMembersChange(listener: (members: Members) => void, options?: ListenOptions): Unsubscribe {
    return this.members.add(listener, options);
  }

  onEvent(listener: (event: ChatEvent) => void, options?: ListenOptions): Unsubscribe {
    return this.events.add(listener, options);
  }

  whisper(event: string, data: object): boolean {
    return this.#isHeld && this.#channel.whisper(event, data);
  }

  readonly unsubscribe = (): void => {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#ignoreSignal?.();
    for (const listeners of [this.states, this.members, this.events]) listeners.clear();
    this.#channel.giveBack(this);
  };
}

function whenAborted(signal: AbortSignal, end: () => void): Unsubscribe {
  const ends = endings.get(signal) ?? new Listeners<[]>();
  if (!endings.has(signal)) signal.addEventListener('abort', () => ends.call());
  endings.set(signal, ends);
  return ends.add(end);
}
