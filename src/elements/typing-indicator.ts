import {html, type TemplateResult} from 'lit';
import {withoutBidiControls} from '../behaviors/text-shape.js';
import {ConversationController, warnAbout} from '../context/index.js';
import {firstNameOf, type Id, type PersonData} from '../model/index.js';
import {hostStyles} from '../styles/index.js';
import {ConnectedElement} from './connected-element.js';
import {property} from './decorators.js';
import styles from './typing-indicator.styles.js';

/** How many names are spelt out before the rest become a number. */
const MAX_NAMES = 2;

/**
 * Shows who is typing at the moment, and nothing when nobody is.
 *
 * Inside `<chat-connection>` it needs no more than `conversation-id`. On its own, set `users`.
 *
 * @customElement typing-indicator
 *
 * @csspart base - Wraps everything that is rendered.
 * @csspart text - The sentence.
 * @csspart dots - The three dots.
 *
 * @cssprop [--chat-typing-indicator-color=var(--chat-color-text-muted)] - The colour of the sentence and the dots.
 */
export class TypingIndicatorElement extends ConnectedElement {
  static override styles = [hostStyles, styles];

  /** The id of the conversation. */
  @property({attribute: 'conversation-id'}) conversationId?: Id | undefined;

  /** The people who are typing. While it is not set, they come from the connection. */
  @property({attribute: false}) users?: readonly PersonData[] | undefined;

  readonly #typing = new ConversationController(this, {
    clients: this.clients,
    id: () => this.conversationId,
    select: (snapshot) => snapshot.typing,
  });

  protected override willUpdate(): void {
    if (this.users == null || Array.isArray(this.users)) return;
    warnAbout(this, 'users cannot work: set it to an array of people ({id, name}).');
    this.users = [];
  }

  protected override render(): TemplateResult {
    // A page that looks people up by their ids may have no one for some of them.
    const users = (this.users ?? this.#typing.value ?? []).filter(Boolean);
    // The live region stays in the page while it is empty: a screen reader announces what changes inside a region
    // it already knows, and often misses a region that appears. It has no role: of a `status`, Orca 48 drops what changes
    // together with anything else, such as the dots, and where it is empty, it says "status bar".
    return html`
      <div part="base">
        ${users[0] && html`<span part="dots" aria-hidden="true"><i></i><i></i><i></i></span>`}
        <span part="text" class="wrap" aria-live="polite" aria-atomic="true">${users[0] && this.#sentence(users)}</span>
      </div>
    `;
  }

  #sentence(users: readonly PersonData[]): string {
    const names = users
      .slice(0, MAX_NAMES)
      .map((user) => withoutBidiControls(firstNameOf(user.name)) || this.strings.unknownPerson);
    return this.strings.typing(names, users.length - names.length);
  }
}
