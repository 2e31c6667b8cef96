import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {ChatClient} from '../client/types.js';
import type {Unsubscribe} from '../model/index.js';
import {clientRequest} from './client-context.js';
import {connectionChanges, findConnection} from './connections.js';
import {warnAbout} from './warn.js';

/** An element that finds its client by itself. */
export type ClientHost = ReactiveControllerHost &
  HTMLElement & {
    /** The client itself. Goes before everything else. */
    client?: ChatClient | undefined;
    /** The id of a `<chat-connection>` anywhere in the document. Goes before the one around the element. */
    connection?: string | undefined;
  };

/** How long a connection may take to turn up before its absence is worth a word, in ms. */
const patience = 1000;

/** What to do with a client while it is the one: the returned function undoes it. */
export type Follow = (client: ChatClient) => Unsubscribe | undefined;

/**
 * Finds the client of its host, and finds it again whenever that may be another one. In this order: the `client` property, the
 * connection that the `connection` attribute names, the one around the host, through shadow roots. Each may come late: upgraded,
 * inserted or given its client after the host.
 */
export class ClientController implements ReactiveController {
  /** The client, or undefined outside a connection and before the connection has one. */
  client: ChatClient | undefined;

  readonly #host: ClientHost;
  readonly #follows = new Map<Follow, Unsubscribe | undefined>();
  // A server does not look around, and shows what is shown at first where there is one.
  #hasProvider = typeof document === 'undefined';
  #around: ChatClient | undefined;
  #leaveProvider: Unsubscribe | undefined;
  #isMissing = false;
  #letGo: Unsubscribe[] = [];

  constructor(host: ClientHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether there is, or is said to be, a connection: the host then waits for it rather than standing alone. */
  get isExpected(): boolean {
    return this.#hasProvider || Boolean(this.#host.connection) || Boolean(this.#host.client);
  }

  /** Whether no client has turned up although there was time enough. One that comes later still is the one. */
  get isMissing(): boolean {
    return this.#isMissing && !this.client;
  }

  /** Calls `follow` with each client that becomes the one, and what it returned when that ends. */
  follow(follow: Follow): void {
    this.#follows.set(follow, this.client && follow(this.client));
  }

  hostConnected(): void {
    this.#letGo = [connectionChanges.add(() => this.#ask()), () => this.#leaveProvider?.()];
    this.#warnWhenNothingComes();
    this.#ask();
  }

  hostUpdate(): void {
    this.#resolve();
  }

  hostDisconnected(): void {
    for (const letGo of this.#letGo) letGo();
    this.#letGo = [];
    this.#hasProvider = false;
    this.#around = undefined;
    this.#isMissing = false;
    this.#take(undefined);
  }

  /** Asks who is around. The nearest answers at once; one that is nearer, and upgraded late, is found when it is asked again. */
  #ask(): void {
    const take = (client: ChatClient | undefined, unsubscribe?: Unsubscribe): void => {
      if (unsubscribe !== this.#leaveProvider) this.#leaveProvider?.();
      this.#leaveProvider = unsubscribe;
      this.#hasProvider = true;
      this.#around = client;
      this.#resolve();
    };
    this.#host.dispatchEvent(clientRequest(take));
    this.#resolve();
  }

  #resolve(): void {
    if (this.#letGo.length === 0) return;
    const {client, connection} = this.#host;
    if (client) this.#take(client);
    else if (connection) this.#take(findConnection(connection)?.client);
    else this.#take(this.#around);
  }

  #take(client: ChatClient | undefined): void {
    if (client === this.client) return;
    this.client = client;
    for (const [follow, undo] of this.#follows) {
      undo?.();
      this.#follows.set(follow, client && follow(client));
    }
    this.#host.requestUpdate();
  }

  /** Gives a connection that is upgraded or inserted later its chance before its absence is worth a word. */
  #warnWhenNothingComes(): void {
    const timer = setTimeout(() => {
      if (this.client) return;
      this.#isMissing = true;
      this.#host.requestUpdate();
      const {connection} = this.#host;
      if (!connection || findConnection(connection)) return;
      warnAbout(this.#host, `connection="${connection}" is the id of no <chat-connection> in the page: mend it, or add one.`);
    }, patience);
    this.#letGo.push(() => clearTimeout(timer));
  }
}
