import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {keepPage} from '../behaviors/keep-page.js';
import {ConversationController, StatusController, warnAbout, type LiveConversation, type SendOptions} from '../context/index.js';
import {formatTime, localeChanges} from '../i18n/index.js';
import {
  ApiError,
  reportHostError,
  sameId,
  SubscriptionError,
  type ChatError,
  type Id,
  type Message,
  type Unsubscribe,
} from '../model/index.js';
import {avatarStyles, buttonStyles, hostStyles} from '../styles/index.js';
import type {ChatComposerElement} from './chat-composer.js';
import styles from './chat-conversation.styles.js';
import type {ChatMessageListElement} from './chat-message-list.js';
import type {ChatToastElement} from './chat-toast.js';
import {ConnectedElement} from './connected-element.js';
import {ConversationHeader, titleOf} from './conversation-header.js';
import {PARTS} from './conversation-parts.js';
import {renderNoMessages, renderNothingOpen, renderPlaceholders} from './conversation-states.js';
import {property, query} from './decorators.js';
import {keepFocus} from './keep-focus.js';
import {emit, type ChatMessageActionEvent, type ChatMessagesVisibleEvent, type ChatSubmitEvent} from './dom-events.js';

/**
 * A whole conversation: a header, the messages, who is typing, what is wrong with the connection, and a composer.
 *
 * @customElement chat-conversation
 *
 * @slot header - Replaces the whole header.
 * @slot header-actions - Buttons at the end of the header.
 * @slot empty - Replaces the invitation that shows while there are no messages.
 * @slot composer - Replaces the composer. What a `chat-submit` event from it holds is sent.
 *
 * @csspart header - The header. In it: `back-button`, `avatar`, `title`, `status`.
 * @csspart back-button - The button that goes back.
 * @csspart avatar - The picture or the initials beside the title.
 * @csspart title - The title.
 * @csspart status - The line under the title.
 * @csspart empty - The invitation, while there are no messages, and the note while no conversation is open.
 * @csspart error - Shown when the messages cannot be loaded.
 * @csspart retry-button - The button in it that loads again.
 * @csspart placeholders - Shown while the first messages are loading.
 * @csspart readonly - The note that replaces the composer with `readonly`.
 *
 * @cssprop [--chat-conversation-block-size=100%] - The height.
 *
 * @fires {ChatBackEvent} chat-back - A person pressed the back button.
 * @fires {ChatBeforeSendEvent} chat-before-send - A message is about to be sent. Cancelable.
 * @fires {ChatMessageSentEvent} chat-message-sent - The server has stored a message of this person.
 * @fires {ChatMessageReceivedEvent} chat-message-received - A message of somebody else has come in.
 * @fires {ChatMessageFailedEvent} chat-message-failed - A message could not be sent.
 * @fires {ChatAttachmentOpenEvent} chat-attachment-open - A person opened an attachment. Cancelable.
 */
export class ChatConversationElement extends ConnectedElement {
  static override styles = [hostStyles, buttonStyles, avatarStyles, styles];

  /** The id of the conversation. While it is not set, no conversation is open. */
  @property({attribute: 'conversation-id'}) conversationId?: Id | undefined;

  /** The title. Default: that of the server, or the names of the participants. */
  @property() heading?: string | undefined;

  /** Whether there is a back button. It only fires `chat-back`. */
  @property({type: Boolean}) back = false;

  /** Whether nothing can be written. */
  @property({type: Boolean}) readonly = false;

  /** How much room there is between messages. Default `comfortable`. */
  @property({reflect: true}) density?: 'comfortable' | 'compact' | undefined;

  @query('chat-message-list') private readonly list!: ChatMessageListElement | null;
  @query('chat-composer') private readonly ownComposer!: ChatComposerElement | null;
  @query('chat-toast') private readonly toast!: ChatToastElement | null;

  readonly #status = new StatusController(this, this.clients);
  readonly #header = new ConversationHeader(this);
  readonly #open = new ConversationController(this, {
    clients: this.clients,
    id: () => this.conversationId,
    select: (snapshot) => snapshot,
    open: true,
    shownId: () => this.list?.shownId,
  });
  /** The conversation whose draft is in the composer. */
  #drafted: LiveConversation | undefined;
  #draft = '';
  /** The files that were chosen and not sent, by conversation. */
  readonly #files = new Map<string, readonly File[]>();
  /** The person whose draft is in the composer; `null` where that is not known. */
  #writer: Id | null = null;
  #heard: LiveConversation | undefined;
  #unhear: Unsubscribe | undefined;
  #lang: string | undefined;
  /** Of a conversation of which nothing is known yet, what is true of the one before: the button would go and come back. */
  #canAttach = false;
  /** Whether placeholders were shown before there was a client. */
  #hasWaited = false;

  /** The composer that the page has put into the slot, or the one that is rendered. */
  private get composer(): ChatComposerElement | null {
    return this.querySelector('chat-composer') ?? this.ownComposer;
  }

  /** Whether there is a conversation, or one to wait for. */
  get #isComing(): boolean {
    return (this.conversationId ?? '') !== '' && !this.clients.isMissing && this.clients.isExpected;
  }

  /** The open conversation. If the id was set in this very task, the pending update is made first. */
  get #opened(): LiveConversation | undefined {
    if (this.isConnected && this.isUpdatePending) this.performUpdate();
    return this.#open.conversation;
  }

  constructor() {
    super();
    this.clients.follow((client) => client.onError((error) => this.#mention(error)));
  }

  /**
   * Sends a message. Resolves with the stored message; with undefined if the page cancelled `chat-before-send` or no conversation is open.
   * Rejects with an `ApiError`, like `send` of a `LiveConversation`.
   */
  async send(content: string, options: SendOptions = {}): Promise<Message | undefined> {
    const conversation = this.#opened;
    if (!conversation) {
      warnAbout(this, 'send() cannot work while no conversation is open: set conversation-id and a connection.');
      return undefined;
    }
    if (!emit(this, 'chat-before-send', {content, files: options.files ?? []})) return undefined;
    return conversation.send(content, options);
  }

  /** Scrolls to the newest message, and stays at the end when messages come in. */
  scrollToLatest(): void {
    this.#opened?.loadLatest();
    this.list?.scrollToLatest();
  }

  /**
   * Scrolls to a message, e.g. a search result, and highlights it for a moment. A message that is not loaded is loaded first, with those
   * around it. Resolves with whether it is shown: `false` if it could not be loaded, which the person is told, or if something else was
   * scrolled to meanwhile.
   */
  async scrollToMessage(id: Id): Promise<boolean> {
    const conversation = this.#opened;
    const loading = conversation?.loadAround(id);
    const isShown = this.list?.scrollToMessage(id) ?? false;
    try {
      // One that is shown may be loaded anew, too: if it is in a range that has missed changes.
      await loading;
      await this.updateComplete;
      return isShown || (this.list?.scrollToMessage(id) ?? false);
    } catch (error) {
      const {code} = ApiError.from(error);
      if (code !== 'aborted' && conversation === this.#opened) this.toast?.show(this.strings.problems[code]);
      return false;
    }
  }

  /** Puts the cursor into the composer. */
  override focus(options?: FocusOptions): void {
    // The composer comes with the first rendering, and is hidden while no conversation is open.
    if (this.isConnected && this.isUpdatePending) this.performUpdate();
    this.composer?.focus(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#hear(undefined);
  }

  /** Does not update while it is out of the page. When it is added again, as in an app with tabs, it shows the same place as before. */
  protected override shouldUpdate(): boolean {
    return this.isConnected;
  }

  protected override update(changed: PropertyValues<this>): void {
    // Kept before the update, since `readonly` may remove the composer.
    if (this.#drafted && this.composer) this.#files.set(String(this.#drafted.id), this.composer.files);
    keepFocus(
      this,
      () => super.update(changed),
      () => [this.list],
    );
  }

  protected override firstUpdated(): void {
    // Formatting the first date takes a browser long. It is done now, while messages are loading, rather than when they are rendered.
    requestAnimationFrame(() => setTimeout(() => formatTime(this.strings.locale, new Date())));
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#hear(this.#open.conversation);
    this.#showDraft();
    const {lang} = this;
    // The elements inside it take their language from it.
    if (this.#lang !== undefined && lang !== this.#lang) localeChanges.call();
    this.#lang = lang;
    if (changed.has('density') && this.density && !['comfortable', 'compact'].includes(this.density)) {
      warnAbout(this, `density="${this.density}" cannot work: set it to comfortable or compact.`);
    }
    if (this.conversationId != null && this.clients.isMissing && !this.clients.isExpected) {
      warnAbout(
        this,
        'conversation-id cannot work without a connection: put it into a <chat-connection>, or set connection="ID".',
      );
    }
  }

  protected override render(): TemplateResult {
    const {strings} = this;
    const snapshot = this.#open.value;
    const view = {
      strings,
      heading: this.heading,
      snapshot,
      status: this.#status.value,
      userId: this.clients.client?.userId ?? null,
      goBack: this.back ? () => emit(this, 'chat-back') : undefined,
      isComing: this.#isComing,
    };
    return html`
      <section class="base" aria-label=${titleOf(view)} @dragover=${keepPage} @drop=${keepPage}>
        <slot name="header">${this.#header.render(view)}</slot>
        <div class="canvas">${this.#renderMessages()} ${this.#renderOverlays()}</div>
        ${this.#renderFoot()}
      </section>
      <ws-error-dialog
        .client=${this.clients.client}
        .unsentIsSafe=${snapshot?.unsentIsSafe ?? false}
        exportparts=${PARTS.dialog}
      ></ws-error-dialog>
    `;
  }

  #renderMessages(): TemplateResult {
    const {conversation, value: snapshot} = this.#open;
    if (!conversation || !snapshot) {
      this.#hasWaited = this.#isComing;
      return this.#hasWaited ? renderPlaceholders(this.strings) : renderNothingOpen(this.strings);
    }
    if (snapshot.phase === 'ready') this.#hasWaited = false;
    return html`
      <chat-message-list
        exportparts=${PARTS.list}
        .source=${conversation.messages}
        .currentUserId=${conversation.userId ?? undefined}
        .firstUnreadId=${snapshot.firstUnreadId}
        .loaded=${snapshot.phase === 'ready'}
        .hasOlder=${snapshot.hasOlder}
        .loadingOlder=${snapshot.loadingOlder}
        .olderError=${snapshot.olderError}
        .hasNewer=${snapshot.hasNewer}
        .loadingNewer=${snapshot.loadingNewer || snapshot.jumpingTo !== null}
        .newerError=${snapshot.newerError}
        .newAfter=${snapshot.newAfter}
        .newWhileAway=${snapshot.newWhileAway}
        @chat-load-older=${() => void conversation.loadOlder()}
        @chat-load-newer=${() => void conversation.loadNewer()}
        @chat-load-latest=${() => conversation.loadLatest()}
        @chat-load-unread=${(event: Event) => void this.#goToUnread(event, snapshot.firstUnreadId ?? snapshot.lastReadId)}
        @chat-messages-visible=${({detail}: ChatMessagesVisibleEvent) => conversation.markRead(detail.ids)}
        @chat-message-action=${this.#act}
      >
        ${this.#renderBanner()} ${renderNoMessages(this.strings, conversation, this.readonly, this.#hasWaited)}
        <typing-indicator slot="end" exportparts=${PARTS.typing} .users=${snapshot.typing}></typing-indicator>
      </chat-message-list>
    `;
  }

  /** In the list it stands above the lines there, which it would cover otherwise. */
  #renderBanner(): TemplateResult {
    return html`<ws-status-banner
      slot="top"
      .client=${this.clients.client}
      .unsentIsSafe=${this.#open.value?.unsentIsSafe ?? false}
      exportparts=${PARTS.banner}
    ></ws-status-banner>`;
  }

  #renderOverlays(): TemplateResult {
    return html`
      <div class="over top">${this.#open.value ? nothing : this.#renderBanner()}</div>
      <div class="over bottom"><chat-toast exportparts=${PARTS.toast}></chat-toast></div>
    `;
  }

  #renderFoot(): TemplateResult {
    const {conversation, value: snapshot} = this.#open;
    if (conversation && this.readonly) return html`<div part="readonly" class="foot readonly">${this.strings.readonlyNote}</div>`;
    this.#canAttach = snapshot?.conversation?.features.includes('attach') ?? this.#canAttach;
    return html`
      <div
        class="foot ${conversation ? '' : this.#isComing ? 'soon' : 'none'}"
        @chat-submit=${this.#sendWritten}
        @chat-typing=${() => conversation?.sendTyping()}
        @input=${this.#keepDraft}
      >
        <slot name="composer">
          <chat-composer exportparts=${PARTS.composer} accept=${this.#canAttach ? '*/*' : nothing}></chat-composer>
        </slot>
      </div>
    `;
  }

  async #sendWritten({detail, target}: ChatSubmitEvent): Promise<void> {
    // A composer of the page may lack these properties.
    const composer = target as Partial<Pick<ChatComposerElement, 'value' | 'files'>>;
    const conversation = this.#open.conversation;
    if (conversation) conversation.draft = '';
    try {
      // No scrolling here: the list goes to the end when the message is added. By the time it is stored, the person may be reading elsewhere.
      if (await this.send(detail.content, {files: detail.files})) return;
      if (conversation) conversation.draft = detail.content;
      this.#files.set(String(conversation?.id), detail.files);
      // Who held it up may have opened another conversation, whose composer this is now.
      if ((this.#drafted ?? conversation) !== conversation) return;
      composer.value ||= detail.content;
      if (composer.files?.length === 0) composer.files = detail.files;
    } catch (error) {
      // What a composer of the page has handed over is nothing that can be sent. A message that was refused is in the list, with the reason.
      if (!(error instanceof ApiError)) reportHostError(error);
    }
  }

  #keepDraft(): void {
    if (this.#drafted && this.composer) this.#drafted.draft = this.composer.value;
  }

  /** Puts the draft into the composer: when a conversation is opened, and when another tab changes the draft. */
  #showDraft(): void {
    const {conversation, value: snapshot} = this.#open;
    const {composer} = this;
    // Without a composer (`readonly`) there is no draft in it; a new one will be empty.
    if (!composer) this.#drafted = undefined;
    if (!conversation || !snapshot || !composer) return;
    const isOtherPerson = this.#writer !== null && !sameId(this.#writer, conversation.userId);
    const isSame = !isOtherPerson && sameId(conversation.id, this.#drafted?.id);
    if (!isSame) {
      // The next person must not see the files of the former one.
      if (isOtherPerson) this.#files.clear();
      composer.files = this.#files.get(String(conversation.id)) ?? [];
    } else if (conversation !== this.#drafted) {
      // The same conversation from another client, which may not know the text in the composer.
      conversation.draft ||= composer.value;
    }
    // Text that is being written here takes precedence over changes from other tabs.
    const isWriting = composer.value !== '' && composer.matches(':focus-within');
    const {draft} = conversation;
    if (!isSame || (draft !== this.#draft && !isWriting)) composer.value = draft;
    this.#drafted = conversation;
    this.#writer = conversation.userId;
    this.#draft = draft;
  }

  #act({detail: {action, message}}: ChatMessageActionEvent): void {
    const conversation = this.#open.conversation;
    if (action === 'open-reply' && message.replyTo) void this.scrollToMessage(message.replyTo.id);
    if (!conversation || message.tempId === null) return;
    if (action === 'discard') conversation.discard(message.tempId);
    // A failure shows on the message itself.
    if (action === 'retry') conversation.retry(message.tempId).catch(() => undefined);
  }

  /** Goes to the first unread message by way of the last one that was read, as long as only that is known. */
  async #goToUnread(event: Event, id: Id | null): Promise<void> {
    if (id === null) return;
    event.preventDefault();
    if (await this.scrollToMessage(id)) this.list?.scrollToMessage(this.#open.value?.firstUnreadId ?? id);
  }

  /** Tells the page what becomes of messages. */
  #hear(conversation: LiveConversation | undefined): void {
    if (conversation === this.#heard) return;
    this.#unhear?.();
    this.#heard = conversation;
    // The notice was about the former conversation.
    this.toast?.close();
    this.#unhear = conversation?.onMessage((news) => {
      const {type, message} = news;
      if (type === 'failed') emit(this, 'chat-message-failed', {message, error: news.error});
      else emit(this, type === 'sent' ? 'chat-message-sent' : 'chat-message-received', {message});
    });
  }

  /** Shows a notice if a channel cannot be subscribed: everything but live updates still works. */
  #mention(error: ChatError): void {
    if (!(error instanceof SubscriptionError) || !this.#concerns(error.channel)) return;
    this.toast?.show(this.strings.problems[error.code]);
  }

  /** Whether events of this conversation come over a channel: all but the channels of other conversations. */
  #concerns(channel: string): boolean {
    const {conversationChannel} = this.clients.client?.options ?? {};
    if (!conversationChannel) return true;
    const [before = ''] = conversationChannel.split('{id}');
    return !channel.startsWith(before) || channel === conversationChannel.replace('{id}', String(this.conversationId));
  }
}
