import type {Id} from './id.js';

/** Somebody who takes part in a conversation, as plain data. */
export interface PersonData {
  readonly id: Id;
  /** Empty where it is not known. */
  readonly name: string;
  readonly email?: string | null;
  /** The address of the picture, or `null` to show the initials. */
  readonly avatarUrl?: string | null;
}

/** Somebody who takes part in a conversation, with what can be derived from the name. */
export class Person implements PersonData {
  readonly id: Id;
  readonly name: string;
  readonly email: string | null;
  readonly avatarUrl: string | null;

  constructor(data: Partial<PersonData> & Pick<PersonData, 'id'>) {
    this.id = data.id;
    this.name = data.name ?? '';
    this.email = data.email ?? null;
    this.avatarUrl = data.avatarUrl ?? null;
  }

  /** The name up to its first space, or to the second after an Arabic `عبد`, `أبو` or `أم`, as a line such as "Ali is typing" uses it. */
  get firstName(): string {
    return firstNameOf(this.name);
  }
}

/** A participant of a conversation, and how far that person has read. */
export interface Participant extends PersonData {
  /**
   * The last message that this person had read when the conversation was loaded; `null` for none, or where the backend does not say. What is
   * read later is told by `MessagesReadEvent`, and by the `status` of each message.
   */
  readonly lastReadMessageId: Id | null;
}

/** What an Arabic name cannot be cut off after: Servant of, Father of, Mother of. */
const FIRST_NAME = /((عبد|[أا]بو|[أا]م)\s+)?\S*/u;

/** The first name; the whole name where there is no space; empty where there is no name. */
export function firstNameOf(name: string | null | undefined): string {
  return name?.trim().match(FIRST_NAME)?.[0] ?? '';
}
