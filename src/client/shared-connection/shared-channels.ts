import type {Transport} from '../../connection/transport.js';
import type {ChannelAuth} from '../../connection/types.js';

/** The members of a presence channel; `null` for any other channel. */
export type Members = ReadonlyMap<string, unknown> | null;

interface SharedChannel {
  /** The tabs that want it, each with its authorization. */
  readonly holders: Map<string, ChannelAuth | null>;
  /** The tab whose authorization was sent to the server; `null` once the server has confirmed the channel. */
  asker: string | null;
  members: Members;
}

/** The channels of a socket and the tabs that hold them. A channel is left when the last tab gives it back. */
export class SharedChannels {
  readonly #transport: Pick<Transport, 'subscribe' | 'unsubscribe'>;
  readonly #channels = new Map<string, SharedChannel>();

  constructor(transport: Pick<Transport, 'subscribe' | 'unsubscribe'>) {
    this.#transport = transport;
  }

  /** Notes that a tab wants a channel, and asks the server if it is the first one. */
  hold(name: string, tab: string, auth: ChannelAuth | null): void {
    const channel = this.#channels.get(name);
    if (channel) channel.holders.set(tab, auth);
    else {
      this.#channels.set(name, {holders: new Map([[tab, auth]]), asker: tab, members: null});
      this.#transport.subscribe(name, auth);
    }
  }

  /** The members of a channel that the server has confirmed; `null` before that. */
  joined(name: string): {readonly members: Members} | null {
    const channel = this.#channels.get(name);
    return channel?.asker === null ? channel : null;
  }

  giveBack(name: string, tab: string): void {
    const channel = this.#channels.get(name);
    if (!channel?.holders.delete(tab)) return;
    const [next] = channel.holders;
    if (!next) {
      this.#channels.delete(name);
      this.#transport.unsubscribe(name);
    } else if (channel.asker === tab) {
      // The server has not answered; perhaps the authorization of that tab was at fault, so that of another one is sent.
      [channel.asker] = next;
      this.#transport.subscribe(name, next[1]);
    }
  }

  /** A tab is gone. */
  forget(tab: string): void {
    for (const name of [...this.#channels.keys()]) this.giveBack(name, tab);
  }

  /** The server has confirmed a channel, or says who is in it now. */
  confirm(name: string, members: Members): void {
    const channel = this.#channels.get(name);
    if (channel) Object.assign(channel, {asker: null, members});
  }

  /** The server refused a channel. It is forgotten, and the tabs that want it ask again. */
  refuse(name: string): void {
    if (this.#channels.delete(name)) this.#transport.unsubscribe(name);
  }

  isHeldBy(name: string, tab: string): boolean {
    return this.#channels.get(name)?.holders.has(tab) ?? false;
  }
}
