import type {Id} from './id.js';
import type {Message} from './message.js';
import type {Participant} from './person.js';

/** What a backend may offer beyond plain messages. What it does not list is not offered to people. */
export type Feature = 'edit' | 'delete' | 'reply' | 'react' | 'attach' | 'search' | 'mention';

/** A conversation without its messages: what a list of conversations shows, and a header. */
export interface Conversation {
  readonly id: Id;
  /** As this person sees it; empty where the backend gives none. */
  readonly title: string;
  readonly avatarUrl: string | null;
  readonly participants: readonly Participant[];
  /** The newest message, or `null` while there is none. */
  readonly lastMessage: Message | null;
  /** How many messages of others this person has not read. */
  readonly unreadCount: number;
  /** The highest revision in this conversation; `null` where the backend has no revisions. */
  readonly revision: number | null;
  readonly features: readonly Feature[];
}
