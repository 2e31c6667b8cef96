import type {ChatClient} from '../../client/index.js';
import {
  EventError,
  SubscriptionError,
  type ChannelState,
  type ChatError,
  type ConnectionStatus,
  type Id,
} from '../../model/index.js';
import {Failure} from '../command.js';
import {printable} from '../printable.js';
import type {World} from '../world.js';
import type {ListenOptions} from './listen-options.js';
import {clockTime, toJson, toLine} from './print-event.js';

/** Prints the events of a client and the changes of its connection. */
export class Listener {
  readonly #client: ChatClient;
  readonly #options: ListenOptions;
  readonly #userId: Id | null;
  readonly #world: World;
  readonly #over = new AbortController();
  #lastError: ChatError | null = null;
  /** Whether there was a connection: without one, this ends at the first attempt. */
  #wasConnected = false;
  #begun = false;

  constructor(client: ChatClient, options: ListenOptions, userId: Id | null, world: World) {
    this.#client = client;
    this.#options = options;
    this.#userId = userId;
    this.#world = world;
  }

  /** Resolves when it is ended. Rejects with a `Failure` if it cannot begin, or the server refuses it for good. */
  async run(): Promise<void> {
    const {stdout, clock} = this.#world;
    const {signal} = this.#over;
    const print = this.#options.json ? toJson : toLine;
    this.#client.onEvent((event) => stdout.write(print(event, clock.now())), {signal});
    this.#client.onError((error) => this.#tellError(error), {signal});
    this.#client.onStateChange((status) => this.#tellState(status), {signal});

    const ended = this.#untilEnded();
    try {
      await Promise.race([this.#begin(), ended]);
      this.#begun = true;
      await ended;
    } finally {
      this.#over.abort();
    }
  }

  async #begin(): Promise<void> {
    if (!(await this.#client.connect())) {
      throw new Failure(`Could not connect. ${this.#lastError?.message ?? this.#client.status.reason ?? 'There was no answer.'}`);
    }
    this.#wasConnected = true;
    if (this.#userId !== null) await this.#join(`private-user.${this.#userId}`);
    await Promise.all(this.#options.channels.map((channel) => this.#join(channel).catch(() => undefined)));
  }

  /** Joins a channel, and prints a line each time it is joined, or has to be tried again. */
  async #join(channel: string): Promise<void> {
    try {
      const handle = this.#client.subscribe(channel);
      handle.onStateChange((state) => this.#tellChannel(channel, state), {signal: this.#over.signal});
      this.#tellChannel(channel, handle.state);
      await handle.ready;
    } catch (error) {
      throw new Failure(`Could not join ${channel}. ${error instanceof Error ? error.message : ''}`, {cause: error});
    }
  }

  #untilEnded(): Promise<void> {
    const {ending} = this.#world;
    return new Promise((resolve, reject) => {
      if (ending.aborted) return resolve();
      ending.addEventListener('abort', () => resolve(), {once: true});
      this.#client.onStateChange(
        ({state, reason}) => {
          if (state === 'unauthorized') {
            const takes = this.#begun ? 'no longer takes' : 'does not take';
            reject(new Failure(`The server ${takes} the token, and there is no other one.`));
          }
          if (state === 'failed') reject(new Failure(`The connection cannot work. ${reason ?? this.#lastError?.message ?? ''}`));
        },
        {signal: this.#over.signal},
      );
    });
  }

  #tellChannel(channel: string, state: ChannelState): void {
    if (state === 'subscribed') this.#tell(`listening on ${channel}`);
    const {authEndpoint} = this.#options;
    if (state === 'waiting') this.#tell(`cannot join ${channel} yet, tries again: does ${authEndpoint} work?`);
  }

  #tellState({state, cause, retryAt, code}: ConnectionStatus): void {
    const why = cause === 'none' ? '' : ` (${cause}${code === null ? '' : ` ${code}`})`;
    const isOver = !this.#wasConnected || state === 'unauthorized';
    const wait =
      isOver || retryAt === null
        ? ''
        : `, next attempt in ${Math.max(0, Math.ceil((retryAt - this.#world.clock.now()) / 1000))} s`;
    this.#tell(`${state}${why}${wait}`);
  }

  #tellError(error: ChatError): void {
    this.#lastError = error;
    const channel = error instanceof SubscriptionError ? error.channel : null;
    // An error that keeps the command from beginning is printed when it ends, so not here.
    const isExtra = channel !== null && this.#options.channels.includes(channel);
    if (this.#begun || isExtra || error instanceof EventError) this.#tell(`error: ${error.message}`);
  }

  #tell(text: string): void {
    this.#world.stderr.write(`${clockTime(this.#world.clock.now())}  ${printable(text)}\n`);
  }
}
