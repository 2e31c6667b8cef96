import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {toldAgain} from '../behaviors/told-again.js';
import {LocaleController} from '../i18n/index.js';
import {systemClock, type Clock, type Timer} from '../model/index.js';
import {buttonStyles, hostStyles} from '../styles/index.js';
import {ChatElement} from './chat-element.js';
import styles from './chat-toast.styles.js';
import {state} from './decorators.js';
import {icon} from './icons.js';
import {keepFocus, listBeside, watchWhence} from './keep-focus.js';

/** How long a notice stays, in ms: as long as WCAG 2.2.1 gives to a person who has to do something to keep it. */
const STAY = 20_000;

/**
 * A short notice that nobody has to act on. It disappears by itself, but not while somebody points at it or it has the focus. Part of
 * `<chat-conversation>`.
 *
 * @customElement chat-toast
 *
 * @csspart toast - The toast, while there is one.
 * @csspart dismiss-button - The button that closes it.
 */
export class ChatToastElement extends ChatElement {
  static override styles = [hostStyles, buttonStyles, styles];

  /** The clock by which it disappears. For tests. */
  static clock: Clock = systemClock;

  @state() private text = '';

  readonly #locale = new LocaleController(this);
  readonly #whence = watchWhence(this);
  /** What ends each of the things that hold it: a pointer on it, the focus in it. */
  readonly #held = new Set<string>();
  #timer: Timer | undefined;

  constructor() {
    super();
    for (const [begin, end] of [
      ['pointerenter', 'pointerleave'],
      ['focusin', 'focusout'],
    ] as const) {
      this.addEventListener(begin, () => {
        this.#held.add(end);
        this.#stay();
      });
      this.addEventListener(end, () => {
        this.#held.delete(end);
        this.#leaveLater();
      });
    }
  }

  /** Shows a notice, instead of one that is shown. */
  show(text: string): void {
    this.text = toldAgain(text, this.text);
    this.#leaveLater();
  }

  /** Hides the notice. */
  close(): void {
    this.text = '';
    this.#held.clear();
    this.#stay();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.close();
  }

  protected override update(changed: PropertyValues<this>): void {
    keepFocus(
      this,
      () => super.update(changed),
      () => [this.#whence(), listBeside(this)],
    );
  }

  protected override render(): TemplateResult {
    return html`
      <div class="visually-hidden" aria-live="polite" aria-atomic="true">${this.text}</div>
      ${this.text === '' ? nothing : this.#renderToast()}
    `;
  }

  #renderToast(): TemplateResult {
    return html`
      <div part="toast" class="rise edge">
        <span class="mark">${icon('alert')}</span>
        <span class="words wrap">${this.text}</span>
        <button
          part="dismiss-button"
          class="icon-button"
          type="button"
          aria-label=${this.#locale.strings.close}
          @click=${() => this.close()}
        >
          ${icon('close')}
        </button>
      </div>
    `;
  }

  #stay(): void {
    ChatToastElement.clock.clearTimeout(this.#timer);
  }

  #leaveLater(): void {
    this.#stay();
    if (this.text !== '' && this.isConnected && this.#held.size === 0)
      this.#timer = ChatToastElement.clock.setTimeout(() => this.close(), STAY);
  }
}
