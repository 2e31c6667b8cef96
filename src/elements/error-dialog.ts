import {html, nothing, type LitElement, type ReactiveController, type TemplateResult} from 'lit';
import type {ChatClient, ClientController, StatusController} from '../context/index.js';
import type {LocaleController} from '../i18n/index.js';
import {ChatError, type ConnectionStatus} from '../model/index.js';
import type {ChatElement} from './chat-element.js';
import {headlineOf, keptOf, severityOf} from './connection-words.js';
import {emit} from './dom-events.js';
import {handFocus, listBeside} from './keep-focus.js';
import styles from './error-dialog.styles.js';

/** After this many failed attempts in a row the dialog opens. */
const PATIENCE = 5;

/** The dialog that opens for a client. If a page has several, one is enough. */
const speakers = new WeakMap<ChatClient, ErrorDialog>();

/** What the dialog needs from its element. */
interface Around {
  readonly clients: ClientController;
  readonly locale: LocaleController;
  readonly status: StatusController;
  readonly error: () => Error | undefined;
  readonly unsentIsSafe: () => boolean;
}

/** The contents of `<ws-error-dialog>`, and when it opens. Loaded once there is a connection, or trouble with it. */
export class ErrorDialog implements ReactiveController {
  readonly #host: ChatElement;
  readonly #around: Around;
  #isWanted = false;
  /** The topic over which a person has closed it. It does not open again for the same one. */
  #closedOver: string | undefined;
  #speaksFor: ChatClient | undefined;
  /** Observes, while it is open, whether it can still be seen. */
  #sight: ResizeObserver | undefined;

  constructor(host: ChatElement, around: Around) {
    this.#host = host;
    this.#around = around;
    const {elementStyles} = host.constructor as typeof LitElement;
    host.wear([...elementStyles, styles]);
    host.addController(this);
    host.requestUpdate();
    this.consider(around.status.value);
  }

  /** Opens it with the next update. */
  show(): void {
    this.#isWanted = this.#host.isConnected;
    this.#host.requestUpdate();
  }

  /** Closes it. The focus goes back to where it was. */
  close(): void {
    this.#isWanted = false;
    if (this.#dialog?.open) this.#dialog.close();
  }

  hostUpdated(): void {
    if (!this.#isWanted) return;
    this.#isWanted = false;
    const dialog = this.#dialog;
    if (!this.#canBeSeen) this.#giveUpSpeaking();
    else if (dialog && !dialog.open) {
      dialog.showModal();
      this.#sight = new ResizeObserver(([entry]) => this.#leaveOutOfSight(entry));
      this.#sight.observe(dialog);
    }
  }

  hostDisconnected(): void {
    this.close();
    this.#giveUpSpeaking();
  }

  /** Opens or closes the dialog as the status of the connection requires. */
  consider(status: ConnectionStatus | undefined): void {
    if (!status || status.state === 'connected' || status.state === 'idle') {
      // No status at all: the element is only being moved within the page, so what was closed stays closed.
      if (status) this.#closedOver = undefined;
      this.#giveUpSpeaking();
      this.close();
      return;
    }
    const isLost = status.state === 'waiting' && status.attempt >= PATIENCE;
    if ((severityOf(status) !== 'danger' && !isLost) || this.#closedOver === topicOf(status)) return;
    const {client} = this.#around.clients;
    if (!client || (speakers.get(client) ?? this) !== this || !this.#canBeSeen) return;
    speakers.set(client, this);
    this.#speaksFor = client;
    queueMicrotask(() => {
      if (this.#around.status.value === status) this.show();
    });
  }

  render(): TemplateResult {
    const {strings} = this.#around.locale;
    const technical = this.#technicalLine();
    return html`
      <dialog
        part="dialog"
        class="wrap rise edge"
        role="alertdialog"
        aria-labelledby="title"
        aria-describedby="words"
        @cancel=${() => this.#rememberClosing()}
        @close=${() => this.#handFocusOn()}
      >
        <h2 id="title">${strings.cannotConnect}</h2>
        <p id="words">${this.#words()}</p>
        ${technical ? html`<code dir="ltr">${technical}</code>` : nothing}
        <div class="buttons">
          <button class="button" type="button" @click=${() => this.#dismiss()}>${strings.close}</button>
          <button class="button main" type="button" ?autofocus=${this.#isWanted} @click=${() => this.#retry()}>
            ${strings.tryAgain}
          </button>
        </div>
      </dialog>
    `;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector('dialog');
  }

  /** Whether it would be visible if it opened. In a closed panel it would not, and would still block the whole page. */
  get #canBeSeen(): boolean {
    const dialog = this.#dialog;
    if (!dialog || dialog.open) return true;
    dialog.open = true;
    const isRendered = (dialog as Partial<HTMLElement>).checkVisibility?.() !== false;
    dialog.open = false;
    return isRendered;
  }

  #words(): string {
    const {strings} = this.#around.locale;
    const status = this.#around.status.value;
    const error = this.#around.error();
    const kept = keptOf(strings, this.#around.unsentIsSafe());
    if (error) return `${strings.problems[error instanceof ChatError ? error.code : 'connection']} ${kept}`;
    if (!status) return strings.problems.connection;
    if (severityOf(status) === 'danger') {
      return `${headlineOf(status, strings)} ${status.state === 'unauthorized' ? strings.signInAgain : strings.tellTheOperator}`;
    }
    return `${strings.noAnswerAfter(Math.max(1, status.attempt))} ${kept}`;
  }

  /** Address and cause, for a developer. Without the app key and without tokens. */
  #technicalLine(): string {
    const status = this.#around.status.value;
    const {client} = this.#around.clients;
    const error = this.#around.error();
    const cause = error instanceof ChatError ? error.code : status?.cause;
    const code = status?.code == null ? '' : ` (${status.code})`;
    const words = cause === undefined ? '' : `${cause}${code}`;
    return [client && addressOf(client), words].filter(Boolean).join(' · ');
  }

  /** Closes the dialog when the page hides what it is in. Open but invisible, it would block the page and could not be closed. */
  #leaveOutOfSight(entry: ResizeObserverEntry | undefined): void {
    if (entry?.contentRect.width || !this.#dialog?.open) return;
    this.#giveUpSpeaking();
    this.close();
  }

  #giveUpSpeaking(): void {
    if (this.#speaksFor) speakers.delete(this.#speaksFor);
    this.#speaksFor = undefined;
  }

  #dismiss(): void {
    this.#rememberClosing();
    this.close();
  }

  #retry(): void {
    this.#rememberClosing();
    this.#around.clients.client?.retry();
    this.close();
    emit(this.#host, 'ws-retry');
  }

  /** Moves the focus on. If nothing had it before, it would stay on a hidden button, or be lost. */
  #handFocusOn(): void {
    this.#sight?.disconnect();
    const host = this.#host;
    (host.shadowRoot?.activeElement as HTMLElement | null)?.blur();
    handFocus(host, [listBeside(host)]);
  }

  #rememberClosing(): void {
    const status = this.#around.status.value;
    this.#closedOver = status && topicOf(status);
  }
}

/** The topic of a status: everything that leads to another attempt is one topic, each kind of refusal one of its own. */
function topicOf(status: ConnectionStatus): string {
  return severityOf(status) === 'danger' ? status.state : 'lost';
}

function addressOf(client: ChatClient): string {
  const {scheme, wsHost, wsPort, cluster} = client.options;
  const isSecure = scheme ? scheme === 'https' : cluster || location.protocol !== 'http:';
  const host = wsHost ?? (cluster ? `ws-${cluster}.pusher.com` : '');
  if (!host) return '';
  const port = wsPort !== undefined && wsPort !== (isSecure ? 443 : 80) ? `:${wsPort}` : '';
  return `${isSecure ? 'wss' : 'ws'}://${host}${port}`;
}
