import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {StatusController, warnAbout, type ChatClient} from '../context/index.js';
import {ChatError, type ConnectionStatus} from '../model/index.js';
import {buttonStyles, hostStyles} from '../styles/index.js';
import {ConnectedElement} from './connected-element.js';
import {headlineOf, keptOf, severityOf} from './connection-words.js';
import {property, query} from './decorators.js';
import {emit} from './dom-events.js';
import styles from './ws-error-dialog.styles.js';

/** After how many failed attempts in a row a person is asked. */
const PATIENCE = 5;

/** Which dialog speaks for a client: with several on a page, one is enough. */
const speakers = new WeakMap<ChatClient, WsErrorDialogElement>();

/**
 * Says in a dialog that the connection cannot be had, what is kept, and offers to try again. Opens by itself after five failed
 * attempts in a row or when the server refuses; closes by itself once the connection is there. What a person closed stays
 * closed until there was a connection, or until something else is wrong.
 *
 * @customElement ws-error-dialog
 *
 * @csspart dialog - The dialog.
 *
 * @fires {WsRetryEvent} ws-retry - A person asked to try again. The connection has been told already.
 */
export class WsErrorDialogElement extends ConnectedElement {
  static override styles = [hostStyles, buttonStyles, styles];

  /** What to show, in place of what the connection says: a `ChatError`, or any error. Opens nothing by itself. */
  @property({attribute: false}) error?: Error | undefined;

  /** Whether what is written without a connection survives a reload: then it is said so. */
  @property({attribute: false}) unsentIsSafe = false;

  @query('dialog') private readonly dialog!: HTMLDialogElement;

  readonly #status = new StatusController(this, this.clients, (status) => this.#consider(status));
  /** What was closed by a person, and is not to open again. */
  #closedOver: string | undefined;
  #speaksFor: ChatClient | undefined;

  /** Opens the dialog. */
  show(): void {
    if (!this.isConnected) return;
    if (!this.hasUpdated) this.performUpdate();
    if (!this.dialog.open) this.dialog.showModal();
  }

  /** Closes it. The focus goes back to where it was. */
  close(): void {
    if (this.hasUpdated && this.dialog.open) this.dialog.close();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.close();
    this.#giveUpSpeaking();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('error') || this.error == null || this.error instanceof Error) return;
    warnAbout(this, 'error cannot work: set the property to an Error. It is left out.');
    this.error = undefined;
  }

  protected override render(): TemplateResult {
    const {strings} = this;
    const technical = this.#technicalLine();
    return html`
      <dialog
        part="dialog"
        class="wrap rise edge"
        role="alertdialog"
        aria-labelledby="title"
        aria-describedby="words"
        dir=${this.locale.direction ?? nothing}
        @cancel=${this.#rememberClosing}
      >
        <h2 id="title">${strings.cannotConnect}</h2>
        <p id="words">${this.#words()}</p>
        ${technical ? html`<code dir="ltr">${technical}</code>` : nothing}
        <div class="buttons">
          <button class="button" type="button" @click=${this.#dismiss}>${strings.close}</button>
          <button class="button main" type="button" autofocus @click=${this.#retry}>${strings.tryAgain}</button>
        </div>
      </dialog>
    `;
  }

  #words(): string {
    const {strings, error} = this;
    const status = this.#status.value;
    const kept = keptOf(strings, this.unsentIsSafe);
    if (error) return `${strings.problems[error instanceof ChatError ? error.code : 'connection']} ${kept}`;
    if (!status) return strings.problems.connection;
    if (severityOf(status) === 'danger') {
      return `${headlineOf(status, strings)} ${status.state === 'unauthorized' ? strings.signInAgain : strings.tellTheOperator}`;
    }
    return `${strings.noAnswerAfter(Math.max(1, status.attempt))} ${kept}`;
  }

  /** Where to and why, for whoever mends it. Neither key nor token is part of it. */
  #technicalLine(): string {
    const status = this.#status.value;
    const client = this.clients.client;
    const cause = this.error instanceof ChatError ? this.error.code : status?.cause;
    const code = status?.code == null ? '' : ` (${status.code})`;
    const words = cause === undefined ? '' : `${cause}${code}`;
    return [client && addressOf(client), words].filter(Boolean).join(' · ');
  }

  #consider(status: ConnectionStatus | undefined): void {
    if (!status || status.state === 'connected' || status.state === 'idle') {
      this.#closedOver = undefined;
      this.#giveUpSpeaking();
      this.close();
      return;
    }
    const isLost = status.state === 'waiting' && status.attempt >= PATIENCE;
    if ((severityOf(status) !== 'danger' && !isLost) || this.#closedOver === topicOf(status)) return;
    const client = this.clients.client;
    if (!client || (speakers.get(client) ?? this) !== this) return;
    speakers.set(client, this);
    this.#speaksFor = client;
    queueMicrotask(() => {
      if (this.#status.value === status) this.show();
    });
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
    this.clients.client?.retry();
    this.close();
    emit(this, 'ws-retry');
  }

  #rememberClosing(): void {
    const status = this.#status.value;
    this.#closedOver = status && topicOf(status);
  }
}

/** What it is about: all that leads to another attempt is one topic, each refusal one of its own. */
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
