import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {ChatClient} from '../client/types.js';
import type {Unsubscribe} from '../model/index.js';
import {clientRequest} from './client-context.js';
import {connectionChanges, findConnection} from './connections.js';
import {warnAbout} from './warn.js';

/** An element that finds its client through a `ClientController`. */
export type ClientHost = ReactiveControllerHost &
  HTMLElement & {
    /** The client itself. Takes precedence over everything else. */
    client?: ChatClient | undefined;
    /** The id of a `<chat-connection>` anywhere in the document. Takes precedence over the one around the element. */
    connection?: string | undefined;
  };

/** How long to wait for a connection before warning that there is none, in ms. */
const PATIENCE = 3000;

/** Called with a client when it becomes the current one; the returned function is called when it no longer is. */
export type Follow = (client: ChatClient) => Unsubscribe | undefined;

/** What the connection around the host has answered. `leave` ends its answers. */
interface Around {
  readonly client?: ChatClient | undefined;
  readonly leave?: Unsubscribe | undefined;
}

/**
 * Finds the client of its host, and looks again whenever it may have changed. In this order: the `client` property, the connection that
 * the `connection` attribute names, the connection around the host, through shadow roots. Each may come later than the host: be upgraded,
 * inserted or given its client.
 */
export class ClientController implements ReactiveController {
  /** The client, or undefined outside a connection and before the connection has one. */
  client: ChatClient | undefined;

  readonly #host: ClientHost;
  readonly #follows = new Map<Follow, Unsubscribe | undefined>();
  // On a server nobody answers, so a connection is assumed, and what is rendered is what shows first where there is one.
  #around: Around | undefined = typeof document === 'undefined' ? {} : undefined;
  #isMissing = false;
  #letGo: Unsubscribe[] = [];

  constructor(host: ClientHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether there is a connection, or one is named: the host then waits for it instead of working without one. */
  get isExpected(): boolean {
    return Boolean(this.#around) || Boolean(this.#host.connection) || Boolean(this.#host.client);
  }

  /** Whether no client has turned up in time. One that comes later is still used. */
  get isMissing(): boolean {
    return this.#isMissing && !this.client;
  }

  /** Calls `follow` with the current client and with each later one, and the function that it returned when that client is replaced. */
  follow(follow: Follow): void {
    this.#follows.set(follow, this.client && follow(this.client));
  }

  hostConnected(): void {
    this.#letGo = [connectionChanges.add(() => this.#ask()), () => this.#around?.leave?.()];
    this.#warnWhenNothingComes();
    this.#ask();
  }

  hostUpdate(): void {
    this.#resolve();
  }

  hostDisconnected(): void {
    for (const letGo of this.#letGo) letGo();
    this.#letGo = [];
    this.#around = undefined;
    this.#isMissing = false;
    this.#take(undefined);
  }

  /** Asks the connections around the host. The nearest one answers at once. A nearer one that is upgraded later is found by asking again. */
  #ask(): void {
    // Where the host is in a slot, the connection may be gone while the host stays.
    this.#around?.leave?.();
    this.#around = undefined;
    const take = (client: ChatClient | undefined, leave?: Unsubscribe): void => {
      if (leave !== this.#around?.leave) this.#around?.leave?.();
      this.#around = {client, leave};
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
    else this.#take(this.#around?.client);
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

  /** Warns if there is no connection after a while, so that one that is upgraded or inserted later has its chance. */
  #warnWhenNothingComes(): void {
    const timer = setTimeout(() => {
      if (this.client) return;
      this.#isMissing = true;
      this.#host.requestUpdate();
      const {connection} = this.#host;
      if (!connection || findConnection(connection)) return;
      warnAbout(this.#host, `connection="${connection}" is the id of no <chat-connection> in the page: mend it, or add one.`);
    }, PATIENCE);
    this.#letGo.push(() => clearTimeout(timer));
  }
}
