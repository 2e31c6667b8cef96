import {ClientController, type ChatClient} from '../context/index.js';
import {LocaleController, type Strings} from '../i18n/index.js';
import {ChatElement} from './chat-element.js';
import {property} from './decorators.js';

/** The base of all elements that show something of a connection: three ways to find it, and the words in the right language. */
export class ConnectedElement extends ChatElement {
  /** The client to use, instead of that of a `<chat-connection>`. Takes precedence over `connection`. */
  @property({attribute: false}) client?: ChatClient | undefined;

  /** The id of a `<chat-connection>` anywhere in the document. Default: the one around this element. */
  @property({reflect: true}) connection?: string | undefined;

  protected readonly clients = new ClientController(this);
  protected readonly locale = new LocaleController(this);

  protected get strings(): Strings {
    return this.locale.strings;
  }
}
