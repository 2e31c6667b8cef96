import type {ChatDatabase} from '../database.js';
import {hashPassword} from '../passwords.js';
import {Conversations} from '../repository/conversations.js';
import {Messages} from '../repository/messages.js';
import {Users} from '../repository/users.js';
import {readHistory, type Line, type Step} from './history.js';

/** Everybody's password. That is why the server listens on loopback only. */
const PASSWORD = 'password';

/** First names in small letters, and names. Everybody's e-mail address is the first name at example.com. */
const PEOPLE: readonly (readonly [string, string])[] = [
  ['ali', 'Ali Karimov'],
  ['vali', 'Vali Yusupov'],
  ['nodira', 'Nodira Rahimova'],
  ['jasur', 'Jasur Toshev'],
  ['malika', 'Malika Saidova'],
];

interface SeedConversation {
  readonly title: string | null;
  readonly members: readonly string[];
  /** The file with what they have written, without its ending; `null` where nobody has written yet. */
  readonly history: string | null;
  /** How many of the last lines nobody has read yet. */
  readonly unread: number;
}

const CONVERSATIONS: readonly SeedConversation[] = [
  {title: null, members: ['ali', 'vali'], history: 'direct', unread: 0},
  {title: 'Design team', members: PEOPLE.map(([name]) => name), history: 'group', unread: 2},
  {title: null, members: ['ali', 'nodira'], history: null, unread: 0},
];

/**
 * Fills an empty database with the people and conversations that the Laravel demo has, under the same ids. Leaves any other
 * database as it is. `now` in milliseconds since 1970: the last lines were written shortly before.
 */
export async function seed(database: ChatDatabase, passwordCost: number, now = Date.now()): Promise<void> {
  if (new Users(database).count() > 0) return;
  // One hash for all: they have the same password, and five hashes would make every start five times as slow.
  const password = await hashPassword(PASSWORD, passwordCost);
  database.transaction(() => new Seeder(database, password, now).run());
}

class Seeder {
  readonly #conversations: Conversations;
  readonly #messages: Messages;
  readonly #userIds: ReadonlyMap<string, number>;
  readonly #now: number;

  constructor(database: ChatDatabase, password: string, now: number) {
    const users = new Users(database);
    this.#conversations = new Conversations(database);
    this.#messages = new Messages(database);
    this.#userIds = new Map(
      PEOPLE.map(([first, name]) => [first, users.add({name, email: `${first}@example.com`, password})] as const),
    );
    this.#now = now;
  }

  run(): void {
    for (const conversation of CONVERSATIONS) this.#converse(conversation);
  }

  #converse({title, members, history, unread}: SeedConversation): void {
    const lines = history === null ? [] : readHistory(history, this.#now);
    const memberIds = members.map((name) => this.#userId(name));
    const id = this.#conversations.add(title, memberIds, new Date(lines[0]?.at ?? this.#now).toISOString());
    const messageIds: number[] = [];
    for (const line of lines) messageIds.push(this.#write(id, line, messageIds));
    const last = messageIds.at(-1);
    if (last === undefined) return;
    this.#conversations.setLastMessage(id, last);
    const read = this.#messages.find(messageIds.at(-1 - unread) ?? 0);
    if (read) for (const userId of memberIds) this.#conversations.setLastRead(id, userId, read.id, read.position);
  }

  #write(conversationId: number, line: Line, earlier: readonly number[]): number {
    const id = this.#messages.add({
      conversationId,
      senderId: this.#userId(line.person),
      tempId: null,
      content: line.text,
      replyToId: line.answers === undefined ? null : (earlier[line.answers] ?? null),
      revision: this.#conversations.nextRevision(conversationId),
      createdAt: new Date(line.at).toISOString(),
    });
    for (const step of line.steps) this.#change(id, step, this.#conversations.nextRevision(conversationId), line.at);
    return id;
  }

  #change(id: number, step: Step, revision: number, at: number): void {
    const time = new Date(at).toISOString();
    if (step.verb === 'edit') this.#messages.edit(id, step.text, revision, time);
    else if (step.verb === 'delete') this.#messages.remove(id, revision, time);
    else {
      this.#messages.addReaction(id, this.#userId(step.person), step.emoji, revision);
      this.#messages.setRevision(id, revision);
    }
  }

  #userId(name: string): number {
    const id = this.#userIds.get(name);
    if (id === undefined) throw new Error(`The seed names ${name}, who does not exist.`);
    return id;
  }
}
