import {Alarm} from '../../connection/alarm.js';
import type {TransportClose, TransportHandler} from '../../connection/transport.js';
import type {Clock} from '../../model/index.js';
import {newTempId} from '../temp-id.js';
import type {Locks} from '../types.js';
import {Follower} from './follower.js';
import {Leader, type CreateTransport} from './leader.js';
import {BROKEN, type Place, type Role} from './role.js';
import {decodeTabMessage, type FollowerMessage, type LeaderMessage} from './tab-message.js';

/** How long a socket may take to be welcomed, whoever has it (ms). */
const WELCOME_WAIT = 8_000;
/**
 * How long a follower whose leader is gone waits before it connects (ms), and as much again by chance: in this time it may still learn that
 * it was the server that hung up, and then everybody waits for longer, so that a restarted server is not met by all at once.
 */
const HESITATION = 100;

/** What the tabs of one person need to share a socket. */
export interface Sharing {
  /** What the tabs call it: the same for the same person, backend and endpoint. */
  readonly name: string;
  readonly clock: Clock;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
  readonly locks: Locks;
  readonly openBroadcast: (name: string) => BroadcastChannel;
  readonly createTransport: CreateTransport;
}

/** Whom a membership tells. */
export interface MembershipOwner {
  readonly handler: TransportHandler;
  /** It came to its end because the socket did. */
  lost(close: TransportClose): void;
  /** The browser does not allow locks: there can be no sharing. */
  denied(error: unknown): void;
}

/**
 * One tab's part in a shared socket, from wanting one to having none. Whoever holds the lock is the leader; a tab that leaves, closes or
 * crashes lets go of it, and the first in the queue has the lead. Each tab also holds a lock of its own, by which others learn that it is gone.
 */
export class Membership {
  readonly #sharing: Sharing;
  readonly #owner: MembershipOwner;
  readonly #channel: BroadcastChannel;
  readonly #ending = new AbortController();
  readonly #welcome: Alarm;
  readonly #hesitation: Alarm;
  readonly #place: Place;
  #role: Role;
  /** Ends the wait for the lead. */
  #queue = new AbortController();

  constructor(sharing: Sharing, owner: MembershipOwner) {
    this.#sharing = sharing;
    this.#owner = owner;
    this.#welcome = new Alarm(sharing.clock);
    this.#hesitation = new Alarm(sharing.clock);
    this.#channel = sharing.openBroadcast(sharing.name);
    this.#place = this.#createPlace();
    this.#role = new Follower(this.#place);
    this.#channel.addEventListener('message', ({data}: MessageEvent<unknown>) => {
      const message = this.#isOver ? null : decodeTabMessage(data);
      if (message) this.#role.take(message);
    });
  }

  /** Takes part. */
  start(): void {
    const {signal} = this.#ending;
    const begin = (): Promise<void> => {
      this.#role.start();
      this.#compete();
      return aborted(signal);
    };
    this.#request(this.#seatOf(this.#place.id), {signal}, begin).catch((error: unknown) => this.#deny(error));
  }

  /** Lets go of everything. Whoever is next takes over. */
  end(): void {
    if (this.#isOver) return;
    this.#ending.abort();
    this.#queue.abort();
    this.#welcome.clear();
    this.#hesitation.clear();
    this.#role.end();
    this.#channel.close();
  }

  subscribe: Role['subscribe'] = (...args) => this.#role.subscribe(...args);

  unsubscribe: Role['unsubscribe'] = (...args) => this.#role.unsubscribe(...args);

  send: Role['send'] = (...args) => this.#role.send(...args);

  get #isOver(): boolean {
    return this.#ending.signal.aborted;
  }

  #createPlace(): Place {
    const {clock} = this.#sharing;
    const {handler} = this.#owner;
    const id = newTempId();
    return {
      id,
      clock,
      handler,
      tell: (message) => this.#tell(message),
      expectWelcome: () => this.#welcome.set(WELCOME_WAIT, () => this.#lose({...BROKEN, welcomed: false})),
      welcome: (socketId) => {
        this.#welcome.clear();
        handler.onWelcome(socketId);
      },
      lose: (close) => this.#lose(close),
      takeOver: () => this.#compete(true),
      whenGone: (tab, fn) => {
        this.#request(this.#seatOf(tab), {signal: this.#ending.signal}, fn).catch(() => undefined);
      },
    };
  }

  #tell(message: FollowerMessage | LeaderMessage): void {
    if (!this.#isOver) this.#channel.postMessage({...message, from: this.#place.id});
  }

  #lose(close: TransportClose): void {
    if (this.#isOver) return;
    this.end();
    this.#owner.lost(close);
  }

  /** Waits for the lead. `steal`: takes it, from a leader that is frozen. */
  #compete(steal = false): void {
    this.#queue.abort();
    const {signal} = (this.#queue = new AbortController());
    const win = (): Promise<void> => {
      this.#win();
      return aborted(this.#ending.signal);
    };
    this.#request(this.#sharing.name, steal ? {steal} : {signal}, win).catch((error: unknown) => {
      if (!signal.aborted) this.#yield(error);
    });
  }

  #win(): void {
    const isWelcome = this.#role instanceof Follower && this.#role.isWelcome;
    if (isWelcome) this.#hesitation.set(HESITATION * (1 + this.#sharing.random()), () => this.#lead());
    else this.#lead();
  }

  #lead(): void {
    this.#assume(new Leader(this.#place, this.#sharing.createTransport));
  }

  /** The lead is gone to another tab, which took this one for frozen: it may have been. */
  #yield(error: unknown): void {
    if (!isAbort(error)) return this.#deny(error);
    this.#hesitation.clear();
    this.#assume(new Follower(this.#place));
    this.#compete();
  }

  #assume(role: Role): void {
    this.#role.end();
    this.#role = role;
    role.start();
  }

  #deny(error: unknown): void {
    if (this.#isOver) return;
    this.end();
    this.#owner.denied(error);
  }

  #seatOf(tab: string): string {
    return `${this.#sharing.name}:${tab}`;
  }

  /** Rejects also where the browser throws instead. A lock that is granted when all is over is let go at once. */
  async #request(name: string, options: LockOptions, hold: () => Promise<void> | void): Promise<void> {
    await this.#sharing.locks.request(name, options, () => (this.#isOver ? undefined : hold()));
  }
}

/** Resolves once the signal is aborted. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), {once: true});
  });
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
