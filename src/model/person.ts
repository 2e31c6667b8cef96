import type {Id} from './id.js';

/** Somebody who takes part in a conversation. */
export interface PersonData {
  readonly id: Id;
  readonly name: string;
  readonly email?: string | null;
  /** Where the picture is, or `null` to show initials. */
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

  /** The name up to its first space: what a typing line or a greeting calls a person. */
  get firstName(): string {
    return firstNameOf(this.name);
  }
}

/** A participant, with how far that person has read. */
export interface Participant extends PersonData {
  readonly lastReadMessageId: Id | null;
}

/** The name up to its first space; the whole name where there is none. Empty for nobody's name. */
export function firstNameOf(name: string | null | undefined): string {
  return name?.trim().split(/\s+/u, 1)[0] ?? '';
}
