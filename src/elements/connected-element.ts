import {LitElement} from 'lit';
import {ClientController, type ChatClient} from '../context/index.js';
import {LocaleController, type Strings} from '../i18n/index.js';
import {property} from './decorators.js';

/** What all elements have that show something of a connection: three ways to find it, and words in the right language. */
export class ConnectedElement extends LitElement {
  /** The client to talk through, where no `<chat-connection>` is to be asked. Goes before `connection`. */
  @property({attribute: false}) client?: ChatClient | undefined;

  /** The id of a `<chat-connection>` anywhere in the document. Left unset, the one around this element is used. */
  @property({reflect: true}) connection?: string | undefined;

  protected readonly clients = new ClientController(this);
  protected readonly locale = new LocaleController(this);

  protected get strings(): Strings {
    return this.locale.strings;
  }
}
