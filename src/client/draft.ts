import type {ConversationContext} from './conversation-context.js';

/** The text of one conversation that is written but not sent: the same in every tab of the person, and kept over a reload. */
export class Draft {
  readonly #context: ConversationContext;

  constructor(context: ConversationContext) {
    this.#context = context;
  }

  get text(): string {
    return this.#context.state.state.draft;
  }

  /** The person has changed it in this tab. */
  write(text: string): void {
    if (text === this.text) return;
    const {id, session} = this.#context;
    this.take(text);
    session.tabs.tell({type: 'draft', conversationId: id, text});
    void session.storage.keepDraft(id, text);
  }

  /** It was changed in another tab. */
  take(text: string): void {
    this.#context.state.set({draft: text});
  }

  async restore(): Promise<void> {
    const {id, session, signal} = this.#context;
    const text = await session.storage.draft(id);
    // A draft that was written, or a person who came, in the meantime takes precedence.
    if (text && !this.text && !signal.aborted) this.take(text);
  }
}
