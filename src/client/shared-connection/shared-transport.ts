import type {Transport, TransportHandler} from '../../connection/transport.js';
import type {Log} from '../../logging/index.js';
import type {ClientEnvironment} from '../types.js';
import type {CreateTransport} from './leader.js';
import {Membership, type Sharing} from './membership.js';
import {NEVER_OPEN} from './role.js';

export interface SharedTransportOptions {
  /** The name of what the tabs of this person share; `null` while the person is not known. */
  readonly scope: string | null;
  readonly environment: Pick<ClientEnvironment, 'clock' | 'random' | 'locks' | 'openBroadcast'>;
  /** Makes a transport with a socket of its own. */
  readonly createTransport: CreateTransport;
  readonly handler: TransportHandler;
  readonly log: Log;
}

/**
 * A transport over one socket that the tabs of a person share. Each tab still decides when to connect, authorizes its channels and catches
 * up by itself; only what goes over the wire is shared. Where tabs cannot share, the tab has a socket of its own, and the log says so.
 */
export function createSharedTransport(options: SharedTransportOptions): Transport {
  const {scope, environment, createTransport, handler, log} = options;
  const {clock, random, locks, openBroadcast} = environment;
  if (scope !== null && locks && openBroadcast)
    return new SharedTransport({name: scope, clock, random, locks, openBroadcast, createTransport}, handler, log);
  log.debug('Shares no socket', {why: scope === null ? 'no user id' : 'no locks, or no BroadcastChannel'});
  return createTransport(handler);
}

/** Begins a new membership with each attempt, so that nothing of the former one is left. */
class SharedTransport implements Transport {
  readonly #sharing: Sharing;
  readonly #handler: TransportHandler;
  readonly #log: Log;
  #membership: Membership | null = null;
  /** A socket of the tab's own, once the browser has refused to share. */
  #own: Transport | null = null;

  constructor(sharing: Sharing, handler: TransportHandler, log: Log) {
    this.#sharing = sharing;
    this.#handler = handler;
    this.#log = log;
  }

  open(): void {
    this.close();
    if (this.#own) return this.#own.open();
    try {
      this.#membership = new Membership(this.#sharing, {
        handler: this.#handler,
        lost: (close) => {
          this.#membership = null;
          this.#handler.onClose(close);
        },
        denied: (error) => this.#stayAlone(error),
      });
      this.#membership.start();
    } catch (error) {
      this.#stayAlone(error);
    }
  }

  close(): void {
    this.#membership?.end();
    this.#membership = null;
    this.#own?.close();
  }

  subscribe: Transport['subscribe'] = (channel, auth) => (this.#own ?? this.#membership)?.subscribe(channel, auth);

  unsubscribe: Transport['unsubscribe'] = (channel) => (this.#own ?? this.#membership)?.unsubscribe(channel);

  send: Transport['send'] = (event, data, channel) => (this.#own ?? this.#membership)?.send(event, data, channel) ?? false;

  #stayAlone(error: unknown): void {
    this.#log.debug('Shares no socket', {why: String(error)});
    this.#membership = null;
    this.#own = this.#sharing.createTransport(this.#handler);
    try {
      this.#own.open();
    } catch {
      this.#handler.onClose(NEVER_OPEN);
    }
  }
}
