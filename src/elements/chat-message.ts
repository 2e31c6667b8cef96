import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {foldedText, isEmojiOnly} from '../behaviors/text-shape.js';
import {hostMessage} from '../context/host-messages.js';
import {formatMoment, formatTime, langOfTexts, LocaleController} from '../i18n/index.js';
import {type Id, type Message, type MessageInput} from '../model/index.js';
import {avatarStyles, buttonStyles, hostStyles, tokens} from '../styles/index.js';
import {plainName, renderAvatar, toneOf} from './avatar.js';
import {ChatElement} from './chat-element.js';
import styles from './chat-message.styles.js';
import {property, state} from './decorators.js';
import {emit, type MessageAction} from './dom-events.js';
import {statusIcon} from './icons.js';
import {keepFocus} from './keep-focus.js';
import bodyStyles from './message-body.styles.js';
import {renderAttachments, renderQuote, renderReactions, renderText, whyNotSent} from './message-body.js';

/**
 * One message: its author, text, time and status. Text is never HTML; addresses in it become links.
 *
 * Set `message`; of a message `id`, `sender.id`, `content` and `createdAt` are enough. `<chat-message-list>` sets the rest.
 *
 * @customElement chat-message
 *
 * @csspart bubble - Around the text and what belongs to it.
 * @csspart author - The name, above the first message of a group.
 * @csspart avatar - The picture or the initials, beside the last message of a group.
 * @csspart content - The text.
 * @csspart link - Each link in the text.
 * @csspart quote - The message that is answered to.
 * @csspart attachment - Each file.
 * @csspart time - The clock time.
 * @csspart status - The status of an own message.
 * @csspart reactions - The emoji that were chosen, with their counts.
 * @csspart why - Why a message was not sent, with buttons to try again and to discard it.
 *
 * @cssprop [--chat-message-max-inline-size=min(74%, 36em)] - How wide a bubble becomes.
 * @cssprop [--chat-message-emoji-size=32px] - The size of up to three emoji that stand alone.
 *
 * @fires {ChatMessageActionEvent} chat-message-action - A person asked for something to be done: `retry`, `discard`, `open-reply`.
 * @fires {ChatAttachmentOpenEvent} chat-attachment-open - A person opened a file. Cancelable.
 */
export class ChatMessageElement extends ChatElement {
  static override styles = [hostStyles, buttonStyles, avatarStyles, styles, bodyStyles];

  /** Whether the person who uses the page wrote it. */
  @property({type: Boolean, reflect: true, useDefault: true}) own = false;

  /** Whether it belongs to the same group as the message before it. It then shows no name. */
  @property({type: Boolean, reflect: true, useDefault: true}) grouped = false;

  /** Whether the message after it belongs to the same group. It then shows no picture. */
  get continued(): boolean {
    return this.hasAttribute('continued');
  }

  // Only styles depend on it, so this message need not be rendered again when another one follows it.
  @property({type: Boolean, noAccessor: true})
  set continued(continued: boolean | null | undefined) {
    this.toggleAttribute('continued', !!continued);
  }

  /** Whether it is highlighted for a moment, e.g. because somebody followed a quote to it. */
  @property({type: Boolean, reflect: true}) highlighted = false;

  /** The message. Without one nothing is shown. */
  @property({attribute: false}) message: MessageInput | undefined;

  /** The id of the person who uses the page, who is called "You" in a quote. */
  @property({attribute: false}) currentUserId: Id | null = null;

  @state() private unfolded = false;

  readonly #locale = new LocaleController(this);
  #shown: Message | undefined;

  /** With the attribute `inherits` it is inside one of our elements and inherits the tokens. Computing them again would be most of its styling. */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    // If a server has rendered it, there is a shadow root already.
    if (this.shadowRoot || !this.hasAttribute('inherits')) return super.createRenderRoot();
    const {elementStyles, shadowRootOptions} = ChatMessageElement;
    const root = this.attachShadow(shadowRootOptions);
    this.wear(elementStyles.filter((style) => style !== tokens));
    return root;
  }

  /** @internal Renders what is pending at once; for printing, which cannot wait. */
  override performUpdate(): void {
    super.performUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('message')) return;
    const before = this.#shown;
    this.#shown = hostMessage(this.message);
    // Messages of others have no temp id, so two of them are not the same for that.
    const isStored = !!before?.tempId && before.tempId === this.#shown?.tempId;
    if (before?.id !== this.#shown?.id && !isStored) this.unfolded = false;
  }

  protected override update(changed: PropertyValues<this>): void {
    keepFocus(
      this,
      () => super.update(changed),
      () => [this.closest('[part=row]')],
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    const message = this.#shown;
    if (!message) return nothing;
    const isDeleted = message.deletedAt !== null;
    const isFailed = this.own && message.status === 'failed' && !isDeleted;
    const isBare =
      !isDeleted && !isFailed && !message.replyTo && message.attachments.length === 0 && isEmojiOnly(message.content);
    const look = [isBare ? 'bare' : 'edge', isFailed && 'failed', isDeleted && 'deleted'].filter(Boolean).join(' ');
    return html`
      ${this.own ? nothing : renderAvatar(message.sender)}
      <div class="stack">
        <div class="bubble ${look}" part="bubble">
          ${this.#renderAuthor(message)} ${isDeleted ? this.#renderDeleted(message) : this.#renderContents(message)}
        </div>
        ${isDeleted ? nothing : renderReactions(message.reactions, this.#locale.strings)}
        ${isFailed ? this.#renderWhy(message) : nothing}
      </div>
    `;
  }

  #renderAuthor({sender}: Message): TemplateResult {
    const {strings} = this.#locale;
    const isNamed = !this.own && !this.grouped;
    const name = this.own ? strings.you : plainName(sender.name, strings);
    // Without a visible name, the author is told by place and colour; a screen reader still needs the name.
    return isNamed
      ? html`<div class="author tone-${toneOf(sender)}" part="author"><bdi>${name}</bdi></div>`
      : html`<span class="visually-hidden"><bdi>${name}</bdi>: </span>`;
  }

  #renderContents(message: Message): TemplateResult {
    const {strings} = this.#locale;
    const folded = this.unfolded ? null : foldedText(message.content);
    const reply = message.replyTo;
    // prettier-ignore
    return html`
      ${reply ? renderQuote(reply, this.currentUserId, this.#locale, () => this.#ask('open-reply')) : nothing}
      ${renderAttachments(message.attachments, strings, (attachment) => emit(this, 'chat-attachment-open', {attachment}))}
      <div class="text" dir="auto"><span class="content" part="content" lang=${langOfTexts(this.#locale)}>${renderText(message.content, strings, folded?.length)}</span>${
        folded === null ? nothing : html`<span class="more">… <button type="button" class="text-button"
          @click=${this.#unfold}>${strings.showMore}</button></span>`
      }${this.#renderMeta(message)}</div>
    `;
  }

  #renderDeleted(message: Message): TemplateResult {
    return html`<div class="text" dir="auto"><em>${this.#locale.strings.deletedMessage}</em>${this.#renderMeta(message)}</div>`;
  }

  #renderMeta(message: Message): TemplateResult {
    const {strings} = this.#locale;
    const {createdAt, editedAt, deletedAt} = message;
    const isDated = !Number.isNaN(createdAt.getTime());
    return html`<span class="meta"
      ><span dir=${strings.direction}
        >${editedAt && !deletedAt ? html`<span class="edited">${strings.edited}</span>` : nothing}${
          isDated
            ? html`<time part="time" datetime=${createdAt.toISOString()} title=${formatMoment(strings, createdAt)}
                >${formatTime(strings.locale, createdAt)}</time
              >`
            : nothing
        }${this.own && !deletedAt ? this.#renderStatus(message) : nothing}</span
      ></span
    >`;
  }

  #renderStatus({status}: Message): TemplateResult {
    const label = this.#locale.strings.status[status];
    // Words rather than a named picture, which a screen reader calls a picture each time. A failure is said below, with its reason.
    return html`<span class="status ${status}" part="status" title=${label} aria-hidden=${status === 'failed' || nothing}
      >${statusIcon(status)}<span class="visually-hidden">${label}</span></span
    >`;
  }

  #renderWhy(message: Message): TemplateResult {
    const {strings} = this.#locale;
    return html`<div class="why" part="why">
      <span dir="auto">${whyNotSent(message, strings)}</span>
      <div class="ways">
        <button type="button" class="text-button" @click=${() => this.#ask('retry')}>${strings.tryAgain}</button>
        <button type="button" class="text-button" @click=${() => this.#ask('discard')}>${strings.discard}</button>
      </div>
    </div>`;
  }

  #unfold(): void {
    this.unfolded = true;
  }

  #ask(action: MessageAction): void {
    if (this.#shown) emit(this, 'chat-message-action', {action, message: this.#shown});
  }
}
