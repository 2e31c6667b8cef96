import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {Announcer} from '../behaviors/announcer.js';
import {KeyedRows} from '../behaviors/keyed-rows.js';
import {scrollByKey} from '../behaviors/scroll-by-key.js';
import {VisibleIds} from '../behaviors/visible-ids.js';
import {WindowedList} from '../behaviors/windowed-list.js';
import {LocaleController} from '../i18n/index.js';
import {
  isConfirmed,
  messageKey,
  sameId,
  type Id,
  type IdKey,
  type LogChange,
  type Message,
  type MessageLogView,
  type Unsubscribe,
} from '../model/index.js';
import {buttonStyles, hostStyles} from '../styles/index.js';
import styles from './chat-message-list.styles.js';
import {property, state} from './decorators.js';
import {emit, type ChatMessageActionEvent} from './dom-events.js';
import {arrivalsOf} from './list-arrivals.js';
import {renderEmpty, renderHints, renderJump} from './list-hints.js';
import {LoadMore} from './list-load-more.js';
import {rowsOf, type RenderMessage, type RowContext} from './list-rows.js';
import {MessageListData} from './message-list-data.js';

/** From how far the end a way back is offered, in CSS pixels. */
const FAR = 300;

/**
 * Messages, the newest at the end. It keeps to the end while it stands there, and never moves what somebody reads. However many
 * messages there are, a window of them is in the page.
 *
 * A page may use it alone: set `messages`, or `append()` and `prepend()`. It takes the height it is given.
 *
 * @customElement chat-message-list
 *
 * @slot empty - Shown while there are no messages.
 * @slot end - Shown after the last message, e.g. who is writing.
 *
 * @csspart scroller - What scrolls.
 * @csspart row - Each message with the dividers above it.
 * @csspart date-divider - The day, above its first message.
 * @csspart unread-divider - Above the first message that was not read.
 * @csspart jump-button - Leads to the end, and counts what came in there.
 * @csspart hint - A line at the top: older messages are loading, or how many are new.
 *
 * @cssprop [--chat-message-list-block-size=100%] - How high the list is.
 *
 * @fires {ChatLoadOlderEvent} chat-load-older - The beginning is near. Once for each first message.
 * @fires {ChatLoadNewerEvent} chat-load-newer - The end is near while `hasNewer`. Once for each last message.
 * @fires {ChatMessagesVisibleEvent} chat-messages-visible - These messages were really seen. Each id once; never one that is not sent yet.
 */
export class ChatMessageListElement extends MessageListData {
  static override styles = [hostStyles, buttonStyles, styles];

  /** Who uses the page: whose messages stand at the other side. */
  @property({attribute: 'current-user-id'}) currentUserId: Id | null = null;

  /** Renders a message in place of `<chat-message>`. If it throws, the message is shown as usual. */
  @property({attribute: false}) renderMessage: RenderMessage | undefined;

  /** Above which message the divider for unread ones stands; `null` for none. */
  @property({attribute: false}) firstUnreadId: Id | null = null;

  @state() private newBelow = 0;
  @state() private isFar = false;
  @state() private highlighted: IdKey | undefined;

  readonly #locale = new LocaleController(this);
  #log: MessageLogView | undefined;
  #unsubscribe: Unsubscribe | undefined;
  #arrived = new Set<IdKey>();
  readonly #more = new LoadMore();

  readonly #window = new WindowedList(this, {
    rows: () => ({
      size: this.view.size,
      keyAt: (index) => {
        const message = this.view.at(index);
        return message && messageKey(message);
      },
      indexOf: (key) => this.view.indexOf(key),
    }),
    parts: () => {
      const scroller = this.#part('.scroller');
      const before = this.#part('.before');
      const rows = this.#part('.rows');
      const after = this.#part('.after');
      return scroller && before && rows && after ? {scroller, before, rows, after} : undefined;
    },
    hasMore: () => this.hasNewer,
    onSettled: () => this.#look(),
  });
  readonly #visible = new VisibleIds(this, {
    scroller: () => this.#part('.scroller'),
    rows: () => this.#window.shown,
    onSeen: (keys) => this.#tellSeen(keys),
  });
  readonly #rows = new KeyedRows();
  readonly #announcer = new Announcer(
    this,
    () => this.#part('[role=log]'),
    (count) => this.#locale.strings.newBelow(count),
  );

  /** Goes to the end, and follows it from there. */
  scrollToLatest(): void {
    this.newBelow = 0;
    this.#window.scrollToEnd();
  }

  /** Brings a message to the middle and lights it up. Returns whether it is in the list; one that is not must be loaded first. */
  scrollToMessage(id: Id): boolean {
    const message = this.view.get(id);
    if (!message) return false;
    this.highlighted = messageKey(message);
    this.#window.scrollToKey(messageKey(message));
    return true;
  }

  /** Focuses what scrolls, so that the keyboard scrolls it. */
  override focus(options?: FocusOptions): void {
    this.#part('.scroller')?.focus(options);
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
    // Measuring the rows may call for more of them; whoever waits wants to see the end of it.
    do {
      isDone = await super.getUpdateComplete();
      settled = this.#window.settled;
      await settled;
    } while (this.isUpdatePending || settled !== this.#window.settled);
    return isDone;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('source')) this.#follow();
    if (changed.has('hasNewer')) this.#more.reset();
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    const rows = this.#part('.rows');
    const {from, to} = this.#window;
    if (rows) this.#rows.render(rows, rowsOf(this.view, from, to, this.#rowContext()));
  }

  protected override render(): TemplateResult {
    const {strings, direction} = this.#locale;
    const {from, to} = this.#window;
    return html`
      <div
        class="scroller"
        part="scroller"
        role="group"
        tabindex="0"
        dir=${direction ?? nothing}
        aria-label=${strings.messages}
        aria-busy=${this.loadingOlder}
        @scroll=${this.#window.scrolled}
        @keydown=${(event: KeyboardEvent) => scrollByKey(event, () => this.scrollToLatest())}
        @chat-message-action=${this.#followQuote}
        @animationend=${this.#restArrived}
      >
        <div class="before"></div>
        <div class="rows" role=${to > from ? 'list' : nothing}></div>
        <div class="after"></div>
        <slot name="end"></slot>
      </div>
      ${this.view.size === 0 && !this.loadingOlder ? renderEmpty(strings) : nothing}
      ${renderHints(this, strings, {
        loadOlder: () => emit(this, 'chat-load-older'),
        showUnread: () => this.#showUnread(),
      })}
      ${this.isFar || this.newBelow > 0 ? renderJump(this.newBelow, strings, () => this.#jump()) : nothing}
      <div class="visually-hidden" role="log" aria-live="polite" aria-label=${strings.newMessages}></div>
    `;
  }

  #rowContext(): RowContext {
    const {currentUserId, firstUnreadId, hasOlder, hasNewer, renderMessage, highlighted} = this;
    const isPartial = hasOlder || hasNewer;
    return {
      currentUserId,
      firstUnreadId,
      isPartial,
      renderMessage,
      highlighted,
      arrived: this.#arrived,
      strings: this.#locale.strings,
    };
  }

  #part(selector: string): HTMLElement | undefined {
    return this.shadowRoot?.querySelector<HTMLElement>(selector) ?? undefined;
  }

  #keyAt(index: number): IdKey | undefined {
    const message = this.view.at(index);
    return message && messageKey(message);
  }

  /** Follows the log that is to be shown. What changed while nobody followed it is found by looking at all of it. */
  #follow(): void {
    const view = this.view;
    if (view === this.#log && this.#unsubscribe) return;
    this.#unsubscribe?.();
    this.#unsubscribe = view.subscribe((change) => this.#take(change));
    if (view === this.#log) return this.#window.apply({type: 'reset'});
    this.#log = view;
    this.#begin();
  }

  #begin(): void {
    this.newBelow = 0;
    this.highlighted = undefined;
    this.#arrived.clear();
    this.#more.reset();
    this.#visible.reset();
    this.#announcer.clear();
    this.#window.restart();
  }

  #take(change: LogChange): void {
    const isOther = change.type === 'reset' && !this.#window.shown.some(({key}) => this.view.indexOf(key) >= 0);
    if (isOther) return this.#begin();
    const arrivals = this.hasNewer ? [] : arrivalsOf(change, this.view);
    this.#window.apply(change);
    if (arrivals.length > 0) this.#welcome(arrivals);
  }

  #welcome(arrivals: readonly Message[]): void {
    const {strings} = this.#locale;
    const isOwn = (message: Message): boolean => sameId(message.sender.id, this.currentUserId);
    const others = arrivals.filter((message) => !isOwn(message));
    for (const {sender, content, attachments} of others) {
      const text = content || attachments.map(({name}) => name).join(', ');
      this.#announcer.announce(strings.arrived(sender.name || strings.unknownPerson, text));
    }
    // One's own message from another device is no reason to leave what is being read.
    const isSent = arrivals.some((message) => isOwn(message) && (!isConfirmed(message) || !this.source));
    if (isSent) this.scrollToLatest();
    else if (!this.#window.isAtEnd) this.newBelow += others.length;
    if (this.#window.isAtEnd) this.#arrived = new Set(arrivals.slice(-8).map(messageKey));
  }

  /** Looks at where the list stands, after anything has moved. */
  #look(): void {
    this.#visible.check();
    const {distance} = this.#window;
    if (!distance) return;
    this.isFar = this.hasNewer || (distance.end > FAR && !this.#window.isAtEnd);
    if (this.#window.isAtEnd) this.newBelow = 0;
    const ends = {first: this.#keyAt(0), last: this.#keyAt(this.view.size - 1)};
    if (this.#more.wantsOlder(this, distance.start, ends.first)) emit(this, 'chat-load-older');
    if (this.#more.wantsNewer(this, distance.end, ends.last)) emit(this, 'chat-load-newer');
  }

  #tellSeen(keys: readonly IdKey[]): void {
    const messages = keys.map((key) => this.view.get(key)).filter((message) => message !== undefined);
    const ids = messages.filter(isConfirmed).map(({id}) => id);
    if (ids.length > 0) emit(this, 'chat-messages-visible', {ids});
  }

  #jump(): void {
    this.scrollToLatest();
    // The button goes away with the jump; the keyboard must not go with it.
    this.focus({preventScroll: true});
  }

  #showUnread(): void {
    if (this.firstUnreadId === null || !this.scrollToMessage(this.firstUnreadId)) this.scrollToLatest();
    this.focus({preventScroll: true});
  }

  #followQuote(event: ChatMessageActionEvent): void {
    const {action, message} = event.detail;
    if (action === 'open-reply' && message.replyTo) this.scrollToMessage(message.replyTo.id);
  }

  #restArrived(): void {
    this.#arrived.clear();
  }
}
