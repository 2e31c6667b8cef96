import {createLog} from '../logging/index.js';
import type {ChatError, ConnectionCause, ConnectionStatus} from '../model/index.js';
import {Alarm} from './alarm.js';
import {Attempts} from './attempts.js';
import {OFFLINE_INTERVAL, STABLE_AFTER} from './backoff.js';
import {classifyClose, classifyServerError} from './classify.js';
import {explain} from './explain.js';
import {IDLE, isSame, type LinkHandler, type Loss} from './link-types.js';
import {Liveness} from './liveness.js';
import {PageLifecycle} from './page-lifecycle.js';
import type {Transport, TransportClose} from './transport.js';
import type {ConnectionEnvironment} from './types.js';

const HANDSHAKE_TIMEOUT = 8000;
/** A hidden page's timers come up to a minute late; more than this (ms) means that the machine slept. */
const ASLEEP = 75_000;
const LONGEST_REASON = 200;

const log = createLog('ConnectionController');

/** One link to the server: the state machine of `ConnectionStatus`, from an attempt to a welcome to a loss to the next attempt. */
export class Link {
  readonly #transport: Transport;
  readonly #handler: LinkHandler;
  readonly #attempts: Attempts;
  readonly #liveness: Liveness;
  readonly #lifecycle: PageLifecycle;
  readonly #retry: Alarm;
  readonly #handshake: Alarm;
  readonly #stable: Alarm;
  #status = IDLE;
  #socketId: string | null = null;
  #isWanted = false;
  #reported: string | null = null;
  #waiters: ((connected: boolean) => void)[] = [];

  constructor(transport: Transport, handler: LinkHandler, {clock, random, page}: ConnectionEnvironment) {
    this.#transport = transport;
    this.#handler = handler;
    this.#attempts = new Attempts(clock, random);
    this.#retry = new Alarm(clock);
    this.#handshake = new Alarm(clock);
    this.#stable = new Alarm(clock);
    this.#liveness = new Liveness(clock, {
      ping: () => this.#transport.ping(),
      onDoubt: () => this.#enter({state: this.#restlessState, cause: 'silent'}),
      onDead: () => this.#lose({cause: 'silent', policy: 'retry'}),
      onLate: (ms) => this.#wakeUp(ms),
    });
    this.#lifecycle = new PageLifecycle(page, {
      onHide: () => this.#suspend(),
      onShow: () => this.#resume(),
      onVisible: () => this.#wake(),
      onOffline: () => this.#goOffline(),
      onOnline: () => this.#wake(),
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
    if (state === 'connected') return Promise.resolve(true);
    if (state === 'disposed') return Promise.resolve(false);
    this.#isWanted = true;
    const result = new Promise<boolean>((resolve) => this.#waiters.push(resolve));
    if (this.#isAtRest) this.#attemptIn(this.#attempts.waitWhenAsked());
    return result;
  }

  /** As `Connection.disconnect`. */
  disconnect(): void {
    if (this.#status.state === 'disposed') return;
    const cause = this.#status.state === 'idle' ? this.#status.cause : 'requested';
    this.#isWanted = false;
    this.#end();
    this.#attempts.reset();
    this.#enter({...IDLE, cause});
    this.#settle(false);
  }

  /** Tries now, whatever was planned; asks a connection that is there for a sign of life. */
  retry(): void {
    if (this.#status.state === 'disposed') return;
    this.#isWanted = true;
    if (this.#socketId !== null) this.#liveness.probe();
    else if (this.#isAtRest) this.#attemptIn(this.#attempts.waitWhenAsked());
  }

  /** The server refused the token, and there is no other. `again`: whether to look for another one from time to time. */
  refuseToken(error: ChatError, again: boolean): void {
    if (!this.#isWanted) return;
    this.#end();
    const wait = again ? this.#attempts.waitForToken() : null;
    if (wait !== null) this.#retry.set(wait, () => this.#handler.onTokenDue());
    this.#enter({state: 'unauthorized', cause: 'unauthorized', retryAt: this.#retry.due, code: null, reason: null});
    this.#handler.onError(error);
    this.#settle(false);
  }

  /** There was no better token: says when it is looked for again. */
  postponeToken(): void {
    if (this.#status.state !== 'unauthorized') return;
    this.#retry.set(this.#attempts.waitForToken(), () => this.#handler.onTokenDue());
    this.#enter({retryAt: this.#retry.due});
  }

  /** Asks for a sign of life, if there is a socket. */
  probe(): void {
    if (this.#socketId !== null) this.#liveness.probe();
  }

  dispose(): void {
    if (this.#status.state === 'disposed') return;
    this.#isWanted = false;
    this.#end();
    this.#lifecycle.dispose();
    this.#enter({...IDLE, state: 'disposed', cause: 'requested'});
    this.#settle(false);
  }

  /** The transport was welcomed. */
  welcome(socketId: string): void {
    this.#handshake.clear();
    this.#socketId = socketId;
    this.#stable.set(STABLE_AFTER, () => {
      this.#reported = null;
      this.#attempts.reset();
    });
    this.#liveness.start();
    this.#recover();
    // A listener may have closed it again.
    if (this.#socketId === socketId) this.#handler.onUp(socketId);
  }

  /** The transport heard something. */
  hear(): void {
    if (this.#socketId === null) return;
    this.#liveness.frame();
    if (this.#status.state !== 'connected') this.#recover();
  }

  /** The server refused us before it welcomed us. It may have left the socket open, so it is closed here. */
  refuse(code: number | null, reason: string): void {
    this.#lose({...classifyServerError(code), code, reason: reason || null});
  }

  /** The transport's socket ended. */
  drop({code, reason, opened, welcomed}: TransportClose): void {
    this.#lose({...classifyClose({code, opened, welcomed}), code, reason: reason.slice(0, LONGEST_REASON) || null});
  }

  /** Whether nothing is under way, so that an attempt may begin. */
  get #isAtRest(): boolean {
    const {state} = this.#status;
    return this.#socketId === null && state !== 'connecting' && state !== 'suspended';
  }

  /** What to call the state in which there is no working socket and an attempt is about to be made. */
  get #restlessState(): 'connecting' | 'offline' {
    return this.#lifecycle.isOnline ? 'connecting' : 'offline';
  }

  /** Attempts in `wait` ms, or at once. */
  #attemptIn(wait: number): void {
    if (wait <= 0) return this.#open();
    this.#retry.set(wait, () => this.#open());
    this.#enter({state: this.#status.state === 'offline' ? 'offline' : 'waiting', retryAt: this.#retry.due});
  }

  #open(): void {
    this.#retry.clear();
    this.#attempts.begin();
    this.#enter({state: 'connecting', attempt: this.#attempts.count, retryAt: null});
    if (this.#status.state !== 'connecting') return;
    this.#handshake.set(HANDSHAKE_TIMEOUT, () => this.#lose({cause: 'timeout', policy: 'retry'}));
    try {
      this.#transport.open();
    } catch (error) {
      log.error('The socket could not be made', {error});
      this.#fail();
    }
  }

  /** The browser refuses to make such a socket at all, and will not change its mind. */
  #fail(): void {
    this.#end();
    this.#enter({state: 'failed', cause: 'config', retryAt: null, code: null, reason: null});
    this.#handler.onError(explain('config', null, null));
    this.#settle(false);
  }

  #recover(): void {
    this.#enter({state: 'connected', retryAt: null, cause: 'none', code: null, reason: null});
    this.#settle(true);
  }

  #lose(loss: Loss): void {
    const {cause, policy, code = null, reason = null} = loss;
    this.#end();
    const isOffline = !this.#lifecycle.isOnline;
    const occasion = {policy, isHidden: !this.#lifecycle.isVisible, isOffline, isFoundDead: cause === 'silent'};
    this.#retry.set(this.#attempts.waitAfter(occasion), () => this.#open());
    const retryAt = this.#retry.due;
    if (policy === 'refused') this.#enter({state: 'refused', retryAt, cause, code, reason});
    else if (policy === 'retry' && isOffline) this.#enter({state: 'offline', retryAt, cause: 'no-network', code, reason});
    else this.#enter({state: 'waiting', retryAt, cause, code, reason});
    this.#reportOnce(loss);
    this.#settle(false);
  }

  /** Says why there is no connection: to whoever waits for one, and otherwise once until it is another reason. */
  #reportOnce({cause, policy, code = null, reason = null}: Loss): void {
    const what = `${cause} ${code}`;
    const isNews = policy === 'refused' && what !== this.#reported;
    if (!isNews && this.#waiters.length === 0) return;
    this.#reported = what;
    this.#handler.onError(explain(cause, code, reason));
  }

  /** Ends what is there: socket, timers, subscriptions. */
  #end(): void {
    for (const alarm of [this.#retry, this.#handshake, this.#stable]) alarm.clear();
    this.#liveness.stop();
    this.#transport.close();
    if (this.#socketId === null) return;
    this.#socketId = null;
    this.#handler.onDown();
  }

  #suspend(): void {
    const {state} = this.#status;
    if (!this.#isWanted || state === 'suspended' || state === 'failed') return;
    this.#end();
    this.#enter({state: 'suspended', cause: 'none', retryAt: null, code: null, reason: null});
    this.#settle(false);
  }

  #resume(): void {
    if (this.#status.state !== 'suspended') return this.#wake();
    // No longer suspended, or the attempt would not be allowed.
    this.#attemptIn(this.#attempts.waitWhenAsked());
    this.#handler.onWake();
  }

  /** Somebody is there again, or the network: what may have died unnoticed is asked, and what waits need not wait any longer. */
  #wake(): void {
    const {state} = this.#status;
    if (!this.#isWanted || state === 'suspended' || state === 'failed') return;
    if (this.#socketId !== null) this.#liveness.probe();
    else if (state === 'waiting' || state === 'offline') this.#attemptIn(this.#attempts.waitWhenHopeful(this.#retry.left));
    else if (state === 'unauthorized' && this.#retry.due !== null) this.#handler.onTokenDue();
    this.#handler.onWake();
  }

  #wakeUp(late: number): void {
    if (this.#lifecycle.isVisible || Math.abs(late) > ASLEEP) this.#wake();
    else this.probe();
  }

  #goOffline(): void {
    const {state} = this.#status;
    if (!this.#isWanted) return;
    if (this.#socketId !== null) {
      // The browser may be wrong, so the socket is kept, and asked.
      this.#enter({state: 'offline', cause: 'no-network'});
      this.#liveness.probe();
    } else if (state === 'waiting' && this.#status.cause !== 'over-capacity') {
      this.#retry.set(OFFLINE_INTERVAL, () => this.#open());
      this.#enter({state: 'offline', cause: 'no-network', retryAt: this.#retry.due});
    }
  }

  #settle(connected: boolean): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve(connected);
  }

  /** Every change passes through here, so that none goes unannounced and none is announced twice. */
  #enter(change: Partial<ConnectionStatus> & {readonly cause?: ConnectionCause}): void {
    const previous = this.#status;
    const next: ConnectionStatus = {...previous, ...change};
    if (previous.state === 'disposed' || isSame(previous, next)) return;
    this.#status = next;
    log.info(`${previous.state} → ${next.state}`, {
      attempt: next.attempt,
      cause: next.cause,
      code: next.code,
      retryAt: next.retryAt,
    });
    this.#handler.onStatus(next, previous);
  }
}
