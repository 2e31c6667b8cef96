import type {Id} from './id.js';
import type {Message} from './message.js';
import type {Participant} from './person.js';

/** What a backend may offer beyond plain messages. What it does not list is not shown. */
export type Feature = 'edit' | 'delete' | 'reply' | 'react' | 'attach' | 'search' | 'mention';

/** A conversation as the list shows it, and as its header does. */
export interface Conversation {
  readonly id: Id;
  readonly title: string;
  readonly avatarUrl: string | null;
  readonly participants: readonly Participant[];
  readonly lastMessage: Message | null;
  readonly unreadCount: number;
  /** The highest revision given in this conversation; `null` where the backend does not count. */
  readonly revision: number | null;
  readonly features: readonly Feature[];
}
