import assert from 'node:assert/strict';
import {isConfirmed, type Id, type Message} from '../../src/model/index.js';
import {
  ConversationStore,
  MessageLog,
  Recovery,
  type ChangesPage,
  type MessagesPage,
  type PageTicket,
  type RecoveryState,
  type Run,
  type Taken,
} from '../../src/store/index.js';
import {stored, unsent} from '../support/messages.js';

const LATEST = 5;
const CHANGES = 4;
const PAGE = 3;
const AROUND = 4;

/** So few that sequences of some dozen steps let go of messages. */
const KEPT = 1;
const LIMIT = 10;

type Request =
  | {readonly kind: 'messages'; readonly run: Run; readonly after: Id | undefined}
  | {readonly kind: 'changes'; readonly run: Run; readonly since: number}
  | {readonly kind: 'older' | 'newer' | 'around'; readonly id: Id; readonly ticket: PageTicket};

interface Fetch {
  readonly request: Request;
  /** What the server said, once it has looked. The answer may take long after that. */
  answer: (() => void) | null;
}

/** A server that stores and broadcasts, a lossy wire, and one client's store and recovery: everything between them happens when a test says so. */
export class RecoveryWorld {
  readonly store = new ConversationStore(new MessageLog(), 1, 1, KEPT);
  readonly recovery: Recovery;
  readonly rows = new Map<number, Message>();
  readonly counts: boolean;
  revision = 0;
  up = false;
  wire: Message[] = [];
  /** What the recovery fetches, and the pages that somebody scrolls or jumps to. */
  fetches: Fetch[] = [];
  gapArmed = false;
  /** What the recovery was, one after the other. */
  states: RecoveryState[] = [];
  /** How often the recovery has said that a gap is closed. */
  recoveries = 0;
  retries: Run[] = [];
  /** Ids in the order in which they were added to the log by the wire: for the order of emission. */
  added: Id[] = [];
  /** Own messages that the server has not stored. */
  unsent: string[] = [];
  /** Own messages that the server has stored, and has not said so. */
  unanswered: Message[] = [];
  #forgotten = 0;
  #nextId = 0;
  #written = 0;

  constructor(counts: boolean) {
    this.counts = counts;
    this.recovery = new Recovery(this.store, {
      fetchMessages: (run, after) => this.#ask({kind: 'messages', run, after}),
      fetchChanges: (run, since) => this.#ask({kind: 'changes', run, since}),
      abort: () => this.#abort(),
      armGapTimer: () => (this.gapArmed = true),
      took: ({added}: Taken) => {
        this.added.push(...added.map(({id}) => id));
        this.#refresh();
      },
      stateChanged: (state) => this.states.push(state),
      recovered: () => (this.recoveries += 1),
    });
  }

  /** Stores a message, and broadcasts it to whoever is subscribed. */
  insert(content?: string): void {
    this.#insert(content === undefined ? {} : {content});
  }

  /** Writes a message, which brings the end back. */
  write(): void {
    this.#written += 1;
    const tempId = `t${this.#written}`;
    this.unsent.push(tempId);
    this.store.head.merge([unsent(tempId, {createdAt: new Date(this.#written)})]);
    this.store.showLatest();
  }

  /** The server stores what was written first. */
  post(): void {
    const tempId = this.unsent.shift();
    if (tempId !== undefined) this.unanswered.push(this.#insert({tempId, sender: {id: 1, name: 'Ali Karimov'}}));
  }

  /** The answer to sending comes. */
  confirm(): void {
    const message = this.unanswered.shift();
    if (!message) return;
    this.recovery.note(message);
    this.store.take([this.#onTheWire(message)]);
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

  /** Changes a message that is shown, or would be after the next page. */
  editNear(choice: number, deleted: boolean): void {
    const first = [...this.rows.keys()].indexOf(Number(this.store.log.oldest?.id));
    this.edit(Math.max(0, first + (choice % 12) - 4), deleted);
  }

  /** From now on the server cannot tell what changed before. */
  forget(): void {
    this.#forgotten = this.revision;
  }

  /** The server goes back to where it was after so many messages, none of which was changed, and counts on from there. */
  restore(count: number): void {
    for (const id of [...this.rows.keys()]) if (id > count) this.rows.delete(id);
    this.revision = this.#nextId = count;
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

  /** Somebody scrolls to an end of what is shown. */
  page(kind: 'older' | 'newer'): void {
    const {log, reachesStart, reachesEnd} = this.store;
    const border = kind === 'older' ? log.oldest : log.newest;
    if (!border || (kind === 'older' ? reachesStart : reachesEnd)) return;
    this.fetches.push({request: {kind, id: border.id, ticket: this.store.expect()}, answer: null});
  }

  /** Somebody jumps to a message that the server has. */
  jump(choice: number): void {
    const row = [...this.rows.values()][choice % Math.max(1, this.rows.size)];
    if (row) this.#jump(row.id);
  }

  /** What is far from a message that is shown is let go. */
  trim(choice: number): void {
    const {log} = this.store;
    const message = log.at(choice % Math.max(1, log.size));
    this.store.trim(LIMIT, message ? [message.id] : []);
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
    const {request} = this.fetches.splice(choice % Math.max(1, this.fetches.length), 1)[0] ?? {};
    if (!request) return;
    if ('run' in request) {
      this.recovery.failed(request.run);
      this.retries.push(request.run);
    } else this.#giveUp(request.ticket);
  }

  /** The server refuses what is asked for. */
  refuse(choice: number): void {
    const {request} = this.fetches.splice(choice % Math.max(1, this.fetches.length), 1)[0] ?? {};
    if (!request) return;
    if ('run' in request) this.recovery.gaveUp(request.run);
    else this.#giveUp(request.ticket);
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

  /** Lets everything come to rest, without a further fault. */
  settle(): void {
    this.recovery.load();
    this.linkUp();
    this.#rest();
  }

  /** Looks whether anything was missed, as the client does from time to time. */
  checkAgain(): void {
    this.recovery.check();
    this.#rest();
  }

  /** What the shown log holds, as far as the server's rows can be compared with it. */
  shown(): readonly [Id, string, boolean][] {
    return this.store.log.slice(0, this.store.log.size).map(({id, content, deletedAt}) => [id, content, deletedAt !== null]);
  }

  /**
   * What must be true at every moment: both ranges are in order, hold nothing twice, and have no hole below the cursor; nothing in them is
   * older than it. Only what is said to be stale need not be so.
   */
  checkRanges(): void {
    for (const log of [this.store.log, this.store.head]) {
      const messages = log.slice(0, log.size);
      const confirmed = messages.filter(isConfirmed).map(({id}) => Number(id));
      assert.deepEqual(
        confirmed,
        [...new Set(confirmed)].sort((a, b) => a - b),
        'in order, and each once',
      );
      assert.ok(
        messages.slice(confirmed.length).every((message) => !isConfirmed(message)),
        'what is not sent stands at the end',
      );
      if (!this.counts || (log !== this.store.head && this.store.isStale)) continue;
      const reachesStart = this.store.reachesStart && log === this.store.log;
      this.#checkFollows(
        log,
        reachesStart ? 0 : (confirmed[0] ?? Infinity),
        log === this.store.head ? Infinity : (confirmed.at(-1) ?? 0),
      );
    }
    assert.ok(!this.store.isStale || !this.store.reachesEnd, 'the head is never stale');
  }

  /** What must be true at rest: each range is a stretch of what the server has, and the head is the end of it, with nothing unsent lost. */
  checkEnd(): void {
    const {log, head, reachesStart, reachesEnd, isStale} = this.store;
    assert.equal(isStale, false);
    const rows = [...this.rows.values()].map(({id, content, deletedAt}) => [id, content, deletedAt !== null]);
    for (const range of [log, head]) {
      const held = range.slice(0, range.size).filter(isConfirmed);
      const found = held.map(({id, content, deletedAt}) => [id, content, deletedAt !== null]);
      const from =
        range === log && reachesStart
          ? 0
          : Math.max(
              0,
              rows.findIndex(([id]) => id === held[0]?.id),
            );
      const to = range === head ? rows.length : from + found.length;
      const expected = rows.slice(from, to);
      if (this.counts) assert.deepEqual(found, expected);
      else
        assert.deepEqual(
          found.map(([id]) => id),
          expected.map(([id]) => id),
        );
    }
    assert.deepEqual(
      head
        .slice(0, head.size)
        .filter((message) => !isConfirmed(message))
        .map(({id}) => id),
      this.unsent,
    );
    assert.equal(reachesEnd, log === head);
  }

  #checkFollows(log: MessageLog, from: number, to: number): void {
    const cursor = this.recovery.cursor ?? 0;
    for (const [id, {revision}] of this.rows) {
      if (id < from || id > to || revision === null || revision > cursor) continue;
      assert.equal(log.get(id)?.revision, revision, `${id} is as the server has told`);
    }
  }

  #rest(): void {
    for (let turn = 0; turn < 5_000; turn += 1) {
      if (this.unanswered.length > 0) this.confirm();
      else if (this.wire.length > 0) this.deliver(0, false);
      else if (this.fetches.length > 0) this.answer(0);
      else if (this.retries.length > 0) this.retry();
      else if (this.gapArmed) this.gap();
      else return;
    }
    throw new Error('never comes to rest');
  }

  /** As the client does: what was not told of some changes is fetched again, around what somebody looks at. */
  #refresh(): void {
    const {log, isStale} = this.store;
    const message = log.at(log.size >> 1);
    const isAsked = this.fetches.some(({request}) => request.kind === 'around');
    if (isStale && message && !isAsked) this.#jump(message.id);
  }

  #jump(id: Id): void {
    this.fetches.push({request: {kind: 'around', id, ticket: this.store.expect()}, answer: null});
  }

  #ask(request: Request): void {
    this.#abort();
    this.fetches.push({request, answer: null});
  }

  #abort(): void {
    this.fetches = this.fetches.filter(({request}) => !('run' in request));
    this.retries = [];
  }

  #insert(change: Parameters<typeof stored>[1]): Message {
    this.#nextId += 1;
    this.revision += 1;
    const message = stored(this.#nextId, {position: this.revision, revision: this.revision, ...change});
    this.#commit(message);
    return message;
  }

  #commit(message: Message): void {
    this.rows.set(Number(message.id), message);
    if (this.up) this.wire.push(message);
  }

  #onTheWire(message: Message): Message {
    return this.counts ? message : {...message, revision: null, position: null};
  }

  #answer(request: Request): () => void {
    if (request.kind === 'changes') return this.#changes(request);
    if (request.kind === 'messages') {
      const page = request.after === undefined ? this.#slice(-LATEST) : this.#sliceAfter(request.after, CHANGES);
      return () => this.recovery.tookMessages(request.run, page);
    }
    const {kind, id, ticket} = request;
    const index = this.#rowsInOrder().findIndex((row) => row.id === id);
    if (kind === 'older') {
      const page = this.#slice(Math.max(0, index - PAGE), index);
      return () => this.#tookPage(request, this.store.takeOlder(ticket, page));
    }
    if (kind === 'newer') {
      const page = this.#sliceAfter(id, PAGE);
      return () => this.#tookPage(request, this.store.takeNewer(ticket, page));
    }
    const from = Math.max(0, index - AROUND / 2);
    const page = this.#slice(from, from + AROUND);
    return () => this.#tookPage(request, this.store.takeAround(ticket, page, id));
  }

  /** A page does not come. What has missed changes cannot be shown without it. */
  #giveUp(ticket: PageTicket): void {
    this.store.forget(ticket);
    if (this.store.isStale) this.store.showLatest();
  }

  /** A jump that does not fit any more is asked for again; a page at an end that is none any more is not. */
  #tookPage({kind, id}: {readonly kind: 'older' | 'newer' | 'around'; readonly id: Id}, fits: boolean): void {
    if (!fits && kind === 'around') this.#jump(id);
  }

  #rowsInOrder(): Message[] {
    return [...this.rows.values()].sort((a, b) => Number(a.id) - Number(b.id));
  }

  #sliceAfter(id: Id, limit: number): MessagesPage {
    const from = this.#rowsInOrder().findIndex((row) => Number(row.id) > Number(id));
    return from < 0 ? this.#slice(this.rows.size) : this.#slice(from, from + limit);
  }

  #slice(from: number, to = this.rows.size): MessagesPage {
    const rows = this.#rowsInOrder();
    const first = from < 0 ? Math.max(0, rows.length + from) : from;
    return {
      messages: rows.slice(first, to).map((message) => this.#onTheWire(message)),
      hasMoreBefore: first > 0,
      hasMoreAfter: to < rows.length,
      revision: this.counts ? this.revision : null,
    };
  }

  #changes({run, since}: {readonly run: Run; readonly since: number}): () => void {
    if (since < this.#forgotten || since > this.revision) {
      const page = {messages: [], revision: this.revision, hasMore: false, reset: true};
      return () => this.recovery.tookChanges(run, page);
    }
    const changed = this.#rowsInOrder()
      .filter(({revision}) => (revision ?? 0) > since)
      .sort((a, b) => (a.revision ?? 0) - (b.revision ?? 0));
    const messages = changed.slice(0, CHANGES);
    const hasMore = changed.length > CHANGES;
    const revision = hasMore ? (messages.at(-1)?.revision ?? this.revision) : this.revision;
    const page: ChangesPage = {messages, revision, hasMore, reset: false};
    return () => this.recovery.tookChanges(run, page);
  }
}
