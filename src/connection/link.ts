import {createLog} from '../logging/index.js';
import type {ChatError, ConnectionState, ConnectionStatus} from '../model/index.js';
import {Alarm} from './alarm.js';
import {Backoff, OFFLINE_INTERVAL} from './backoff.js';
import {classify, explain, type Verdict} from './classify.js';
import type {LinkHandler} from './link-handler.js';
import {Liveness} from './liveness.js';
import {PageLifecycle} from './page-lifecycle.js';
import type {Transport, TransportClose} from './transport.js';
import type {ConnectionEnvironment} from './types.js';

/** How long the server may take from the attempt to its welcome (ms). */
const HANDSHAKE_TIMEOUT = 8000;
/** A connection that has lasted this long (ms) counts as stable: the next failure is the first again. */
const STABLE_AFTER = 10_000;
/** Timers of a hidden page are up to a minute late. One that is later than this (ms) means that the machine was asleep. */
const ASLEEP = 75_000;
/** How much of what the server said is kept (UTF-16 units). */
const LONGEST_REASON = 200;

/** Nothing is wrong. */
const CALM = {cause: 'none', code: null, reason: null} as const;
/** The status of a connection that nobody has asked for. */
export const IDLE: ConnectionStatus = {state: 'idle', attempt: 0, retryAt: null, ...CALM};

const log = createLog('ConnectionController');

/** Why a connection, or an attempt, ended. */
interface Loss extends Verdict {
  readonly code?: number | null;
  readonly reason?: string | null;
}

/** The state machine behind `ConnectionStatus`: from an attempt to the welcome, to a loss, to the next attempt. */
export class Link {
  readonly #transport: Transport;
  readonly #handler: LinkHandler;
  readonly #backoff: Backoff;
  readonly #liveness: Liveness;
  readonly #lifecycle: PageLifecycle;
  readonly #retry: Alarm;
  readonly #handshake: Alarm;
  readonly #stable: Alarm;
  #status = IDLE;
  #socketId: string | null = null;
  /** Whether somebody wants it connected: from `connect()` or `retry()` until `disconnect()`. */
  #isWanted = false;
  /** The cause and code of the last refusal that was reported, so that it is reported once. */
  #reported: string | null = null;
  /** Resolve the promises of `connect()`. */
  #waiters: ((connected: boolean) => void)[] = [];

  constructor(transport: Transport, handler: LinkHandler, {clock, random, page}: ConnectionEnvironment) {
    this.#transport = transport;
    this.#handler = handler;
    this.#backoff = new Backoff(clock, random);
    this.#retry = new Alarm(clock);
    this.#handshake = new Alarm(clock);
    this.#stable = new Alarm(clock);
    this.#liveness = new Liveness(clock, {
      ping: () => this.#transport.send('pusher:ping', {}),
      onDoubt: () => this.#enter(this.#lifecycle.isOnline ? 'connecting' : 'offline', {cause: 'silent'}),
      onDead: () => this.#lose({cause: 'silent', policy: 'retry'}),
      onLate: (ms) => this.#wakeUp(ms),
    });
    this.#lifecycle = new PageLifecycle(page, {
      onHide: () => this.#suspend(),
      onShow: () => this.#resume(),
      onWake: () => this.#wake(),
      onOffline: () => this.#goOffline(),
    });
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  get socketId(): string | null {
    return this.#socketId;
  }

  /** As `Connection.connect`. */
  connect(): Promise<boolean> {
    const {state} = this.#status;
    if (state === 'connected' || state === 'disposed') return Promise.resolve(state === 'connected');
    const result = new Promise<boolean>((resolve) => this.#waiters.push(resolve));
    this.retry();
    return result;
  }

  /** As `Connection.disconnect`. */
  disconnect(): void {
    if (this.#status.state !== 'idle') this.#stop('idle', 'requested');
  }

  /** Tries now instead of later. An open connection is asked for a sign of life. */
  retry(): void {
    if (this.#status.state === 'disposed') return;
    this.#isWanted = true;
    this.probe();
    if (this.#isAtRest) this.#attemptIn(this.#backoff.waitWhenAsked());
  }

  /** The server refused the token, and there is no other. `again`: whether to ask for another one from time to time. */
  refuseToken(error: ChatError, again: boolean): void {
    if (!this.#end()) return;
    if (again) this.#askForTokenLater();
    this.#enter('unauthorized', {...CALM, cause: 'unauthorized'});
    this.#handler.onError(error);
  }

  /** There was no other token. Plans to ask again later. */
  postponeToken(): void {
    if (this.#status.state !== 'unauthorized') return;
    this.#askForTokenLater();
    this.#enter('unauthorized');
  }

  /** Makes a planned attempt sooner. */
  hope(): void {
    const {state} = this.#status;
    if (this.#socketId === null && (state === 'waiting' || state === 'offline'))
      this.#attemptIn(Math.min(this.#retry.left, this.#backoff.waitWhenHopeful()));
  }

  /** Asks for a sign of life, if there is a socket. */
  probe(): void {
    this.#liveness.probe();
  }

  dispose(): void {
    this.#lifecycle.dispose();
    this.#stop('disposed', 'requested');
  }

  /** The server has accepted a socket. Called again when the transport has moved to another socket, which has no channels yet. */
  welcome(socketId: string): void {
    this.#handler.onDown();
    this.#handshake.clear();
    this.#socketId = socketId;
    this.#stable.set(STABLE_AFTER, () => {
      this.#reported = null;
      this.#backoff.reset();
    });
    this.#liveness.start();
    this.#recover();
    // A listener of the new status may have closed it already.
    if (this.#socketId === socketId) this.#handler.onUp(socketId);
  }

  /** The transport has received something. */
  hear(): void {
    if (this.#socketId === null) return;
    this.#liveness.frame();
    if (this.#status.state !== 'connected') this.#recover();
  }

  /** The server sent an error instead of a welcome. It may have left the socket open, so it is closed here. */
  refuse(code: number | null, reason: string): void {
    this.#lose({...classify(code, {opened: true, welcomed: false}), code, reason});
  }

  /** The socket of the transport has ended. */
  drop({code, reason, ...progress}: TransportClose): void {
    this.#lose({...classify(code, progress), code, reason});
  }

  /** Whether nothing is under way, so that an attempt may begin. */
  get #isAtRest(): boolean {
    const {state} = this.#status;
    return this.#socketId === null && state !== 'connecting' && state !== 'suspended';
  }

  /** Makes an attempt in `wait` ms; at once if that is 0 or less. */
  #attemptIn(wait: number): void {
    if (wait <= 0) return this.#open();
    this.#retry.set(wait, () => this.#open());
    this.#enter(this.#status.state === 'offline' ? 'offline' : 'waiting');
  }

  #open(): void {
    this.#retry.clear();
    // The browser would hold the socket back, which would look like a server that does not answer.
    if (this.#lifecycle.isPrerendering) return this.#enter('suspended');
    this.#backoff.begin();
    this.#enter('connecting');
    if (this.#status.state !== 'connecting') return;
    this.#handshake.set(HANDSHAKE_TIMEOUT, () => this.#lose({cause: 'timeout', policy: 'retry'}));
    try {
      this.#transport.open();
      this.#backoff.touch();
    } catch (error) {
      log.error('No socket could be made', {error});
      this.#fail();
    }
  }

  /** The browser refuses to make a socket for this address. Trying again would not help. */
  #fail(): void {
    this.#stop('failed', 'config');
    this.#handler.onError(explain('config', null, null));
  }

  #recover(): void {
    this.#enter('connected', CALM);
    this.#settle(true);
  }

  #lose({cause, policy, code = null, reason}: Loss): void {
    const isAwaited = this.#waiters.length > 0;
    if (!this.#end()) return;
    const isOffline = policy === 'retry' && !this.#lifecycle.isOnline;
    const occasion = {policy, isHidden: !this.#lifecycle.isVisible, isOffline, isFoundDead: cause === 'silent'};
    this.#retry.set(this.#backoff.waitAfter(occasion), () => this.#open());
    const said = reason?.slice(0, LONGEST_REASON) || null;
    if (isOffline) this.#enter('offline', {cause: 'no-network', code, reason: said});
    else this.#enter(policy === 'refused' ? 'refused' : 'waiting', {cause, code, reason: said});
    // Reported if somebody waits for `connect()`; a refusal is reported in any case, but only once while it stays the same.
    const what = `${cause} ${code}`;
    if (isAwaited || (policy === 'refused' && what !== this.#reported)) {
      this.#reported = what;
      this.#handler.onError(explain(cause, code, said));
    }
  }

  /** Ends the socket, all timers and all subscriptions. Returns `false` if somebody who heard of that has disconnected or begun anew. */
  #end(): boolean {
    const before = this.#status;
    for (const alarm of [this.#retry, this.#handshake, this.#stable]) alarm.clear();
    this.#liveness.stop();
    this.#transport.close();
    this.#socketId = null;
    // Before anybody hears of it, who may call `connect()` anew.
    this.#settle(false);
    this.#handler.onDown();
    return before === this.#status;
  }

  #askForTokenLater(): void {
    this.#retry.set(this.#backoff.waitForToken(), () => this.#handler.onTokenDue());
  }

  /** Ends everything, and stays closed until somebody connects again. */
  #stop(state: ConnectionState, cause: ConnectionStatus['cause']): void {
    this.#isWanted = false;
    this.#backoff.reset();
    this.#halt(state, cause);
  }

  /** Ends everything and enters `state`, without planning another attempt. */
  #halt(state: ConnectionState, cause: ConnectionStatus['cause']): void {
    this.#end();
    this.#enter(state, {...CALM, cause});
  }

  #suspend(): void {
    if (this.#isWanted && this.#end()) this.#halt('suspended', 'none');
  }

  #resume(): void {
    if (this.#status.state !== 'suspended') return this.#wake();
    // Directly, since `retry()` and `#wake()` do nothing while the state is `suspended`.
    this.#attemptIn(this.#backoff.waitWhenAsked());
    this.#handler.onWake();
  }

  /** The person or the network is back. A socket that may have died unnoticed is asked, and a planned attempt is made sooner. */
  #wake(): void {
    const {state} = this.#status;
    if (!this.#isWanted || state === 'suspended') return;
    this.probe();
    this.hope();
    if (state === 'unauthorized' && this.#retry.due !== null) this.#handler.onTokenDue();
    this.#handler.onWake();
  }

  #wakeUp(late: number): void {
    if (this.#lifecycle.isVisible || Math.abs(late) > ASLEEP) this.#wake();
    else this.probe();
  }

  #goOffline(): void {
    if (this.#socketId !== null) {
      // The browser may be wrong, so the socket is kept and asked for a sign of life.
      this.#enter('offline', {cause: 'no-network'});
      this.#liveness.probe();
    } else if (this.#status.state === 'waiting' && this.#status.cause !== 'over-capacity') {
      this.#retry.set(OFFLINE_INTERVAL, () => this.#open());
      this.#enter('offline', {cause: 'no-network'});
    }
  }

  /** Answers those who wait for `connect()`. */
  #settle(connected: boolean): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve(connected);
  }

  /** Every change of the status is made here, so that each is announced, and announced once. */
  #enter(state: ConnectionState, change: Partial<Pick<ConnectionStatus, 'cause' | 'code' | 'reason'>> = {}): void {
    const previous = this.#status;
    const now = {state, attempt: this.#backoff.attempts, retryAt: this.#retry.due};
    const next: ConnectionStatus = {...previous, ...change, ...now};
    if (previous.state === 'disposed' || JSON.stringify(next) === JSON.stringify(previous)) return;
    this.#status = next;
    log.info(`${previous.state} → ${state}`, {...now, cause: next.cause, code: next.code});
    this.#handler.onStatus(next, previous);
  }
}
