import type {Id} from '../model/index.js';
import type {WireAttachment, WireUser} from './wire.js';

/** A person to introduce. */
export interface UserSeed {
  readonly id: Id;
  /** Default `User <id>`. */
  readonly name?: string | undefined;
  /** Default: made from the name, at example.com. The password of everybody is `password`. */
  readonly email?: string | undefined;
  readonly avatarUrl?: string | null | undefined;
}

/** A message to store. */
export interface MessageSeed {
  /** Who wrote it. */
  readonly from: Id;
  readonly content: string;
  /** When, in the history of a conversation. Default: one a minute, the last one a minute ago. */
  readonly at?: Date | string | number;
  readonly tempId?: string | null;
  readonly replyToId?: Id | null;
  readonly attachments?: readonly WireAttachment[];
}

/** A conversation to add. */
export interface ConversationSeed {
  readonly id: Id;
  /** Default: the names of the participants. */
  readonly title?: string | undefined;
  /** Default: everybody known so far. */
  readonly participants?: readonly Id[] | undefined;
  /** Default: all there are. */
  readonly features?: readonly string[] | undefined;
  /** Its history, oldest first; a number makes up so many. Default: none. */
  readonly messages?: readonly MessageSeed[] | number | undefined;
}

/** Settings of a fake server. */
export interface FakeServerOptions {
  readonly users?: readonly UserSeed[];
  readonly conversations?: readonly ConversationSeed[];
  /** What the virtual clock shows at first (ms since the epoch). Default 2026-01-01T12:00:00Z. */
  readonly now?: number;
  /** Decides all that is left to chance. The same seed, the same run. Default 1. */
  readonly seed?: number;
  /** Default `fake-key`. */
  readonly appKey?: string;
  /** A channel for each conversation, beside the users' own, e.g. `presence-conversation.{id}`. Default none. */
  readonly conversationChannel?: string | null;
  /** After how much silence clients are told to ping (s). Default 30, as Reverb. */
  readonly activityTimeout?: number;
  /** Whether there is a route for changes. Default `true`. */
  readonly changes?: boolean;
  /** Whether it counts: without `revision` and `position`, neither answers nor events carry them. Default `true`. */
  readonly revisions?: boolean;
  /** Who may join which channel. Default: a user's channel its user, a conversation's its participants, any other everybody. */
  readonly authorize?: ((user: WireUser, channel: string) => boolean) | undefined;
}
