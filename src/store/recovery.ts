import {idKey, type IdKey, type Message} from '../model/index.js';
import type {ConversationStore} from './conversation-store.js';
import {compareMessages} from './order.js';
import type {ChangesPage, MessagesPage, RecoveryPorts, RecoveryState, Run} from './recovery-types.js';

/** After this many pages of changes the newest page is loaded afresh: nobody scrolls through a gap of 10,000. */
const MAX_PAGES = 50;

/** How many changes may wait for the one before them; with more, all are dropped and must be fetched. */
const MAX_HELD = 1_000;

/** After this many failures in a row, or runs that left the gap open, the held messages are shown although the gap is still there. */
const FAILURES_UNTIL_DEGRADED = 2;

/**
 * Keeps a store equal to the server, even if events are lost, doubled or out of order, by combining the events with what can be fetched.
 *
 * `cursor` is the highest revision up to which every change is in the log. A change with the next revision is applied and moves the cursor.
 * One that leaves a gap is held until the gap is closed, by the missing event arriving late or by fetching. Because revisions are given in
 * commit order without gaps, and the first fetch is made after the channels are up, no change can be missed.
 * Without revisions, changes are applied as they come, and after a gap the newest page and everything after the last known message are
 * fetched.
 *
 * It has no clock and does no input or output: the ports do. So a test can try every order of events.
 */
export class Recovery {
  readonly #store: ConversationStore;
  readonly #ports: RecoveryPorts;
  /** Changes that wait for an earlier one, or for the first page. */
  readonly #held: Message[] = [];
  /** The messages that came in during the current fetch. Its answer may be older than these. */
  readonly #fresh = new Set<IdKey>();
  #cursor: number | null = null;
  /** What the cursor was before the route for changes was missing. It may be back if the newest page is refused, too. */
  #former: number | null = null;
  /**
   * The message to fetch after, once a gap is over, from backends without revisions. It may have been dropped from the log by then. `null`
   * if there were too few messages for one, so that the newest page is the new beginning; `undefined` before a gap.
   */
  #anchor: Message | null | undefined;
  #loaded = false;
  #up = false;
  #run: Run | null = null;
  /** Whether there is a gap that the server has refused to close. */
  #refused = false;
  /** Whether the last newest page was older than the log. */
  #isBehind = false;
  /** How many runs in a row have left the gap before the held messages open. */
  #vain = 0;
  /** Whether `check` was called during the run, so that another one follows. */
  #again = false;
  #state: RecoveryState = 'off';

  constructor(store: ConversationStore, ports: RecoveryPorts) {
    this.#store = store;
    this.#ports = ports;
  }

  get state(): RecoveryState {
    return this.#state;
  }

  /** Every change up to this revision is in the log; `null` before the first page, and where the backend does not count. */
  get cursor(): number | null {
    return this.#cursor;
  }

  /** Whether a first page is in the log. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** Loads the first page, tries again what the server refused, or checks for news while no channel is up. Does nothing during a run. */
  load(): void {
    if ((!this.#loaded || !this.#up || this.#refused) && !this.#run) this.#begin(this.#up);
  }

  /** The channels are up: the server has confirmed them, so that from now on every change comes over the wire. */
  linkUp(): void {
    if (this.#up) return;
    this.#up = true;
    if (!this.#loaded && this.#run) this.#run.safe = false;
    else this.#begin(true);
    this.#settle();
  }

  /** The channels are down: what happens now is missed. */
  linkDown(): void {
    if (!this.#up) return;
    this.#up = false;
    if (this.#loaded) {
      this.#takeAnchor();
      this.#end();
    }
    this.#settle();
  }

  /** Nobody needs it any more: as `linkDown`, and the run is ended, even that of the first page. */
  stop(): void {
    this.linkDown();
    this.#end();
    // What happens until the next start is missed, so these may be out of date by then.
    this.#held.length = 0;
  }

  /** Looks whether anything was missed. Costs one call, and does nothing while one is under way or nothing is loaded. */
  check(): void {
    if (this.#run) this.#again = true;
    else if (this.#loaded) this.#begin(false);
  }

  /** The page is back: as `check`; a fetch that has failed and waits for its next try is tried at once. */
  wake(): void {
    if (this.#run?.failures) this.#fetch(this.#run);
    else this.check();
  }

  /** A change came over the wire. */
  take(message: Message): void {
    this.note(message);
    this.#held.push(message);
    if (this.#held.length > MAX_HELD) {
      this.#held.length = 0;
      // The first page may be older than these, so it is asked for anew; what follows a page is, once it is there. Were that asked for
      // anew each time, a flood would let no answer come.
      return this.#run && !this.#loaded ? this.#fetch(this.#run) : this.check();
    }
    if (!this.#loaded) return;
    if (this.#showsHeld) this.#apply([message], true);
    // Not while the newest page is fetched: the change may be to a message that comes with that page.
    if (this.#run?.step !== 'latest') this.#drain();
    if (!this.#run) this.#watchHole();
  }

  /** Something changed, and the wire did not say what. `revision` is the one it was given, if that is known. */
  hint(revision: number | null): void {
    if ((revision ?? Infinity) > (this.#cursor ?? 0)) this.check();
  }

  /** A message got into the log by another way, such as the answer to sending it. */
  note(message: Message): void {
    if (this.#run) this.#fresh.add(idKey(message.id));
  }

  gapDue(): void {
    if (this.#up && (this.#isBehind || this.#held.length > 0)) this.check();
  }

  retry(run: Run): void {
    this.#fetch(run);
  }

  /** The answer to `fetchMessages`. */
  tookMessages(run: Run, page: MessagesPage): void {
    if (run.step === 'after') this.#takeAfter(run, page);
    else if (run.step === 'reload') this.#takeReload(run, page);
    else this.#takeLatest(run, page);
  }

  /** The answer to `fetchChanges`. */
  tookChanges(run: Run, page: ChangesPage): void {
    run.pages += 1;
    if (page.reset || run.pages > MAX_PAGES) return this.#goOn(run, 'latest');
    this.#isBehind = false;
    this.#apply(page.messages, false);
    this.#moveCursor(Math.max(this.#cursor ?? 0, page.revision));
    // An empty page that claims that there is more would be asked for for ever.
    if (page.hasMore && page.messages.length > 0) this.#goOn(run, 'changes');
    else this.#finish(run);
  }

  /** The backend has no route for changes. From now on it is treated as one without revisions. */
  changesUnsupported(run: Run): void {
    this.#takeAnchor();
    this.#former = this.#cursor;
    this.#cursor = null;
    this.#drain();
    this.#goOn(run, 'reload');
  }

  /** The message to fetch after is gone: a backend without revisions need not leave tombstones. The newest page is the new beginning. */
  anchorGone(run: Run): void {
    this.#anchor = null;
    this.#goOn(run, 'reload');
  }

  /** A fetch failed for a reason that may pass. `retry` is to be called after a pause that grows with `run.failures`. */
  failed(run: Run): void {
    run.failures += 1;
    this.#settle();
  }

  /** A fetch failed for good. Nothing more is tried until `load`, `linkUp` or `check`. */
  gaveUp(run: Run): void {
    this.#run = null;
    this.#cursor ??= this.#former;
    this.#refused = this.#loaded && (run.leavesGap || this.#held.length > 0);
    this.#settle();
  }

  #begin(closesGap: boolean): void {
    this.#end();
    closesGap ||= this.#refused;
    const run: Run = {step: this.#firstStep, closesGap, leavesGap: closesGap, pages: 0, failures: 0};
    this.#run = run;
    this.#settle();
    this.#fetch(run);
  }

  /** The step that a run begins with. */
  get #firstStep(): Run['step'] {
    if (!this.#loaded) return 'latest';
    return this.#cursor === null ? 'reload' : 'changes';
  }

  #goOn(run: Run, step: Run['step']): void {
    run.step = step;
    run.failures = 0;
    this.#fetch(run);
  }

  #fetch(run: Run): void {
    // A listener of what has come so far may have ended it.
    if (run !== this.#run) return;
    run.safe = this.#up;
    this.#fresh.clear();
    if (run.step === 'changes') return this.#ports.fetchChanges(run, this.#cursor ?? 0);
    if (run.step === 'reload') this.#takeAnchor();
    this.#ports.fetchMessages(run, run.step === 'after' ? this.#anchor?.id : undefined);
  }

  #takeLatest(run: Run, page: MessagesPage): void {
    // A page that is older than the log may come from a replica that lags behind. If the next one is, too, the server has really gone back.
    this.#isBehind = !this.#isBehind && (page.revision ?? Infinity) < (this.#cursor ?? 0);
    if (this.#isBehind) return this.#finish(run);
    this.#ports.took(this.#loaded ? this.#store.replace(page, this.#fresh) : this.#store.rebase(page), false);
    this.#loaded = true;
    // This may move the cursor back: a server that was restored from a backup gives the same revisions again.
    this.#moveCursor(page.revision);
    // A first page that was asked for before the channels were up may lack what was stored before they were.
    if (!this.#up || run.safe) return this.#finish(run);
    run.leavesGap = true;
    this.#goOn(run, this.#firstStep);
  }

  #takeReload(run: Run, page: MessagesPage): void {
    this.#former = null;
    const anchor = this.#anchor;
    const [oldest] = page.messages;
    const joined = !anchor || !oldest || compareMessages(oldest, anchor) <= 0;
    const startsAnew = anchor === null && page.hasMoreBefore;
    this.#ports.took(startsAnew ? this.#store.rebase(page) : this.#store.reload(page, this.#fresh), false);
    if (joined) this.#finish(run);
    else this.#goOn(run, 'after');
  }

  #takeAfter(run: Run, {messages, hasMoreAfter}: MessagesPage): void {
    run.pages += 1;
    this.#apply(messages, false);
    const last = messages.at(-1);
    if (!hasMoreAfter || !last) return this.#finish(run);
    // What is still missing must not look like nothing between these and the newest page.
    if (run.pages > MAX_PAGES) return this.anchorGone(run);
    this.#anchor = last;
    this.#goOn(run, 'after');
  }

  #finish(run: Run): void {
    // As in `#fetch`.
    if (run !== this.#run) return;
    this.#run = null;
    this.#refused = false;
    if (this.#held.length > 0) this.#vain += 1;
    if (this.#up) this.#anchor = undefined;
    this.#settle();
    if (run.closesGap && this.#up) this.#ports.recovered();
    this.#watchHole();
    // `check` resets the flag.
    if (this.#again) this.check();
  }

  /** A gap begins, unless one is open. What comes in from now on may lie behind it. */
  #takeAnchor(): void {
    if (this.#anchor === undefined) this.#anchor = this.#store.anchor();
  }

  #end(): void {
    if (this.#run) this.#ports.abort();
    this.#run = null;
    this.#again = false;
  }

  #apply(messages: readonly Message[], live: boolean): void {
    this.#ports.took(this.#store.take(messages), live);
  }

  /** Everything up to this revision is in the log. */
  #moveCursor(revision: number | null): void {
    // An API of the page may leave it out.
    this.#cursor = revision ?? null;
    this.#drain();
  }

  /** Applies the held changes that follow the cursor without a gap; without revisions, all of them. */
  #drain(): void {
    const held = this.#held.sort((a, b) => (a.revision ?? 0) - (b.revision ?? 0));
    let count = 0;
    for (const {revision} of held) {
      if (this.#cursor !== null && revision !== null) {
        if (revision > this.#cursor + 1) break;
        this.#cursor = Math.max(this.#cursor, revision);
      }
      count += 1;
    }
    if (count > 0) this.#apply(held.splice(0, count), true);
    if (held.length === 0) this.#vain = 0;
    this.#settle();
  }

  #watchHole(): void {
    if ((this.#isBehind || this.#held.length > 0) && !this.#refused) this.#ports.armGapTimer();
  }

  #settle(): void {
    const state = this.#nextState();
    if (state === this.#state) return;
    this.#state = state;
    this.#ports.stateChanged(state);
    if (this.#showsHeld) this.#apply(this.#held, true);
  }

  /** Whether held messages are shown in spite of the gap before them. Not before the first page: that gap could never be closed. */
  get #showsHeld(): boolean {
    return this.#state === 'degraded' && this.#loaded;
  }

  #nextState(): RecoveryState {
    if (!this.#up) return 'off';
    const failures = Math.max(this.#vain, this.#run?.failures ?? 0);
    if (failures >= FAILURES_UNTIL_DEGRADED || (this.#refused && !this.#run)) return 'degraded';
    return !this.#loaded || this.#run?.closesGap ? 'catching-up' : 'live';
  }
}
