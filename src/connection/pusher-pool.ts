/**
 * Clients that cannot be thrown away, kept for the next one who needs the same. pusher-js holds on to every client it ever made
 * (`Pusher.instances`, and handlers at its network object), so each is used again.
 */
export class PusherPool<Client> {
  readonly #idle = new Map<string, Client[]>();

  /** An idle client of this kind, or else a new one. */
  take(kind: string, create: () => Client): Client {
    return this.#idle.get(kind)?.pop() ?? create();
  }

  /** Makes a client that is at rest available again. */
  giveBack(kind: string, client: Client): void {
    const clients = this.#idle.get(kind) ?? [];
    clients.push(client);
    this.#idle.set(kind, clients);
  }
}
