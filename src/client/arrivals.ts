import {isConfirmed, Listeners, type Message} from '../model/index.js';
import type {Taken} from '../store/index.js';
import type {ConversationContext} from './conversation-context.js';
import type {Sending} from './sending.js';
import type {MessageNews} from './types.js';
import type {Typing} from './typing.js';
import type {Unread} from './unread.js';

interface Others {
  readonly sending: Sending;
  readonly typing: Typing;
  readonly unread: Unread;
}

/** What follows from messages that came into the log: news for the page, unread ones, own ones that need not wait any longer. */
export class Arrivals {
  readonly news = new Listeners<[MessageNews]>();
  readonly #context: ConversationContext;
  readonly #others: Others;

  constructor(context: ConversationContext, others: Others) {
    this.#context = context;
    this.#others = others;
  }

  /** `live`: they came over the wire just now, and not by catching up. */
  follow({added, replaced, addedByOthers}: Taken, live: boolean): void {
    const {store, state} = this.#context;
    for (const message of added) this.settle(message);
    for (const {tempId} of replaced) this.settle(tempId === null ? undefined : store.log.get(tempId));
    if (added.length === 0) return;
    for (const {sender} of added) this.#others.typing.stop(sender.id);
    const {phase, sync} = state.state;
    if (phase !== 'ready') return;
    this.#others.unread.add(addedByOthers, !live && sync !== 'live');
    for (const message of addedByOthers) {
      this.news.call({type: 'received', message});
      this.#context.host.received(message);
    }
  }

  /** An own message that was waiting is confirmed by whatever brings it first: the answer, the echo, or catching up. */
  settle(message: Message | undefined): void {
    if (!message?.tempId || !isConfirmed(message) || !this.#others.sending.stored(message)) return;
    const {host, store} = this.#context;
    void host.session.outbox.confirm(message.tempId);
    this.news.call({type: 'sent', message: store.log.get(message.id) ?? message});
  }
}
