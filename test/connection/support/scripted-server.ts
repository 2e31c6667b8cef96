import {FakeSocket} from '../../../src/testing/fake-socket.js';
import {turn} from '../../../src/testing/turn.js';

/** A frame as it goes over the wire, decoded. */
export interface Sent {
  readonly event: string;
  readonly channel?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a server does when a socket comes in. */
export type Script = (link: ServerLink) => void;

/** The server's end of one socket. */
export class ServerLink {
  readonly socket: FakeSocket;
  readonly number: number;
  readonly sent: Sent[] = [];
  isOver = false;
  onReceive: (frame: Sent) => void = () => undefined;

  constructor(number: number, url: string, later: (fn: () => void, ms: number) => void) {
    this.number = number;
    const peer = {
      received: (_: FakeSocket, text: string) => this.#receive(text),
      left: () => (this.isOver = true),
    };
    this.socket = new FakeSocket(url, peer, later);
  }

  get socketId(): string {
    return `${this.number}.1`;
  }

  /** Opens, and welcomes as Reverb does. */
  welcome(): void {
    this.socket.accept();
    this.deliver('pusher:connection_established', JSON.stringify({socket_id: this.socketId, activity_timeout: 30}));
  }

  deliver(event: string, data: unknown, channel?: string, extra: object = {}): void {
    this.socket.deliver(JSON.stringify({event, data, ...(channel === undefined ? {} : {channel}), ...extra}));
  }

  /** A `pusher:error`, as Reverb sends it: without a channel. */
  complain(code: number, message: string): void {
    this.deliver('pusher:error', JSON.stringify({code, message}));
  }

  confirm(channel: string, data: unknown = {}): void {
    this.deliver('pusher_internal:subscription_succeeded', JSON.stringify(data), channel);
  }

  /** Answers pings and subscriptions, as a server in good health. */
  behave(): void {
    this.onReceive = (frame) => {
      if (frame.event === 'pusher:ping') this.deliver('pusher:pong', {});
      if (frame.event === 'pusher:subscribe') this.confirm(String(frame.data['channel']), presenceFor(frame));
    };
  }

  count(event: string): number {
    return this.sent.filter((frame) => frame.event === event).length;
  }

  /** The channels it was asked to subscribe, in order. */
  get subscribed(): readonly string[] {
    return this.sent.filter(({event}) => event === 'pusher:subscribe').map(({data}) => String(data['channel']));
  }

  #receive(text: string): void {
    const frame = JSON.parse(text) as Sent;
    this.sent.push(frame);
    this.onReceive(frame);
  }
}

/** A server that does to each socket what the test says. */
export class ScriptedServer {
  readonly links: ServerLink[] = [];
  /** When each socket came, by the clock (ms since the epoch). */
  readonly times: number[] = [];
  script: Script;
  readonly #now: () => number;
  readonly #later: (fn: () => void, ms: number) => void;

  constructor(clock: {now(): number; setTimeout(fn: () => void, ms: number): unknown}, script: Script = healthy) {
    this.script = script;
    this.#now = () => clock.now();
    this.#later = (fn, ms) => clock.setTimeout(fn, ms);
  }

  readonly createWebSocket = (url: string): WebSocket => {
    const link = new ServerLink(this.links.length + 1, url, this.#later);
    this.links.push(link);
    this.times.push(this.#now());
    this.script(link);
    return link.socket as unknown as WebSocket;
  };

  /** The newest socket. */
  get last(): ServerLink {
    const link = this.links.at(-1);
    if (!link) throw new Error('No socket was opened.');
    return link;
  }

  get open(): readonly ServerLink[] {
    return this.links.filter(({isOver}) => !isOver);
  }
}

/** A server in good health. */
export const healthy: Script = (link) => {
  link.welcome();
  link.behave();
};

/** Nothing listens there. */
export const unreachable: Script = (link) => link.socket.drop();

/** Waits until everything that is under way has come to rest: microtasks, and pusher-js, which sends from a timer. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await turn();
}

function presenceFor({data}: Sent): unknown {
  if (!String(data['channel']).startsWith('presence-')) return {};
  return {presence: {count: 1, ids: ['1'], hash: {1: {name: 'Ali'}}}};
}
