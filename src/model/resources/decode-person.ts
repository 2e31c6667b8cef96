import {Person, type Participant, type PersonData} from '../person.js';
import {Fields} from './fields.js';

/** `{id, name, email, avatar_url}`; only the id must be there. */
export function decodePerson(value: unknown, path = 'user'): Person {
  return new Person(personData(new Fields(value, path)));
}

/** A person, with `last_read_message_id`. */
export function decodeParticipant(value: unknown, path = 'participant'): Participant {
  const fields = new Fields(value, path);
  return {...personData(fields), lastReadMessageId: fields.idOrNull('last_read_message_id')};
}

/** The plain form of a person, as it stands in a reply preview. */
export function decodePersonData(value: unknown, path = 'user'): PersonData {
  return personData(new Fields(value, path));
}

function personData(fields: Fields): PersonData {
  return {
    id: fields.id('id'),
    name: fields.name('name'),
    email: fields.textOrNull('email'),
    avatarUrl: fields.urlOrNull('avatar_url'),
  };
}
