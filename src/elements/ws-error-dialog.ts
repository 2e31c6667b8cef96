import {nothing, type PropertyValues, type TemplateResult} from 'lit';
import {StatusController, warnAbout} from '../context/index.js';
import type {ConnectionStatus} from '../model/index.js';
import {buttonStyles, hostStyles, scrollbarStyles} from '../styles/index.js';
import {ConnectedElement} from './connected-element.js';
import {property} from './decorators.js';
import type {ErrorDialog} from './error-dialog.js';

/**
 * A dialog that says that there is no connection and what becomes of unsent messages, and offers to try again. It opens by itself after
 * five failed attempts in a row or when the server refuses, and closes by itself once connected. When a person has closed it, it stays
 * closed until there was a connection, or until something else is wrong.
 *
 * @customElement ws-error-dialog
 *
 * @csspart dialog - The dialog.
 *
 * @fires {WsRetryEvent} ws-retry - A person asked to try again. The connection has been told already.
 */
export class WsErrorDialogElement extends ConnectedElement {
  static override styles = [hostStyles, buttonStyles, scrollbarStyles];

  /** The error to show instead of the status of the connection: a `ChatError`, or any error. It does not open the dialog. */
  @property({attribute: false}) error?: Error | undefined;

  /** Whether messages that are written without a connection survive a reload. The text says so. */
  @property({attribute: false}) unsentIsSafe = false;

  readonly #status = new StatusController(this, this.clients, (status) => this.#consider(status));
  #dialog: ErrorDialog | undefined;
  #loading: Promise<void> | undefined;

  /** Opens the dialog. */
  show(): void {
    if (this.isConnected) void this.#load().then(() => this.#dialog?.show());
  }

  /** Closes the dialog. The focus goes back to where it was. */
  close(): void {
    this.#dialog?.close();
    // It may have been told to open, and not come to it yet.
    void this.#loading?.then(() => this.#dialog?.close());
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    await this.#loading;
    return super.getUpdateComplete();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('error') || this.error == null || this.error instanceof Error) return;
    warnAbout(this, 'error cannot work: set it to an Error.');
    this.error = undefined;
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.#dialog?.render() ?? nothing;
  }

  #consider(status: ConnectionStatus | undefined): void {
    this.#dialog?.consider(status);
    // As soon as there is a connection, for without one the code may not be to be had.
    if (status && status.state !== 'idle' && status.state !== 'connecting') void this.#load();
  }

  /** Never rejects. What could not be loaded is loaded at the next occasion. */
  #load(): Promise<void> {
    return (this.#loading ??= import('./error-dialog.js').then(
      ({ErrorDialog}) => {
        const {clients, locale} = this;
        this.#dialog = new ErrorDialog(this, {
          clients,
          locale,
          status: this.#status,
          error: () => this.error,
          unsentIsSafe: () => this.unsentIsSafe,
        });
      },
      () => {
        this.#loading = undefined;
      },
    ));
  }
}
