import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {PATIENCE} from '../behaviors/patience.js';
import {StatusController, type ChatClient} from '../context/index.js';
import {systemClock, type Clock, type ConnectionStatus, type Timer} from '../model/index.js';
import {buttonStyles, hostStyles, scrollbarStyles} from '../styles/index.js';
import {ConnectedElement} from './connected-element.js';
import {headlineOf, outlookOf, severityOf} from './connection-words.js';
import {property, state} from './decorators.js';
import {emit} from './dom-events.js';
import {keepFocus, listBeside, watchWhence} from './keep-focus.js';
import styles from './ws-status-banner.styles.js';

/** How long it shows that the connection is back, in ms. */
const GLADNESS = 2500;
/** The topic of what is announced after a person has asked to try now. */
const ASKED = 'asked';

type Phase = 'hidden' | 'trouble' | 'restored';

/** The banner that is announced to screen readers for a client, so that several banners are heard once. */
const speakers = new WeakMap<ChatClient, WeakRef<WsStatusBannerElement>>();

/**
 * A banner that says what is wrong with the connection and when it is tried again, and offers to try now. Hidden while all is well.
 *
 * @customElement ws-status-banner
 *
 * @csspart banner - The banner, while there is something to say.
 * @csspart retry-button - The button that tries now.
 *
 * @cssprop [--chat-status-banner-radius=14px] - How round the banner is.
 *
 * @fires {WsRetryEvent} ws-retry - A person asked to try now. The connection has been told already.
 */
export class WsStatusBannerElement extends ConnectedElement {
  static override styles = [hostStyles, buttonStyles, scrollbarStyles, styles];

  /** The clock that counts down. For tests. */
  static clock: Clock = systemClock;

  /** Whether it also shows while all is well. */
  @property({type: Boolean}) always = false;

  /** Whether messages that are written without a connection survive a reload. The text says so. */
  @property({attribute: false}) unsentIsSafe = false;

  @state() private phase: Phase = 'hidden';

  readonly #status = new StatusController(this, this.clients, (status) => this.#consider(status));
  readonly #whence = watchWhence(this);
  #timer: Timer | undefined;
  #tick: Timer | undefined;
  #said = {topic: '', text: ''};

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
    this.#clock.clearTimeout(this.#tick);
    this.phase = 'hidden';
  }

  protected override update(changed: PropertyValues<this>): void {
    keepFocus(
      this,
      () => super.update(changed),
      () => [this.#whence(), listBeside(this)],
    );
  }

  protected override render(): TemplateResult {
    const status = this.#status.value;
    const isShown = status !== undefined && (this.always || this.phase !== 'hidden');
    // Not while connecting: the trouble is not over, and must not be announced again if the attempt fails.
    if (!isShown && status?.state !== 'connecting' && severityOf(status) === 'calm') this.#said = {topic: '', text: ''};
    this.#countDown(isShown && status.retryAt !== null);
    const {client} = this.clients;
    const said = isShown ? this.#announce(status) : this.#said.text;
    return html`
      <div class="visually-hidden" aria-live="polite" aria-atomic="true">${client && this.#speaksFor(client) ? said : ''}</div>
      ${isShown ? this.#renderBanner(status) : nothing}
    `;
  }

  #renderBanner(status: ConnectionStatus): TemplateResult {
    const isRestored = this.phase === 'restored';
    const severity = severityOf(status);
    const outlook = severity === 'calm' ? '' : outlookOf(status, this.strings, this.#clock.now(), this.unsentIsSafe);
    return html`
      <div part="banner" class="rise edge ${isRestored ? 'success' : severity}">
        <span class="words wrap"><strong>${this.#headline(status)}</strong> <span class="outlook">${outlook}</span></span>
        ${
          severity === 'calm' || status.state === 'failed'
            ? nothing
            : html`<button part="retry-button" class="button" type="button" @click=${this.#retry}>${this.strings.tryNow}</button>`
        }
      </div>
    `;
  }

  #headline(status: ConnectionStatus): string {
    return this.phase === 'restored' ? this.strings.connectedAgain : headlineOf(status, this.strings);
  }

  /** Whether this banner is announced for this client. It replaces one that is gone, hidden, or has another client by now. */
  #speaksFor(client: ChatClient): boolean {
    const speaker = speakers.get(client)?.deref();
    const isHeard = speaker?.clients.client === client && (speaker as Partial<HTMLElement>).checkVisibility?.();
    if (isHeard) return speaker === this;
    speakers.set(client, new WeakRef(this));
    return true;
  }

  /** The text to announce: what happened, once. The countdown and changes of the cause are only shown. */
  #announce(status: ConnectionStatus): string {
    // What was asked for is told until the attempt has ended, and then what has come of it.
    if (this.#said.topic === ASKED && status.state === 'connecting') return this.#said.text;
    const topic = `${this.phase} ${severityOf(status) === 'danger'}`;
    if (topic !== this.#said.topic || this.phase === 'hidden') this.#said = {topic, text: this.#headline(status)};
    return this.#said.text;
  }

  /** Shows trouble only after a moment, so that short breaks are not shown, and its end at once. */
  #consider(status: ConnectionStatus | undefined): void {
    const isTrouble = severityOf(status) !== 'calm';
    if (isTrouble && this.phase === 'trouble') return;
    if (isTrouble) {
      // It is no longer connected again, and its timer must not stand for the one of the new trouble.
      if (this.phase === 'restored') this.#enter('hidden');
      this.#timer ??= this.#clock.setTimeout(() => this.#enter('trouble'), PATIENCE);
      return;
    }
    // A first attempt, as when the network is back, does not end the trouble yet.
    if (status?.state === 'connecting' && this.phase === 'trouble') return;
    if (status?.state !== 'connected' || this.phase !== 'trouble') return this.#enter('hidden');
    this.#enter('restored');
    this.#timer = this.#clock.setTimeout(() => this.#enter('hidden'), GLADNESS);
  }

  #enter(phase: Phase): void {
    this.#stop();
    this.phase = phase;
  }

  #stop(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Updates the banner every second, but only while a countdown shows. */
  #countDown(isRunning: boolean): void {
    this.#clock.clearTimeout(this.#tick);
    this.#tick = isRunning ? this.#clock.setTimeout(() => this.requestUpdate(), 1000) : undefined;
  }

  #retry(): void {
    this.#said = {topic: ASKED, text: this.strings.retrying};
    this.clients.client?.retry();
    emit(this, 'ws-retry');
  }

  get #clock(): Clock {
    return WsStatusBannerElement.clock;
  }
}
