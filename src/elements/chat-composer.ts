import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {AutoGrow} from '../behaviors/auto-grow.js';
import {keepPage} from '../behaviors/keep-page.js';
import {isSubmitKey} from '../behaviors/submit-on-enter.js';
import {toldAgain} from '../behaviors/told-again.js';
import {cleanText, hasControls, lengthOf} from '../behaviors/written-text.js';
import {warnAbout} from '../context/index.js';
import {LocaleController} from '../i18n/index.js';
import {buttonStyles, hostStyles, scrollbarStyles} from '../styles/index.js';
import styles from './chat-composer.styles.js';
import {ChatElement} from './chat-element.js';
import type {ComposerFiles} from './composer-files.js';
import {property, query} from './decorators.js';
import {emit} from './dom-events.js';
import {icon} from './icons.js';

const DEFAULT_MAX_LENGTH = 4000;
const DEFAULT_MAX_FILE_SIZE = 10_000_000;

/** The note below the field. */
interface Note {
  /** What it is about. It is announced to screen readers when this changes. */
  readonly kind: string;
  readonly text: string;
  readonly isProblem: boolean;
}

/**
 * The field in which a message is written. Enter sends, Shift+Enter breaks the line, and the composition of an input method is never
 * interrupted. It does not send by itself: it fires `chat-submit` and empties itself.
 *
 * Text that cannot be sent stays in the field, with a note that says why.
 *
 * @customElement chat-composer
 *
 * @csspart base - Wraps everything that is rendered.
 * @csspart input - The text field.
 * @csspart send-button - The button that sends.
 * @csspart attach-button - The button that chooses files; only with `accept`.
 * @csspart files - The list of the files that go with the message.
 * @csspart note - The note below the field.
 *
 * @cssprop [--chat-composer-field-background=var(--chat-color-canvas)] - The background of the text field.
 *
 * @fires {ChatSubmitEvent} chat-submit - A person wants to send what was written.
 * @fires {Event} input - The text has changed: by typing, or because it was sent.
 * @fires {ChatTypingEvent} chat-typing - A person is typing. At every change of the text.
 */
export class ChatComposerElement extends ChatElement {
  static override styles = [hostStyles, buttonStyles, scrollbarStyles, styles];

  /** The text in the field. */
  @property() value = '';

  /** The text that shows while the field is empty. Default: `Message`, in the language of the page. */
  @property() placeholder?: string | undefined;

  /** Whether nothing can be written or sent. */
  @property({type: Boolean, reflect: true}) disabled = false;

  /** How many characters (code points) a message may have. Default 4000. */
  @property({type: Number, attribute: 'max-length'}) maxLength = DEFAULT_MAX_LENGTH;

  /** How many bytes a file may have. Default 10,000,000. */
  @property({type: Number, attribute: 'max-file-size'}) maxFileSize = DEFAULT_MAX_FILE_SIZE;

  /**
   * Which files may be attached, as in `<input type="file" accept>`: by choosing, pasting or dropping them, inside a `<chat-conversation>`
   * anywhere in it. While it is not set, none may.
   */
  @property() accept?: string | undefined;

  /** The files that go with the message. */
  @property({attribute: false}) files: readonly File[] = [];

  @query('textarea') private readonly field!: HTMLTextAreaElement;

  readonly #locale = new LocaleController(this);
  #attached: ComposerFiles | undefined;
  #loading: Promise<void> | undefined;
  #announced: Note = {kind: '', text: '', isProblem: false};

  constructor() {
    super();
    new AutoGrow(this, () => this.renderRoot.querySelector('textarea'));
  }

  /** Puts the cursor into the field. */
  override focus(options?: FocusOptions): void {
    // It may have been disabled until right before.
    if (this.isConnected && this.isUpdatePending) this.performUpdate();
    if (this.hasUpdated) this.field.focus(options);
    else void this.updateComplete.then(() => this.field.focus(options));
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#loading;
    return super.getUpdateComplete();
  }

  protected override willUpdate(): void {
    const {value, files}: {readonly value: unknown; readonly files: unknown} = this;
    if (typeof value !== 'string') this.value = '';
    // A file made in a frame is no instance of this window's `File`, but it has a name; a blob has none.
    const given: readonly (Partial<File> | null)[] = Array.isArray(files) ? files : [];
    const kept = given.filter((file): file is File => file?.name != null);
    if (given !== files || kept.length < given.length) {
      // A framework sets a property to undefined when it is no longer given.
      if (files != null) warnAbout(this, 'files cannot work: set it to an array of files.');
      this.files = kept;
    }
    this.#checkNumber('maxLength', 'max-length', DEFAULT_MAX_LENGTH);
    this.#checkNumber('maxFileSize', 'max-file-size', DEFAULT_MAX_FILE_SIZE);
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    // Compared with the field itself, since a person may have typed meanwhile. Setting the same text again would move the cursor.
    if (this.field.value !== this.value) this.field.value = this.value;
    // Tried again with each message that was sent, and not with each key.
    const isDue = changed.has('accept') || changed.has('files');
    if (isDue && (this.accept != null || this.files.length > 0)) this.#loading ??= this.#load();
  }

  protected override render(): TemplateResult {
    const {strings} = this.#locale;
    const note = this.#note();
    return html`
      <form part="base" novalidate @submit=${this.#submit} @dragover=${keepPage} @drop=${keepPage}>
        ${this.#attached?.renderList()}
        <div class="row">
          ${this.#attached?.renderButton()}
          <textarea
            part="input"
            rows="1"
            dir=${this.value === '' ? nothing : 'auto'}
            enterkeyhint="send"
            aria-label=${strings.composer}
            aria-describedby="note"
            aria-invalid=${note.isProblem}
            placeholder=${this.placeholder ?? strings.placeholder}
            ?disabled=${this.disabled}
            @input=${this.#write}
            @keydown=${this.#submitOnEnter}
          ></textarea>
          ${this.#renderSend()}
        </div>
        <div id="note" part="note" class=${note.isProblem ? 'problem' : ''}>${note.text}</div>
        <div class="visually-hidden" role="alert">${this.#announce(note)}</div>
      </form>
    `;
  }

  #renderSend(): TemplateResult {
    const isReady = this.#isReady;
    // Not `disabled` while there is nothing to send: that would take the focus from a person who has just sent with this button.
    return html`
      <button
        part="send-button"
        class="icon-button send ${isReady ? 'main' : ''}"
        type="submit"
        aria-label=${this.#locale.strings.send}
        aria-disabled=${!isReady}
        ?disabled=${this.disabled}
        @mousedown=${this.#keepFocus}
      >
        ${icon('send')}
      </button>
    `;
  }

  /** Loads the code for files. Never rejects: without it no files can be attached, but text can be sent. */
  #load(): Promise<void> {
    return import('./composer-files.js').then(
      ({ComposerFiles}) => {
        this.#attached = new ComposerFiles(this, () => this.#locale.strings);
      },
      () => {
        this.#loading = undefined;
      },
    );
  }

  /** The most important thing to say about what is written. */
  #note(): Note {
    const {strings} = this.#locale;
    const left = this.maxLength - lengthOf(cleanText(this.value));
    if (left < 0) return {kind: 'long', text: strings.tooLong(-left, this.maxLength), isProblem: true};
    const problem = this.#attached?.problem;
    if (problem) return {kind: problem, text: problem, isProblem: true};
    if (hasControls(this.value)) return {kind: 'controls', text: strings.controlsRemoved, isProblem: false};
    if (left <= Math.min(100, this.maxLength / 10)) return {kind: 'left', text: strings.charactersLeft(left), isProblem: false};
    return {kind: '', text: '', isProblem: false};
  }

  /** The text for screen readers: the note as it was when its kind last changed, so that it is not announced again with every key. */
  #announce(note: Note): string {
    if (note.kind !== this.#announced.kind) this.#announced = note;
    return this.#announced.text;
  }

  /** Announces a problem again, as it is by now. */
  #repeat(): void {
    const note = this.#note();
    if (note.isProblem) this.#announced = {...note, text: toldAgain(note.text, this.#announced.text)};
    this.requestUpdate();
  }

  get #isReady(): boolean {
    const content = cleanText(this.value);
    return !this.disabled && (content !== '' || this.files.length > 0) && lengthOf(content) <= this.maxLength;
  }

  #submit(event: Event): void {
    event.preventDefault();
    // What puts text into the field by itself, such as an extension for dictation, may fire no event.
    if (!this.isUpdatePending) this.value = this.field.value;
    if (!this.#isReady) return this.#repeat();
    const detail = {content: cleanText(this.value), files: [...this.files]};
    // Emptied before the event, so that a listener may put back what could not be sent.
    this.value = '';
    this.files = [];
    // For hosts that bind the text as a model (`v-model`): the browser fires `input` only for what a person types.
    this.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
    emit(this, 'chat-submit', detail);
    this.focus();
  }

  #submitOnEnter(event: KeyboardEvent): void {
    if (isSubmitKey(event)) this.#submit(event);
  }

  #write(): void {
    this.value = this.field.value;
    if (this.#attached) this.#attached.problem = '';
    if (this.value.trim() !== '') emit(this, 'chat-typing');
  }

  /** On a phone, the keyboard would close and open again if the button took the focus from the field. */
  #keepFocus(event: MouseEvent): void {
    event.preventDefault();
  }

  #checkNumber(name: 'maxLength' | 'maxFileSize', attribute: string, fallback: number): void {
    const given: unknown = this[name];
    if (this[name] > 0) return;
    // No warning for undefined or null: the property, or the attribute, was only removed.
    if (given != null) warnAbout(this, `${attribute} cannot work: set it to a number above 0. ${fallback} is used.`);
    this[name] = fallback;
  }
}
