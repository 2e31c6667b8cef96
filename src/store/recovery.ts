import {idKey, type Id, type IdKey, type Message} from '../model/index.js';
import {Prefix} from './prefix.js';
import type {ChangesPage, LatestPage, RecoveryPorts, RecoveryState, Run, Step} from './recovery-types.js';

/** After this many pages of changes the newest page is loaded afresh: nobody scrolls through a gap of 10,000. */
const MAX_PAGES = 50;

/** After this many failures in a row what is held is shown, with the gap before it still open. */
const FAILURES_UNTIL_DEGRADED = 2;

/**
 * Keeps a log equal to the server's, through any loss, doubling and shuffling of events: it connects what the wire says
 * with what can be fetched.
 *
 * `cursor` is the highest revision up to which every change is in the log (the prefix). A change that follows it is taken and moves it;
 * one that leaves a hole is held until the hole is closed, by its own late arrival or by fetching. Because revisions are given in commit
 * order without holes, and the first fetch is asked for after the channels are up, nothing can fall between.
 * Where a backend does not count, changes are taken as they come, and after a gap the newest page and all behind the last known message are fetched.
 *
 * It has no clock and does no input or output: the ports do. So every order of events can be tried in a test.
 */
export class Recovery {
  readonly #ports: RecoveryPorts;
  readonly #prefix = new Prefix();
  /** What came in while the fetch under way was under way: its answer may be older than these. */
  readonly #fresh = new Set<IdKey>();
  /** What came in before the first page, without a revision. */
  readonly #early: Message[] = [];
  /** Whether the backend counts revisions, and knows what changed since one. Unknown before the first page. */
  #counts: boolean | null = null;
  /** From where to fetch after the gap, for backends that do not count. */
  #anchor: Id | null = null;
  #loaded = false;
  #up = false;
  #run: Run | null = null;
  #runs = 0;
  #again = false;
  #state: RecoveryState = 'off';

  constructor(ports: RecoveryPorts) {
    this.#ports = ports;
  }

  get state(): RecoveryState {
    return this.#state;
  }
  /** Every change up to this revision is in the log; `null` before the first page, and where the backend does not count. */
  get cursor(): number | null {
    return this.#prefix.cursor;
  }

  /** Whether a first page is in the log. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** Loads the first page, if there is none and none is on its way. */
  load(): void {
    if (!this.#loaded && !this.#run) this.#begin('latest', this.#up);
  }

  /** The channels are up: the server has confirmed them, so that from now on every change comes over the wire. */
  linkUp(): void {
    if (this.#up) return;
    this.#up = true;
    if (!this.#loaded && this.#run?.step === 'latest') this.#run = {...this.#run, safe: false};
    else this.#beginGap();
    this.#settle();
  }

  /** The channels are down: what happens now is missed. */
  linkDown(): void {
    if (!this.#up) return;
    this.#up = false;
    this.#anchor ??= this.#ports.anchor();
    if (this.#loaded) this.#end();
    this.#ports.disarmGapTimer();
    this.#settle();
  }

  /** Looks whether anything was missed. Costs one call, and does nothing while one is under way or nothing is loaded. */
  check(): void {
    if (this.#run) this.#again = true;
    else if (this.#loaded) this.#begin(this.#counts ? 'changes' : 'reload', this.#up);
  }

  /** The page has come back to life: as `check`, and a fetch that waits to be tried again is tried at once. */
  wake(): void {
    const run = this.#run;
    if (!run || run.failures === 0) return this.check();
    this.#ports.abort(run.id);
    this.retry(run.id);
  }

  /** A change came over the wire. */
  take(message: Message): void {
    const {revision} = message;
    this.note(message);
    if (!this.#loaded && revision === null) return void this.#early.push(message);
    if (this.#counts === false || revision === null) return this.#ports.apply([message], true);
    if (this.#prefix.covers(revision)) return this.#ports.apply([message], true);
    if (!this.#prefix.hold(revision, message)) return this.check();
    if (this.#showsHeld) this.#ports.apply([message], true);
    this.#drain(true);
  }

  /** Something changed, and the wire did not say what. `revision` is the one it was given, if that is known. */
  hint(revision: number | null): void {
    if (revision !== null && this.#prefix.covers(revision)) return;
    this.check();
  }

  /** A message got into the log by another way than this, as by the answer to sending it. */
  note(message: Message): void {
    if (this.#run) this.#fresh.add(idKey(message.id));
  }

  gapDue(): void {
    if (this.#prefix.hasHole) this.check();
  }

  retry(run: number): void {
    if (this.#run?.id !== run) return;
    this.#run.safe = this.#up;
    this.#fetch();
  }

  /** The answer to `fetchLatest`. */
  tookLatest(id: number, page: LatestPage): void {
    const run = this.#current(id);
    if (!run) return;
    this.#counts = page.revision !== null;
    if (run.step === 'reload') return this.#tookReload(run, page);
    if (this.#loaded) this.#ports.replace(page);
    else this.#ports.reload(page, this.#fresh);
    this.#loaded = true;
    this.#ports.apply(this.#early.splice(0), true);
    if (page.revision !== null) this.#moveCursor(page.revision);
    // A first page that was asked for before the channels were up may lack what was stored before they were.
    if (this.#up && !run.safe) return this.#goOn(run, this.#counts ? 'changes' : 'reload');
    this.#finish(run);
  }

  /** The answer to `fetchChanges`. */
  tookChanges(id: number, page: ChangesPage): void {
    const run = this.#current(id);
    if (!run) return;
    run.pages += 1;
    if (page.reset || run.pages > MAX_PAGES) return this.#goOn(run, 'latest');
    this.#ports.apply(page.messages, false);
    this.#moveCursor(page.revision);
    // A page that says there is more but brings nothing would be asked for for ever.
    if (page.hasMore && page.messages.length > 0) return this.#goOn(run, 'changes');
    this.#finish(run);
  }

  /** The answer to `fetchAfter`: messages behind the anchor, oldest first. */
  tookAfter(id: number, page: {readonly messages: readonly Message[]; readonly hasMore: boolean}): void {
    const run = this.#current(id);
    if (!run) return;
    run.pages += 1;
    this.#ports.apply(page.messages, false);
    const last = page.messages.at(-1);
    if (page.hasMore && last && run.pages <= MAX_PAGES) {
      this.#anchor = last.id;
      return this.#goOn(run, 'after');
    }
    this.#finish(run);
  }

  /** The backend has no route for changes: from now on it counts as one that does not count. */
  changesUnsupported(id: number): void {
    const run = this.#current(id);
    if (!run) return;
    this.#counts = false;
    this.#anchor ??= this.#ports.anchor();
    this.#ports.apply(this.#prefix.held, true);
    this.#prefix.clear();
    this.#goOn(run, 'reload');
  }

  /** A fetch failed for a reason that may pass. */
  failed(id: number): void {
    const run = this.#current(id);
    if (!run) return;
    run.failures += 1;
    this.#settle();
    if (this.#showsHeld) this.#ports.apply(this.#prefix.held, true);
    this.#ports.retryLater(id, run.failures);
  }

  /** A fetch failed for good. Nothing more is tried until `load`, `linkUp` or `check`. */
  gaveUp(id: number): void {
    if (!this.#current(id)) return;
    this.#run = null;
    this.#settle();
  }

  /** Forgets everything, as for another person. */
  reset(): void {
    this.#end();
    this.#prefix.reset();
    this.#early.length = 0;
    this.#counts = null;
    this.#anchor = null;
    this.#loaded = false;
    this.#ports.disarmGapTimer();
    this.#settle();
  }

  #beginGap(): void {
    this.#end();
    if (!this.#loaded) this.#begin('latest', true, true);
    else this.#begin(this.#counts ? 'changes' : 'reload', true, true);
  }

  #begin(step: Step, safe: boolean, closesGap = false): void {
    this.#runs += 1;
    this.#run = {id: this.#runs, step, safe, closesGap, pages: 0, failures: 0};
    this.#settle();
    this.#fetch();
  }

  #goOn(run: Run, step: Step): void {
    run.step = step;
    run.safe = this.#up;
    run.failures = 0;
    this.#fetch();
  }

  #fetch(): void {
    const run = this.#run;
    if (!run) return;
    this.#fresh.clear();
    if (run.step === 'reload') this.#anchor ??= this.#ports.anchor();
    if (run.step === 'changes') this.#ports.fetchChanges(run.id, this.#prefix.cursor ?? 0);
    else if (run.step === 'after' && this.#anchor !== null) this.#ports.fetchAfter(run.id, this.#anchor);
    else this.#ports.fetchLatest(run.id);
  }

  #tookReload(run: Run, page: LatestPage): void {
    if (page.hasMoreBefore && this.#anchor === null) {
      this.#ports.rebase(page);
      return this.#finish(run);
    }
    const joined = this.#anchor === null || this.#ports.reaches(page, this.#anchor);
    this.#ports.reload(page, this.#fresh);
    if (!joined) return this.#goOn(run, 'after');
    this.#finish(run);
  }

  #finish(run: Run): void {
    this.#run = null;
    this.#anchor = this.#up ? null : this.#anchor;
    this.#settle();
    if (run.closesGap && this.#up) this.#ports.recovered();
    if (this.#prefix.hasHole) this.#ports.armGapTimer();
    if (!this.#again) return;
    this.#again = false;
    this.check();
  }

  #end(): void {
    if (this.#run) this.#ports.abort(this.#run.id);
    this.#run = null;
    this.#again = false;
  }

  #current(id: number): Run | null {
    return this.#run?.id === id ? this.#run : null;
  }

  #moveCursor(revision: number): void {
    this.#prefix.moveTo(revision);
    this.#drain(false);
  }

  /** Takes what follows the cursor without a hole. */
  #drain(arm: boolean): void {
    const ready = this.#prefix.drain();
    if (ready.length > 0) this.#ports.apply(ready, true);
    if (!this.#prefix.hasHole) this.#ports.disarmGapTimer();
    else if (arm && !this.#run) this.#ports.armGapTimer();
  }

  #settle(): void {
    const state = this.#nextState();
    if (state === this.#state) return;
    this.#state = state;
    this.#ports.stateChanged(state);
  }

  /** Better a gap that is said than silence, but not above the first page: nothing could ever close that one. */
  get #showsHeld(): boolean {
    return this.#state === 'degraded' && this.#loaded;
  }

  #nextState(): RecoveryState {
    if (!this.#up) return 'off';
    if (this.#run && this.#run.failures >= FAILURES_UNTIL_DEGRADED) return 'degraded';
    return !this.#loaded || this.#run?.closesGap ? 'catching-up' : 'live';
  }
}
