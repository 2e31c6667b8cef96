import type {ChatClient, ChatClientOptions, ClientEnvironment} from '../client/types.js';
import {createChatClient} from '../client/create-chat-client.js';
import type {Id} from '../model/index.js';
import {checkEnvironment} from './environment.js';
import {EventPublisher} from './event-publisher.js';
import {FakeWorld} from './fake-world.js';
import {Faults} from './faults.js';
import {HttpPeer} from './http-peer.js';
import {PusherPeer} from './pusher-peer.js';
import {seededRandom} from './random.js';
import {ServerLog} from './server-log.js';
import {Sessions} from './sessions.js';
import {Signatures} from './signatures.js';
import type {FakeServerOptions} from './seeds.js';
import {turn} from './turn.js';
import {VirtualClock} from './virtual-clock.js';
import {withoutRevisions} from './without-revisions.js';

/** How many turns in a row must pass in which nothing happens until things are at rest. */
const QUIET_TURNS = 2;
/** After so many turns `settle` gives up: something goes round in a circle. */
const MOST_TURNS = 5_000;

let servers = 0;

/**
 * A chat backend in memory: the Pusher protocol, the REST routes, users, conversations, and faults of all kinds, with a virtual clock that
 * only `advance` moves. Made by `createFakeServer`.
 *
 * It replaces `fetch`, `WebSocket`, the clock and random numbers below the real client and the real pusher-js; nothing above the wire is
 * replaced. Effects of a call can be observed after `await server.settle()`.
 */
export class FakeServer extends FakeWorld {
  /** The time of this server and of its clients. */
  override readonly clock: VirtualClock;
  /** What goes wrong from now on. */
  readonly faults: Faults;
  /** What the server saw. */
  readonly log: ServerLog;
  /** The environment for a client, to be passed to `createChatClient` where `client()` is not enough. */
  readonly environment: ClientEnvironment;
  /** What a client needs to find this server, e.g. for attributes of `<chat-connection>`. */
  readonly address: Required<Pick<ChatClientOptions, 'appKey' | 'wsHost' | 'wsPort' | 'scheme' | 'authEndpoint' | 'apiBase'>>;

  readonly #options: FakeServerOptions;
  readonly #http: HttpPeer;
  readonly #peer: PusherPeer;
  readonly #publisher: EventPublisher;
  readonly #sessions: Sessions;
  readonly #signatures: Signatures;
  readonly #clients: ChatClient[] = [];
  readonly #outgoing: (value: unknown) => unknown;

  constructor(options: FakeServerOptions = {}) {
    super(options);
    checkEnvironment();
    servers += 1;
    const origin = `http://fake-${servers}.test`;
    const appKey = options.appKey ?? 'fake-key';
    const random = seededRandom(options.seed ?? 1);
    this.#options = options;
    this.clock = new VirtualClock({...(options.now === undefined ? {} : {now: options.now}), drain: () => this.#rest(1)});
    this.faults = new Faults(random);
    this.log = new ServerLog(() => this.clock.now());
    this.#sessions = new Sessions(this.clock);
    this.#signatures = new Signatures(appKey);
    this.#peer = this.#createPeer(appKey, random);
    this.#outgoing = options.revisions === false ? withoutRevisions : (value) => value;
    this.#publisher = new EventPublisher({peer: this.#peer, faults: this.faults, clock: this.clock, random});
    this.#http = this.#createHttp();
    this.address = {
      appKey,
      wsHost: `fake-${servers}.test`,
      wsPort: 80,
      scheme: 'http',
      authEndpoint: `${origin}/broadcasting/auth`,
      apiBase: `${origin}/api`,
    };
    this.environment = {
      clock: this.clock,
      // Numbers of its own: what a client draws must not depend on what the server draws.
      random: seededRandom((options.seed ?? 1) + 1),
      fetch: this.#http.fetch,
      createWebSocket: (url) => this.#peer.open(url) as unknown as WebSocket,
      // What tabs share answers at a time of its own, which no clock of ours can turn.
      locks: null,
      openBroadcast: null,
      storage: 'memory',
      isVisible: () => true,
    };
    for (const user of options.users ?? []) this.addUser(user);
    for (const conversation of options.conversations ?? []) this.addConversation(conversation);
  }

  /** The channels that sockets are subscribed to, each with the ids of these sockets. */
  get subscriptions(): ReadonlyMap<string, readonly string[]> {
    return this.#peer.subscriptions;
  }

  /** The ids of the sockets that are welcomed and open. */
  get socketIds(): readonly string[] {
    return this.#peer.sockets.map((socket) => socket.id);
  }

  /**
   * A client of this server, signed in as `userId` and not yet connected. Its tokens come from this server, a new one as often as
   * it asks. Other options go to `createChatClient` as they are. `dispose` of the server disposes of it too.
   */
  client(options: Partial<ChatClientOptions> & {readonly userId: Id}): ChatClient {
    const {userId} = options;
    this.backend.user(userId);
    const client = createChatClient({
      ...this.address,
      tokenProvider: () => this.token(userId),
      conversationChannel: this.#options.conversationChannel ?? undefined,
      environment: this.environment,
      ...options,
    });
    this.#clients.push(client);
    return client;
  }

  /** A token of this person. `lifetime` in ms of the virtual clock; default: for ever. */
  token(userId: Id, lifetime = Infinity): string {
    this.backend.user(userId);
    return this.#sessions.issue(userId, lifetime);
  }

  /** Makes the tokens of one person, or of all, invalid. */
  expireTokens(userId?: Id): void {
    this.#sessions.expire(userId);
  }

  /** Signs somebody in by session cookie: requests without a token are theirs. With `xsrfToken`, writing ones must carry it. */
  signIn(userId: Id, options: {readonly xsrfToken?: string} = {}): void {
    this.backend.user(userId);
    this.#sessions.signIn(userId, options.xsrfToken ?? null);
  }

  /** Ends the session of `signIn`. */
  signOut(): void {
    this.#sessions.signOut();
  }

  override emit(channel: string, name: string, data: unknown): void {
    this.#publisher.publish(channel, name, this.#outgoing(data));
  }

  /** Sends a frame, well-formed or not, to every socket. */
  rawFrame(text: string): void {
    this.#peer.raw(text);
  }

  /** Closes every socket. 1006 (default) breaks the link, any other code is sent as a close frame. */
  closeAll(code = 1006, reason = ''): void {
    this.#peer.closeAll(code, reason);
  }

  /** Makes every open socket half-open: nothing passes any more, and neither end is told. New sockets work as usual. */
  silence(): void {
    this.#peer.silenceAll();
  }

  /** Stops the server: breaks every socket and accepts neither new ones nor (unless only the `sockets` stop) requests. Its data stay. */
  stop(what: 'all' | 'sockets' = 'all'): void {
    this.#peer.running = false;
    if (what === 'all') this.#http.running = false;
    this.#peer.closeAll(1006, '');
  }

  /** Starts the server again. */
  start(): void {
    this.#peer.running = true;
    this.#http.running = true;
  }

  /** A signature for a socket and a channel, for hosts that authorize channels by a function of their own. */
  sign(request: {readonly socketId: string; readonly channel: string; readonly channelData?: string}): string {
    return this.#signatures.sign({channelData: null, ...request});
  }

  /**
   * Waits, without moving the clock, until nothing is going on any more; with `until`, until that also returns true. Rejects if this does not
   * happen within some thousand turns of the event loop.
   */
  async settle(until?: () => boolean): Promise<void> {
    await this.#rest(QUIET_TURNS);
    for (let turns = 0; until && !until(); turns += 1) {
      if (turns >= MOST_TURNS) throw new Error('What was waited for did not come about.');
      await turn();
    }
  }

  /** Moves the clock by `ms`: runs the timers that fall due, in order, each after the effects of the one before have come to rest. */
  async advance(ms: number): Promise<void> {
    await this.settle();
    await this.clock.advance(ms);
    await this.settle();
  }

  /** Disposes of the server and of all clients that `client()` made, and clears all timers. */
  dispose(): void {
    for (const client of this.#clients) client.dispose();
    this.#clients.length = 0;
    this.stop();
    this.clock.clear();
  }

  #createPeer(appKey: string, random: () => number): PusherPeer {
    return new PusherPeer({
      appKey,
      activityTimeout: this.#options.activityTimeout ?? 30,
      signatures: this.#signatures,
      faults: this.faults,
      log: this.log,
      random,
      later: (fn, ms) => this.clock.setTimeout(fn, ms),
    });
  }

  #createHttp(): HttpPeer {
    const {revisions = true, changes = revisions, authorize} = this.#options;
    return new HttpPeer({
      context: {backend: this.backend, signatures: this.#signatures, changes, authorize},
      sessions: this.#sessions,
      faults: this.faults,
      log: this.log,
      later: (fn, ms) => this.clock.setTimeout(fn, ms),
      outgoing: this.#outgoing,
    });
  }

  async #rest(quietTurns: number): Promise<void> {
    let quiet = 0;
    for (let turns = 0; quiet < quietTurns; turns += 1) {
      if (turns >= MOST_TURNS)
        throw new Error('The server and its clients do not come to rest: something goes round in a circle.');
      const before = this.log.activity;
      await turn();
      quiet = this.log.activity === before && this.#http.busy === 0 ? quiet + 1 : 0;
    }
  }
}

/**
 * A chat backend in memory, with a clock that a test turns and faults that a test sets. See `FakeServer`. Throws where a test runner hides
 * what answers are made of, such as `Response`.
 */
export function createFakeServer(options: FakeServerOptions = {}): FakeServer {
  return new FakeServer(options);
}
