import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {Announcer} from '../behaviors/announcer.js';
import {DayWatch} from '../behaviors/day-watch.js';
import {KeyedRows} from '../behaviors/keyed-rows.js';
import {LateRovingFocus} from '../behaviors/late-roving-focus.js';
import {Printing} from '../behaviors/printing.js';
import {VisibleIds} from '../behaviors/visible-ids.js';
import {WindowedList} from '../behaviors/windowed-list.js';
import {partsIn} from '../behaviors/windowed-parts.js';
import {LocaleController} from '../i18n/index.js';
import {
  isConfirmed,
  messageKey,
  systemClock,
  type Clock,
  type Id,
  type IdKey,
  type LogChange,
  type Message,
  type MessageLogView,
  type Unsubscribe,
} from '../model/index.js';
import {buttonStyles, hostStyles, scrollbarStyles} from '../styles/index.js';
import type {ChatMessageElement} from './chat-message.js';
import styles from './chat-message-list.styles.js';
import {property, state} from './decorators.js';
import {emit, type ChatMessageActionEvent} from './dom-events.js';
import {keepFocus} from './keep-focus.js';
import {announce, announceFailures, arrivalsOf, failuresOf} from './list-arrivals.js';
import {Entrance} from './list-entrance.js';
import {renderEmpty, renderHints, renderJump, renderLog} from './list-hints.js';
import {LoadMore} from './list-load-more.js';
import {renderList, rowKeysOf, rowsOf, type RowContext} from './list-rows.js';
import {isOwn, type RenderMessage} from './message-groups.js';
import {MessageListData} from './message-list-data.js';

/** From which distance to the end the jump button shows, in CSS pixels. */
const FAR = 300;

/**
 * A list of messages, the newest at the end. While it is scrolled to the end it stays there when messages come in; otherwise it never moves
 * what somebody is reading. Only the rows in view, and some around them, are in the page, however many messages there are.
 *
 * A page may use it alone: set `messages`, or call `append()` and `prepend()`. It fills the height that it is given.
 *
 * @customElement chat-message-list
 *
 * @slot top - Shown over the messages, at the top, e.g. what is wrong with the connection.
 * @slot empty - Shown while there are no messages.
 * @slot end - Shown after the last message, e.g. who is writing.
 *
 * @csspart scroller - The box that scrolls.
 * @csspart row - Each message with the dividers above it.
 * @csspart date-divider - The day, above its first message.
 * @csspart unread-divider - Above the first message that was not read.
 * @csspart jump-button - The button that scrolls to the end, with the number of new messages there.
 * @csspart hint - A line at the top: that messages are loading or could not be loaded, or how many are new.
 *
 * @cssprop [--chat-message-list-block-size=100%] - The height of the list.
 * @cssprop [--chat-message-list-placeholder-color] - The bubbles of others that are painted while the list scrolls faster than rows can be rendered.
 * @cssprop [--chat-message-list-own-placeholder-color] - The own bubbles among those.
 *
 * @fires {ChatLoadOlderEvent} chat-load-older - The list was scrolled near its beginning. Once for each first message.
 * @fires {ChatLoadNewerEvent} chat-load-newer - The list was scrolled near its end while `hasNewer`. Once for each last message.
 * @fires {ChatLoadLatestEvent} chat-load-latest - The newest messages are needed in place of these: somebody wants to go to the end while `hasNewer`.
 * @fires {ChatLoadUnreadEvent} chat-load-unread - Somebody wants to go to the first unread message, which is not in the list. Cancel it to load that message and scroll there; by default the list goes to its end.
 * @fires {ChatMessagesVisibleEvent} chat-messages-visible - These messages were seen. Each id once, as long as it is among the last 10,000; never one that is not sent yet.
 */
export class ChatMessageListElement extends MessageListData {
  static override styles = [hostStyles, buttonStyles, scrollbarStyles, styles];

  /** The clock for announcements and for the change of day. For tests. */
  static clock: Clock = systemClock;

  /** The id of the person who uses the page, whose messages are shown on the other side. */
  @property({attribute: 'current-user-id'}) currentUserId: Id | null = null;

  /**
   * Renders a message instead of `<chat-message>`. If it throws, the message is shown as usual. It is called again for a message when the
   * message, its place among the others, or this function has changed.
   */
  @property({attribute: false}) renderMessage: RenderMessage | undefined;

  /**
   * Whether all messages are in the page rather than only those in view, so that the browser's search and "select all" find each of them.
   * The cost of a message then grows with their number. For printing, all of them are rendered anyway.
   */
  @property({type: Boolean, attribute: 'render-all'}) renderAll = false;

  /** The message above which the divider for unread ones is shown; `null` for none. */
  @property({attribute: false}) firstUnreadId: Id | null = null;

  @state() private newBelow = 0;
  @state() private isFar = false;
  @state() private highlighted: IdKey | undefined;

  readonly #locale = new LocaleController(this);
  #log: MessageLogView | undefined;
  #unsubscribe: Unsubscribe | undefined;
  readonly #failed = new Set<IdKey>();
  readonly #more = new LoadMore();

  readonly #window = new WindowedList(this, {
    rows: () => rowKeysOf(this.view),
    parts: () => partsIn(this.shadowRoot),
    isHeld: () => this.hasNewer || this.#roving.isReading,
    isWhole: () => this.renderAll || this.#printing.isOn,
    onSettled: () => this.#look(),
    onLeft: () => this.#entrance.stop(),
    onFollowed: (way) => this.#pushUp(way),
  });
  readonly #roving: LateRovingFocus = new LateRovingFocus(this, {
    rows: () => rowKeysOf(this.view),
    shown: () => this.#window.shown,
    scroller: () => this.#part('.scroller'),
    reveal: (key) => this.#window.scrollToKey(key),
    toEnd: () => this.scrollToLatest(),
  });
  readonly #visible = new VisibleIds(this, {
    scroller: () => this.#part('.scroller'),
    rows: () => this.#window.shown,
    onSeen: (keys) => this.#tellSeen(keys),
  });
  readonly #rows = new KeyedRows();
  readonly #entrance = new Entrance(() => this.#visible.check());
  readonly #printing = new Printing(this, () => this.#renderNow());
  readonly #announcer = new Announcer(
    this,
    () => this.#part('[role=log]'),
    (count) => this.#locale.strings.newBelow(count),
    ChatMessageListElement.clock,
  );

  constructor() {
    super();
    new DayWatch(this, ChatMessageListElement.clock, () => {
      for (const row of this.#messages) row.requestUpdate();
    });
  }

  /** The id of a message on the screen or near it; undefined while the list is at its end. */
  get shownId(): Id | undefined {
    const {shown} = this.#window;
    const row = this.#window.isAtEnd ? undefined : shown[shown.length >> 1];
    return row && this.view.get(row.key)?.id;
  }

  /** Scrolls to the end, and stays there when messages come in. */
  scrollToLatest(): void {
    if (this.hasNewer) emit(this, 'chat-load-latest');
    this.newBelow = 0;
    this.#window.scrollToEnd();
  }

  /**
   * Scrolls a message to the middle and highlights it for a moment. The focus goes along if it is in the list. Returns whether it is in the
   * list; if not, it must be loaded first.
   */
  scrollToMessage(id: Id): boolean {
    const message = this.view.get(id);
    if (message) this.#show(message, this.#part('.scroller:focus-within'));
    return !!message;
  }

  /** Moves the focus to a message: the one that had it last, or the newest one in view. */
  override focus(options?: FocusOptions): void {
    // The scroller comes with the first rendering.
    if (this.isConnected && !this.hasUpdated) this.performUpdate();
    // WebKit scrolls to the focused element a moment later. By then that is a row, and the list would leave its end.
    this.#part('.scroller')?.focus({...options, preventScroll: true});
    if (!options?.preventScroll) this.scrollIntoView({block: 'nearest'});
    this.#roving.use((roving) => roving.enter());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    let isDone: boolean;
    let settled: Promise<void>;
    // Measuring rows may lead to further updates, which are waited for, too.
    do {
      isDone = await super.getUpdateComplete();
      await this.#roving.loaded;
      settled = this.#window.settled;
      await settled;
    } while (this.isUpdatePending || settled !== this.#window.settled);
    return isDone;
  }

  protected override async scheduleUpdate(): Promise<void> {
    await this.#window.frames.turn();
    await super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const {strings} = this.#locale;
    // NaN, which is above nothing, if `newAfter` has not changed, or is undefined because a framework has removed it.
    const sum = this.newBelow + this.newAfter - (changed.get('newAfter') as number);
    if (changed.has('source')) this.#follow();
    // What they say is not known here, so their number is announced.
    else if (sum > this.newBelow) this.#announcer.notify(strings.newBelow((this.newBelow = sum)), () => this.newBelow === sum);
    if (changed.has('hasNewer')) this.#more.reset();
    // A framework sets a property to undefined when it is no longer given.
    if ((this.hasOlder as unknown) === undefined) this.hasOlder = true;
    if (changed.has('olderError') && this.olderError) this.#announcer.notify(strings.olderFailed);
    if (changed.has('newerError') && this.newerError) this.#announcer.notify(strings.loadFailed);
  }

  protected override update(changed: PropertyValues<this>): void {
    const heirs = () => [this.#part('.scroller')];
    keepFocus(this, () => super.update(changed), heirs);
    const rows = this.#part('.rows');
    if (!rows) return;
    const render = () => this.#rows.render(rows, rowsOf(this.view, this.#window.from, this.#window.to, this.#rowContext()));
    // The neighbour of a row that goes is known to the roving focus, once that is loaded.
    if (this.#roving.isLoaded) render();
    else keepFocus(this, render, heirs);
  }

  protected override render(): TemplateResult {
    const {strings} = this.#locale;
    const hasRows = this.#window.to > this.#window.from;
    // Once there are rows, their list has the name: Orca reads a group aloud as a whole when the focus comes to it.
    return html`
      <div
        class="scroller"
        part="scroller"
        role=${hasRows ? nothing : 'group'}
        aria-label=${hasRows ? nothing : strings.messages}
        tabindex=${this.#roving.tabIndex}
        aria-busy=${this.loadingOlder || this.loadingNewer}
        @scroll=${this.#window.scrolled}
        @keydown=${this.#roving.handle}
        @focusin=${this.#roving.handle}
        @focusout=${this.#roving.handle}
        @chat-message-action=${this.#followQuote}
        @animationend=${this.#rest}
      >
        ${this.view.size === 0 && !this.loadingOlder ? renderEmpty(strings) : nothing}
        <div class="before"></div>
        ${renderList(hasRows, strings)}
        <div class="after"></div>
        <div class="end"><slot name="end"></slot></div>
      </div>
      ${renderHints(this, strings, {
        loadOlder: () => this.#loadAgain('chat-load-older'),
        loadNewer: () => this.#loadAgain('chat-load-newer'),
        showUnread: () => this.#showUnread(),
      })}
      ${this.isFar || this.newBelow > 0 ? renderJump(this.newBelow, strings, () => this.#jump()) : nothing}
      ${renderLog(this.#locale)}
    `;
  }

  #rowContext(): RowContext {
    const {currentUserId, firstUnreadId, hasOlder, hasNewer, renderMessage, highlighted} = this;
    return {
      currentUserId,
      firstUnreadId,
      isPartial: hasOlder || hasNewer,
      renderMessage,
      highlighted,
      arrived: this.#entrance.rising,
      strings: this.#locale.strings,
    };
  }

  get #messages(): Iterable<ChatMessageElement> {
    return this.#part('.rows')?.querySelectorAll('chat-message') ?? [];
  }

  #part(selector: string): HTMLElement | undefined {
    return this.shadowRoot?.querySelector<HTMLElement>(selector) ?? undefined;
  }

  /** Subscribes to the log that is shown, once the list is in the page. If it was not followed for a while, everything in it may have changed. */
  #follow(): void {
    const view = this.view;
    if (!this.isConnected || (view === this.#log && this.#unsubscribe)) return;
    this.#unsubscribe?.();
    this.#unsubscribe = view.subscribe((change) => this.#take(change));
    if (view === this.#log) return this.#window.apply({type: 'reset'});
    // Not for the first log: the page may have scrolled to a message before the list was added to it.
    if (this.#log) this.#begin();
    else this.newBelow = this.newAfter;
    this.#log = view;
  }

  #begin(): void {
    this.newBelow = this.newAfter;
    this.#more.reset();
    this.#visible.reset();
    this.#announcer.clear();
    this.#failed.clear();
    this.#window.restart();
  }

  #take(change: LogChange): void {
    const isOther = change.type === 'reset' && !this.#window.shown.some(({key}) => this.view.indexOf(key) >= 0);
    if (isOther) this.#begin();
    else this.#window.apply(change);
    // The messages that the jump button counts are the last ones.
    const isCounted = change.type === 'removed' && change.index > this.view.size - this.newBelow;
    if (isCounted && !this.source && !this.hasNewer) this.newBelow -= 1;
    if (change.type === 'reset') this.scrollToMessage(change.focus ?? '');
    const arrivals = this.hasNewer ? [] : arrivalsOf(change, this.view, this.loaded);
    announceFailures(this.#announcer, failuresOf(change, this.view, this.#failed), this.#locale.strings);
    if (arrivals.length > 0) this.#welcome(arrivals);
  }

  #welcome(arrivals: readonly Message[]): void {
    const {currentUserId} = this;
    // A message that was deleted before it arrived is not announced.
    const others = arrivals.filter((message) => !message.deletedAt && !isOwn(message, currentUserId));
    announce(this.#announcer, others, this.#locale.strings, ({id}) => this.view.get(id)?.deletedAt === null);
    // Only for messages sent here: one that the person sent from another device must not scroll away what is being read.
    const isSent = arrivals.some((message) => isOwn(message, currentUserId) && (!isConfirmed(message) || !this.source));
    if (isSent) this.scrollToLatest();
    else if (!this.#window.isAtEnd) this.newBelow += others.length;
    if (this.#window.isAtEnd) this.#entrance.begin(arrivals);
  }

  #pushUp(way: number): void {
    const rows = this.#part('.rows');
    if (rows && way < this.clientHeight / 2) this.#entrance.push(rows, way);
  }

  /** An animation has ended: of messages that came in, or of the highlight. */
  #rest({animationName}: AnimationEvent): void {
    if (animationName === 'lit') this.highlighted = undefined;
    else this.#entrance.clear();
  }

  /** Renders everything synchronously, since printing does not wait. */
  #renderNow(): void {
    this.requestUpdate();
    this.performUpdate();
    for (const row of this.#messages) row.performUpdate();
  }

  /** Does what depends on where the list is scrolled to. Called whenever something has moved. */
  #look(): void {
    this.#visible.check();
    this.#roving.settle();
    this.#entrance.settle();
    // In a row that leaves the page, the animation does not end.
    if (!this.#window.shown.some(({key}) => key === this.highlighted)) this.highlighted = undefined;
    const {distance, isAtEnd} = this.#window;
    if (!distance) return;
    this.isFar = this.hasNewer || (distance.end > FAR && !isAtEnd);
    if (isAtEnd) this.newBelow = 0;
    const {keyAt, size} = rowKeysOf(this.view);
    const canLoadOlder = this.hasOlder && !this.loadingOlder;
    if (this.#more.wants('older', distance.start, keyAt(0), canLoadOlder)) emit(this, 'chat-load-older');
    const canLoadNewer = this.hasNewer && !this.loadingNewer;
    if (this.#more.wants('newer', distance.end, keyAt(size - 1), canLoadNewer)) emit(this, 'chat-load-newer');
  }

  #tellSeen(keys: readonly IdKey[]): void {
    const {view} = this;
    // What is seen is new no more, nor what stands above it.
    if (!this.hasNewer)
      this.newBelow = Math.min(this.newBelow, view.size - 1 - Math.max(...keys.map((key) => view.indexOf(key))));
    const seen = keys.flatMap((key) => view.get(key) ?? []).filter(isConfirmed);
    if (seen[0]) emit(this, 'chat-messages-visible', {ids: seen.map(({id}) => id)});
  }

  /** Moves the focus into the list, since the pressed button disappears. */
  #loadAgain(type: 'chat-load-older' | 'chat-load-newer'): void {
    this.focus({preventScroll: true});
    emit(this, type);
  }

  #jump(): void {
    this.scrollToLatest();
    // The button disappears, so the focus is moved into the list.
    this.focus({preventScroll: true});
    this.#roving.use((roving) => roving.goToLast());
  }

  #showUnread(): void {
    const unread = this.view.get(this.firstUnreadId ?? '');
    this.focus({preventScroll: true});
    if (unread) this.#show(unread, true);
    else if (emit(this, 'chat-load-unread')) this.#jump();
  }

  /** Scrolls to a message, and moves the focus there if `isFocused`. From there, Escape leads to `back`. */
  #show(message: Message, isFocused: unknown, back?: IdKey): void {
    const key = (this.highlighted = messageKey(message));
    this.#window.scrollToKey(key);
    if (isFocused) this.#roving.use((roving) => roving.goTo(key, back));
  }

  #followQuote({detail: {action, message}}: ChatMessageActionEvent): void {
    const target = action === 'open-reply' && this.view.get(message.replyTo?.id ?? '');
    if (target) this.#show(target, true, messageKey(message));
  }
}
