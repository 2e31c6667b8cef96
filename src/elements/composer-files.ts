import {adoptStyles, html, nothing, type LitElement, type ReactiveController, type TemplateResult} from 'lit';
import {refusalOf} from '../behaviors/file-rules.js';
import {withoutBidiControls} from '../behaviors/text-shape.js';
import {formatSize, type Strings} from '../i18n/index.js';
import type {ChatComposerElement} from './chat-composer.js';
import styles from './composer-files.styles.js';
import {icon} from './icons.js';

const DRAGS = ['dragstart', 'dragend', 'dragenter', 'dragover', 'dragleave', 'drop'] as const;

/** A name as it stands in a sentence: neither turns the other around. One of plain letters among words from left to right needs nothing for that. */
function isolated(text: string, {direction}: Strings): string {
  const name = withoutBidiControls(text);
  return direction === 'ltr' && /^[ -~]*$/.test(name) ? name : `\u2068${name}\u2069`;
}

/** The files that go with a message: chosen, pasted or dropped, listed, and taken back. Loaded once there may be any. */
export class ComposerFiles implements ReactiveController {
  /** Why the last ones were not taken; empty if they were. */
  problem = '';

  readonly #host: ChatComposerElement;
  readonly #strings: () => Strings;
  /** Where files may be dropped. */
  #area: HTMLElement | undefined;
  /** What in it they are held over. */
  #over: EventTarget | undefined;
  /** What of it is being dragged: a picture, which comes as a file. */
  #dragged: EventTarget | undefined;
  /** The files as they were left here. */
  #taken: readonly File[] = [];

  constructor(host: ChatComposerElement, strings: () => Strings) {
    this.#host = host;
    this.#strings = strings;
    const root = host.renderRoot as ShadowRoot;
    const {elementStyles} = host.constructor as typeof LitElement;
    adoptStyles(root, [...elementStyles, styles]);
    root.addEventListener('paste', (event) => this.#paste(event as ClipboardEvent));
    host.addController(this);
    host.requestUpdate();
  }

  hostConnected(): void {
    const host = this.#host;
    // Who drops a file into a conversation need not aim.
    const around = host.closest('chat-conversation') ?? (host.getRootNode() as Partial<ShadowRoot>).host;
    this.#area = around?.matches('chat-conversation') ? (around as HTMLElement) : host;
    for (const type of DRAGS) this.#area.addEventListener(type, this.#drag);
  }

  hostDisconnected(): void {
    for (const type of DRAGS) this.#area?.removeEventListener(type, this.#drag);
  }

  hostUpdate(): void {
    // Whoever has set other files, as for another conversation, wants to hear no more of these.
    if (this.#host.files !== this.#taken) this.problem = '';
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
    `;
  }

  /** The files, and how to take one back. */
  renderList(): TemplateResult | typeof nothing {
    const {files, disabled} = this.#host;
    const strings = this.#strings();
    if (files.length === 0) return nothing;
    return html`
      <ul part="files" class="files" aria-label=${strings.attachedFiles}>
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
    // So that the same file may be chosen again after it was removed.
    chooser.value = '';
    this.#host.focus();
  }

  #paste(event: ClipboardEvent): void {
    const {clipboardData: data} = event;
    const files = [...(data?.files ?? [])];
    // A word processor or a table gives its text a picture along. A file that was copied has its name as text, and no markup.
    const isText = data?.getData('text/plain') && data.getData('text/html');
    if (this.#host.accept == null || files.length === 0 || isText) return;
    event.preventDefault();
    this.#take(files, data?.items);
  }

  readonly #drag = (event: DragEvent): void => {
    const host = this.#host;
    const {type, dataTransfer: data} = event;
    const [over] = event.composedPath();
    if (/start|end$/.test(type)) this.#dragged = type === 'dragend' ? undefined : over;
    // What has left the page meanwhile tells nobody that it is dragged no more.
    if ((this.#dragged as Node | undefined)?.isConnected) return;
    // From one thing to another, the new one is entered before the old one is left.
    if (type !== 'dragleave') this.#over = over;
    else if (over !== this.#over) return;
    const files = data?.types.includes('Files') && host.accept != null && !host.disabled ? data.files : undefined;
    host.toggleAttribute('data-drop', !!files && /enter|over/.test(type));
    if (!files || type === 'dragleave') return;
    event.preventDefault();
    if (type === 'drop') this.#take([...files], data?.items);
  };

  /** `items` are what the files were handed over as, where they were not chosen. */
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
    for (const [i, file] of files.entries()) {
      // A folder looks like a file, and no browser can read it when it is to be sent.
      const refusal = entries[i]?.isDirectory ? 'kind' : refusalOf(file, rules);
      if (refusal) problems.push(words[refusal](isolated(file.name, strings)));
      else taken.push(file);
    }
    host.files = this.#taken = taken;
    this.problem = problems.join(' ');
  }

  #remove(file: File): void {
    const host = this.#host;
    host.files = host.files.filter((other) => other !== file);
    host.focus();
  }
}
