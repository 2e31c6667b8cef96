import {idKey, type Id, type Message} from '../../src/model/index.js';
import {
  ConversationStore,
  MessageLog,
  Recovery,
  type ChangesPage,
  type MessagesPage,
  type Run,
  type Taken,
} from '../../src/store/index.js';
import {stored} from '../support/messages.js';

const LATEST = 5;
const CHANGES = 4;

type Request =
  | {readonly kind: 'messages'; readonly run: Run; readonly after: Id | undefined}
  | {readonly kind: 'changes'; readonly run: Run; readonly since: number};

interface Fetch {
  readonly request: Request;
  /** What the server said, once it has looked. The answer may take long after that. */
  answer: (() => void) | null;
}

/** A server that stores and broadcasts, a lossy wire, and one client's store and recovery: everything between them happens when a test says so. */
export class RecoveryWorld {
  readonly store = new ConversationStore(new MessageLog(), 1, 1);
  readonly recovery: Recovery;
  readonly rows = new Map<number, Message>();
  readonly counts: boolean;
  revision = 0;
  up = false;
  wire: Message[] = [];
  fetches: Fetch[] = [];
  gapArmed = false;
  retries: Run[] = [];
  /** Ids in the order in which they were added to the log by the wire: for the order of emission. */
  added: Id[] = [];
  #nextId = 0;

  constructor(counts: boolean) {
    this.counts = counts;
    this.recovery = new Recovery(this.store, {
      fetchMessages: (run, after) => this.#ask({kind: 'messages', run, after}),
      fetchChanges: (run, since) => this.#ask({kind: 'changes', run, since}),
      abort: () => this.#abort(),
      armGapTimer: () => (this.gapArmed = true),
      took: ({added}: Taken) => this.added.push(...added.map(({id}) => id)),
      stateChanged: () => undefined,
      recovered: () => undefined,
    });
  }

  /** Stores a message, and broadcasts it to whoever is subscribed. */
  insert(): void {
    this.#nextId += 1;
    this.revision += 1;
    this.#commit(stored(this.#nextId, {position: this.revision, revision: this.revision}));
  }

  edit(choice: number, deleted: boolean): void {
    const row = [...this.rows.values()][choice % Math.max(1, this.rows.size)];
    if (!row) return;
    this.revision += 1;
    this.#commit({
      ...row,
      revision: this.revision,
      content: `edit ${this.revision}`,
      deletedAt: deleted ? new Date(1) : row.deletedAt,
    });
  }

  deliver(choice: number, keep: boolean): void {
    const index = choice % Math.max(1, this.wire.length);
    const message = this.wire[index];
    if (!message || !this.up) return;
    if (!keep) this.wire.splice(index, 1);
    this.recovery.take(this.#onTheWire(message));
  }

  lose(choice: number): void {
    this.wire.splice(choice % Math.max(1, this.wire.length), 1);
  }

  linkUp(): void {
    if (this.up) return;
    this.up = true;
    this.recovery.linkUp();
  }

  linkDown(): void {
    if (!this.up) return;
    this.up = false;
    this.wire = [];
    this.recovery.linkDown();
  }

  /** The server looks at a request; the answer is on its way. */
  look(choice: number): void {
    const fetch = this.fetches[choice % Math.max(1, this.fetches.length)];
    if (fetch && !fetch.answer) fetch.answer = this.#answer(fetch.request);
  }

  answer(choice: number): void {
    const fetch = this.fetches.splice(choice % Math.max(1, this.fetches.length), 1)[0];
    if (fetch) (fetch.answer ?? this.#answer(fetch.request))();
  }

  fail(choice: number): void {
    const fetch = this.fetches.splice(choice % Math.max(1, this.fetches.length), 1)[0];
    if (!fetch) return;
    this.recovery.failed(fetch.request.run);
    this.retries.push(fetch.request.run);
  }

  retry(): void {
    const run = this.retries.shift();
    if (run !== undefined) this.recovery.retry(run);
  }

  gap(): void {
    if (!this.gapArmed) return;
    this.gapArmed = false;
    this.recovery.gapDue();
  }

  /** Lets everything come to rest, without a further fault, and looks once more. */
  settle(): void {
    this.recovery.load();
    this.linkUp();
    this.#rest();
    this.recovery.check();
    this.#rest();
  }

  /** What the log holds, as far as the server's rows can be compared with it. */
  shown(): readonly [Id, string, boolean][] {
    return this.store.log.slice(0, this.store.log.size).map(({id, content, deletedAt}) => [id, content, deletedAt !== null]);
  }

  #rest(): void {
    for (let turn = 0; turn < 5_000; turn += 1) {
      if (this.wire.length > 0) this.deliver(0, false);
      else if (this.fetches.length > 0) this.answer(0);
      else if (this.retries.length > 0) this.retry();
      else if (this.gapArmed) this.gap();
      else return;
    }
    throw new Error('never comes to rest');
  }

  #ask(request: Request): void {
    this.#abort();
    this.fetches.push({request, answer: null});
  }

  #abort(): void {
    this.fetches = [];
    this.retries = [];
  }

  #commit(message: Message): void {
    this.rows.set(Number(message.id), message);
    if (this.up) this.wire.push(message);
  }

  #onTheWire(message: Message): Message {
    return this.counts ? message : {...message, revision: null, position: null};
  }

  #answer(request: Request): () => void {
    const rows = [...this.rows.values()].sort((a, b) => Number(a.id) - Number(b.id));
    const sent = (list: Message[]): Message[] => list.map((message) => this.#onTheWire(message));
    if (request.kind === 'messages') {
      const {after} = request;
      const found = after === undefined ? rows.slice(-LATEST) : rows.filter(({id}) => Number(id) > Number(after));
      const page: MessagesPage = {
        messages: sent(after === undefined ? found : found.slice(0, CHANGES)),
        hasMoreBefore: rows.length > LATEST,
        hasMoreAfter: after !== undefined && found.length > CHANGES,
        revision: this.counts ? this.revision : null,
      };
      return () => this.recovery.tookMessages(request.run, page);
    }
    const changed = rows
      .filter(({revision}) => (revision ?? 0) > request.since)
      .sort((a, b) => (a.revision ?? 0) - (b.revision ?? 0));
    const messages = changed.slice(0, CHANGES);
    const hasMore = changed.length > CHANGES;
    const revision = hasMore ? (messages.at(-1)?.revision ?? this.revision) : this.revision;
    const page: ChangesPage = {messages, revision, hasMore, reset: false};
    return () => this.recovery.tookChanges(request.run, page);
  }
}

/** The ids that the server holds and the log does not, and the other way round. */
export function difference(world: RecoveryWorld): {readonly lost: Id[]; readonly invented: Id[]} {
  const shown = new Set(world.shown().map(([id]) => idKey(id)));
  const oldest = Math.min(...world.shown().map(([id]) => Number(id)));
  return {
    lost: [...world.rows.keys()].filter((id) => id >= oldest && !shown.has(idKey(id))),
    invented: world
      .shown()
      .map(([id]) => id)
      .filter((id) => !world.rows.has(Number(id))),
  };
}
