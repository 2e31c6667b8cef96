import {Alarm} from '../../connection/alarm.js';
import type {TransportClose, TransportHandler} from '../../connection/transport.js';
import type {Clock} from '../../model/index.js';
import {newTempId} from '../temp-id.js';
import type {Locks} from '../types.js';
import {Follower} from './follower.js';
import {Leader, type CreateTransport} from './leader.js';
import {BROKEN, type Place, type Role} from './role.js';
import {decodeTabMessage, type FollowerMessage, type LeaderMessage} from './tab-message.js';

/** How long to wait for a welcome (ms), whichever tab has the socket. */
const WELCOME_WAIT = 8_000;
/**
 * How long a follower whose leader is gone waits before it connects (ms); up to twice as long, at random. In this time it may still learn
 * that the server closed the socket. Then the ordinary backoff applies, so that the clients of a restarted server do not all come at once.
 */
const HESITATION = 100;

/** What the tabs of one person need to share a socket. */
export interface Sharing {
  /** The name of the shared socket: the same for the same person, backend and endpoint. */
  readonly name: string;
  readonly clock: Clock;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
  readonly locks: Locks;
  readonly openBroadcast: (name: string) => BroadcastChannel;
  readonly createTransport: CreateTransport;
}

/** What a membership calls. */
export interface MembershipOwner {
  readonly handler: TransportHandler;
  /** The socket ended, and the membership with it. */
  lost(close: TransportClose): void;
  /** The browser does not allow locks, so no socket can be shared. */
  denied(error: unknown): void;
}

/**
 * The membership of one tab in a shared socket, for one attempt and the connection that comes of it. The tab that holds a lock is the
 * leader. When it leaves, is closed or crashes, the lock goes to the next tab in the queue. Each tab also holds a lock of its own, which
 * tells the others when it is gone.
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
  /** Aborting it ends the wait for the leader's lock. */
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

  /** Releases everything. The next tab in the queue takes over. */
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

  /** Queues for the leader's lock. `steal`: takes it at once, from a leader that is frozen. */
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

  /** Another tab has stolen the lock because this one did not answer; it may have been frozen. Becomes a follower. */
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

  /** Requests a lock. Also rejects where the browser throws. A lock that is granted after the end is released at once. */
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
