import {html, nothing, type LitElement, type ReactiveController, type TemplateResult} from 'lit';
import {refusalOf} from '../behaviors/file-rules.js';
import {withoutBidiControls} from '../behaviors/text-shape.js';
import {toldAgain} from '../behaviors/told-again.js';
import {formatSize, type Strings} from '../i18n/index.js';
import type {ChatComposerElement} from './chat-composer.js';
import styles from './composer-files.styles.js';
import {icon} from './icons.js';

const DRAGS = ['dragstart', 'dragend', 'dragenter', 'dragover', 'dragleave', 'drop'] as const;

/** A name made safe for a sentence: isolated, so that neither changes the direction of the other. Plain ASCII in a left-to-right language needs no isolation. */
function isolated(text: string, {direction}: Strings): string {
  const name = withoutBidiControls(text);
  return direction === 'ltr' && /^[ -~]*$/.test(name) ? name : `\u2068${name}\u2069`;
}

/** The files of a message: choosing, pasting, dropping, listing and removing them. Loaded once there may be any. */
export class ComposerFiles implements ReactiveController {
  /** Why some of the last files were not accepted; empty if all were. */
  problem = '';

  /** Which files were last added, for screen readers. */
  #told = '';
  readonly #host: ChatComposerElement;
  readonly #strings: () => Strings;
  /** Where files may be dropped. */
  #area: HTMLElement | undefined;
  /** The element in it that files are being dragged over. */
  #over: EventTarget | undefined;
  /** The element of it that is itself being dragged: a picture, which would look like a file. */
  #dragged: EventTarget | undefined;
  /** The files as last set here. */
  #taken: readonly File[] = [];

  constructor(host: ChatComposerElement, strings: () => Strings) {
    this.#host = host;
    this.#strings = strings;
    const root = host.renderRoot as ShadowRoot;
    const {elementStyles} = host.constructor as typeof LitElement;
    host.wear([...elementStyles, styles]);
    root.addEventListener('paste', (event) => this.#paste(event as ClipboardEvent));
    host.addController(this);
    host.requestUpdate();
  }

  hostConnected(): void {
    const host = this.#host;
    // Files may be dropped anywhere in the conversation.
    const around = host.closest('chat-conversation') ?? (host.getRootNode() as Partial<ShadowRoot>).host;
    this.#area = around?.matches('chat-conversation') ? (around as HTMLElement) : host;
    for (const type of DRAGS) this.#area.addEventListener(type, this.#drag);
  }

  hostDisconnected(): void {
    for (const type of DRAGS) this.#area?.removeEventListener(type, this.#drag);
  }

  hostUpdate(): void {
    // Other files were set from outside, e.g. for another conversation, so the note about these is out of date.
    if (this.#host.files !== this.#taken) this.problem = this.#told = '';
  }

  /** The button that chooses files; nothing where none may be. */
  renderButton(): TemplateResult | typeof nothing {
    const {accept, disabled} = this.#host;
    if (accept == null) return nothing;
    return html`
      <button
        part="attach-button"
        class="icon-button"
        type="button"
        aria-label=${this.#strings().attach}
        ?disabled=${disabled}
        @click=${() => this.#chooser?.click()}
      >
        ${icon('clip')}
      </button>
      <input type="file" hidden multiple accept=${accept} @change=${() => this.#takeChosen()} />
      <span class="visually-hidden" aria-live="polite" aria-atomic="true">${this.#told}</span>
    `;
  }

  /** The list of files, each with a button to remove it. */
  renderList(): TemplateResult | typeof nothing {
    const {files, disabled} = this.#host;
    const strings = this.#strings();
    if (files.length === 0) return nothing;
    return html`
      <ul part="files" class="files" role="list" aria-label=${strings.attachedFiles}>
        ${files.map(
          (file) => html`
            <li>
              <bdi class="wrap">${withoutBidiControls(file.name)}</bdi>
              <bdi class="file-size">${formatSize(strings.locale, file.size)}</bdi>
              <button
                class="icon-button"
                type="button"
                aria-label=${strings.removeFile(file.name)}
                ?disabled=${disabled}
                @click=${() => this.#remove(file)}
              >
                ${icon('close')}
              </button>
            </li>
          `,
        )}
      </ul>
    `;
  }

  get #chooser(): HTMLInputElement | null {
    return this.#host.renderRoot.querySelector('input[type=file]');
  }

  #takeChosen(): void {
    const chooser = this.#chooser;
    if (!chooser) return;
    this.#take([...(chooser.files ?? [])]);
    // Otherwise choosing the same file again, after removing it, would be no change.
    chooser.value = '';
    this.#host.focus();
  }

  #paste(event: ClipboardEvent): void {
    const {clipboardData: data} = event;
    const files = [...(data?.files ?? [])];
    // Word processors and spreadsheets add a picture to the text that they copy. A copied file has its name as text, but no HTML.
    const isText = data?.getData('text/plain') && data.getData('text/html');
    // The page may have taken them itself.
    if (event.defaultPrevented || this.#host.accept == null || files.length === 0 || isText) return;
    event.preventDefault();
    this.#take(files, data?.items);
  }

  readonly #drag = (event: DragEvent): void => {
    const host = this.#host;
    const {type, dataTransfer: data} = event;
    const [over] = event.composedPath();
    if (/start|end$/.test(type)) this.#dragged = type === 'dragend' ? undefined : over;
    // If the dragged element has been removed from the page, no `dragend` comes.
    if ((this.#dragged as Node | undefined)?.isConnected) return;
    // Between two elements, `dragenter` of the new one comes before `dragleave` of the old one.
    if (type !== 'dragleave') this.#over = over;
    else if (over !== this.#over) return;
    const files = data?.types.includes('Files') && host.accept != null && !host.disabled ? data.files : undefined;
    host.toggleAttribute('data-drop', !!files && /enter|over/.test(type));
    if (!files) return;
    event.preventDefault();
    if (type === 'drop') this.#take([...files], data?.items);
  };

  /** Adds files. `items`: the items that they were pasted or dropped as. */
  #take(files: readonly File[], items?: DataTransferItemList): void {
    const host = this.#host;
    const strings = this.#strings();
    const rules = {accept: host.accept ?? '', maxSize: host.maxFileSize};
    const words = {
      size: (name: string) => strings.fileTooLarge(name, formatSize(strings.locale, host.maxFileSize)),
      kind: strings.fileNotAccepted,
    };
    const problems: string[] = [];
    const taken = [...host.files];
    const entries = [...(items ?? [])].filter(({kind}) => kind === 'file').map((item) => item.webkitGetAsEntry());
    files.forEach((file, i) => {
      // A folder looks like a file, but cannot be read when it is to be sent.
      const refusal = entries[i]?.isDirectory ? 'kind' : refusalOf(file, rules);
      if (refusal) problems.push(words[refusal](isolated(file.name, strings)));
      else taken.push(file);
    });
    const added = taken.slice(host.files.length).map(({name}) => isolated(name, strings));
    const told = added.length > 0 ? `${strings.attachedFiles}: ${added.join(', ')}` : '';
    this.#told = toldAgain(told, this.#told);
    host.files = this.#taken = taken;
    this.problem = toldAgain(problems.join(' '), this.problem);
  }

  #remove(file: File): void {
    const host = this.#host;
    host.files = host.files.filter((other) => other !== file);
    host.focus();
  }
}
