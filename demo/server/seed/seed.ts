import type {ChatDatabase} from '../database.js';
import {hashPassword} from '../passwords.js';
import {Conversations} from '../repository/conversations.js';
import {Messages} from '../repository/messages.js';
import {Users} from '../repository/users.js';
import {aliAndVali} from './ali-and-vali.js';
import {designTeam} from './design-team.js';
import type {Line} from './script.js';

/** Everybody's password. That is why the server listens on loopback only. */
const PASSWORD = 'password';

const PEOPLE = [
  {name: 'Ali Karimov', email: 'ali@example.com'},
  {name: 'Vali Yusupov', email: 'vali@example.com'},
  {name: 'Nodira Rahimova', email: 'nodira@example.com'},
  {name: 'Jasur Toshev', email: 'jasur@example.com'},
  {name: 'Malika Saidova', email: 'malika@example.com'},
] as const;

interface SeedConversation {
  readonly title: string | null;
  /** Indices into `PEOPLE`. */
  readonly members: readonly number[];
  readonly lines: readonly Line[];
  readonly startsAt: string;
  /** How many of the last lines the others have not read yet. */
  readonly unread: number;
}

const CONVERSATIONS: readonly SeedConversation[] = [
  {title: null, members: [0, 1], lines: aliAndVali, startsAt: '2026-01-12T08:55:00.000Z', unread: 0},
  {title: 'Design team', members: [0, 1, 2, 3, 4], lines: designTeam, startsAt: '2026-01-15T12:02:00.000Z', unread: 2},
  {title: null, members: [0, 2], lines: [], startsAt: '2026-01-16T09:00:00.000Z', unread: 0},
];

/** Fills an empty database with people and their conversations, the same ones each time. Leaves any other as it is. */
export async function seed(database: ChatDatabase): Promise<void> {
  if (new Users(database).count() > 0) return;
  const passwords = await Promise.all(PEOPLE.map(() => hashPassword(PASSWORD)));
  database.transaction(() => {
    const users = new Users(database);
    const ids = PEOPLE.map((person, index) => users.add({...person, password: passwords[index] ?? ''}));
    for (const conversation of CONVERSATIONS) addConversation(database, conversation, ids);
  });
}

function addConversation(database: ChatDatabase, conversation: SeedConversation, userIds: readonly number[]): void {
  const conversations = new Conversations(database);
  const members = conversation.members.map((index) => at(userIds, index));
  const id = conversations.add(conversation.title, members, conversation.startsAt);
  const messageIds: number[] = [];
  let time = Date.parse(conversation.startsAt);
  for (const line of conversation.lines) {
    time += line.after * 60_000;
    messageIds.push(addLine(database, {conversationId: id, line, time, userIds, earlier: messageIds}));
  }
  const last = messageIds.at(-1);
  if (last !== undefined) conversations.setLastMessage(id, last);
  const read = new Messages(database).find(messageIds.at(-1 - conversation.unread) ?? 0);
  if (read) for (const userId of members) conversations.setLastRead(id, userId, read.id, read.position);
}

interface Placement {
  readonly conversationId: number;
  readonly line: Line;
  /** In milliseconds since 1970. */
  readonly time: number;
  readonly userIds: readonly number[];
  readonly earlier: readonly number[];
}

function addLine(database: ChatDatabase, {conversationId, line, time, userIds, earlier}: Placement): number {
  const messages = new Messages(database);
  const conversations = new Conversations(database);
  const nextRevision = (): number => conversations.nextRevision(conversationId);
  const later = new Date(time + 40_000).toISOString();
  const id = messages.add({
    conversationId,
    senderId: at(userIds, line.by),
    tempId: null,
    content: line.text,
    replyToId: line.answers === undefined ? null : at(earlier, earlier.length - line.answers),
    revision: nextRevision(),
    createdAt: new Date(time).toISOString(),
  });
  for (const [emoji, chosenBy] of Object.entries(line.reactions ?? {})) {
    for (const person of chosenBy) {
      const revision = nextRevision();
      messages.addReaction(id, at(userIds, person), emoji, revision);
      messages.setRevision(id, revision);
    }
  }
  if (line.edited) messages.edit(id, line.text, nextRevision(), later);
  if (line.deleted) messages.remove(id, nextRevision(), later);
  return id;
}

function at(ids: readonly number[], index: number): number {
  const id = ids[index];
  if (id === undefined) throw new Error(`The seed names number ${index}, which does not exist.`);
  return id;
}
