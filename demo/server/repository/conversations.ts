import type {ChatDatabase} from '../database.js';
import type {ConversationRow, ParticipantRow} from './rows.js';

/** Where a page of conversations goes on: after the one with this last message and this id. */
export interface ConversationCursor {
  readonly lastMessageId: number;
  readonly id: number;
}

const COLUMNS = 'c.id, c.title, c.avatar_url, c.revision, c.last_message_id';

/** Conversations, who takes part in them, and how far each has read. */
export class Conversations {
  readonly #database: ChatDatabase;

  constructor(database: ChatDatabase) {
    this.#database = database;
  }

  find(id: number): ConversationRow | undefined {
    return this.#database.get<ConversationRow>(`select ${COLUMNS} from conversations c where c.id = ?`, id);
  }

  /** Those of one person, the liveliest first. */
  page(userId: number, after: ConversationCursor, limit: number): ConversationRow[] {
    return this.#database.all<ConversationRow>(
      `select ${COLUMNS} from conversations c
       join participants p on p.conversation_id = c.id and p.user_id = ?
       where (c.last_message_id, -c.id) < (?, ?)
       order by c.last_message_id desc, c.id limit ?`,
      userId,
      after.lastMessageId,
      -after.id,
      limit,
    );
  }

  /** In the order in which they were added to the user table. */
  participants(conversationId: number): ParticipantRow[] {
    return this.#database.all<ParticipantRow>(
      `select u.id, u.name, u.email, u.avatar_url, p.conversation_id, p.last_read_message_id, p.last_read_position
       from participants p join users u on u.id = p.user_id where p.conversation_id = ? order by u.id`,
      conversationId,
    );
  }

  isParticipant(conversationId: number, userId: number): boolean {
    return (
      this.#database.get('select 1 from participants where conversation_id = ? and user_id = ?', conversationId, userId) !==
      undefined
    );
  }

  /** Messages of others that this person has not read. */
  unreadCount(conversationId: number, userId: number, lastReadPosition: number): number {
    return (
      this.#database.get<{count: number}>(
        'select count(*) as count from messages where conversation_id = ? and position > ? and sender_id <> ? and deleted_at is null',
        conversationId,
        lastReadPosition,
        userId,
      )?.count ?? 0
    );
  }

  /** Gives out the next revision. Only inside the transaction of the change that it is for: that is what keeps them dense. */
  nextRevision(conversationId: number): number {
    const row = this.#database.get<{revision: number}>(
      'update conversations set revision = revision + 1 where id = ? returning revision',
      conversationId,
    );
    if (!row) throw new Error(`Conversation ${conversationId} is gone.`);
    return row.revision;
  }

  setLastMessage(conversationId: number, messageId: number): void {
    this.#database.run('update conversations set last_message_id = ? where id = ?', messageId, conversationId);
  }

  setLastRead(conversationId: number, userId: number, messageId: number, position: number): void {
    this.#database.run(
      'update participants set last_read_message_id = ?, last_read_position = ? where conversation_id = ? and user_id = ?',
      messageId,
      position,
      conversationId,
      userId,
    );
  }

  /** Returns the new conversation's id. */
  add(title: string | null, userIds: readonly number[], createdAt: string): number {
    const id = this.#database.insert('insert into conversations (title, created_at) values (?, ?)', title, createdAt);
    for (const userId of userIds) {
      this.#database.run('insert into participants (conversation_id, user_id) values (?, ?)', id, userId);
    }
    return id;
  }
}
