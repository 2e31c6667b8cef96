import type {ChatDatabase, SqlValue} from '../database.js';
import type {MessageRow, ReactionRow} from './rows.js';

const COLUMNS =
  'id, conversation_id, sender_id, temp_id, content, reply_to_id, position, revision, created_at, edited_at, deleted_at';

/** Which messages a page holds: those whose position is under or over a mark, nearest to the mark first. */
export interface PageQuery {
  readonly conversationId: number;
  readonly direction: 'before' | 'after';
  /** Exclusive. */
  readonly mark: number;
  readonly limit: number;
  /** Only messages that contain this, in whatever case. */
  readonly search: string | null;
}

/** A message about to be stored. */
export interface NewMessageRow {
  readonly conversationId: number;
  readonly senderId: number;
  readonly tempId: string | null;
  readonly content: string;
  readonly replyToId: number | null;
  readonly revision: number;
  readonly createdAt: string;
}

/** Messages with their reactions. Deleted ones stay as rows without content, so that every client can learn of it. */
export class Messages {
  readonly #database: ChatDatabase;

  constructor(database: ChatDatabase) {
    this.#database = database;
  }

  find(id: number): MessageRow | undefined {
    return this.#database.get<MessageRow>(`select ${COLUMNS} from messages where id = ?`, id);
  }

  findAll(ids: readonly number[]): MessageRow[] {
    return this.#database.all<MessageRow>(
      `select ${COLUMNS} from messages where id in (select value from json_each(?)) order by position`,
      JSON.stringify(ids),
    );
  }

  findByTempId(senderId: number, tempId: string): MessageRow | undefined {
    return this.#database.get<MessageRow>(
      `select ${COLUMNS} from messages where sender_id = ? and temp_id = ?`,
      senderId,
      tempId,
    );
  }

  /** Nearest to the mark first, so that the caller can ask for one too many and cut it off. */
  page(query: PageQuery): MessageRow[] {
    const [compare, order] = query.direction === 'before' ? ['<', 'desc'] : ['>', 'asc'];
    const values: SqlValue[] = [query.conversationId, query.mark];
    let filter = '';
    if (query.search !== null) {
      // Not `like`, which takes seconds for a word such as "aaa…b" in messages of nothing but "a", while nobody else is answered.
      filter = 'and deleted_at is null and instr(folded, ?) > 0';
      values.push(fold(query.search));
    }
    return this.#database.all<MessageRow>(
      `select ${COLUMNS} from messages where conversation_id = ? and position ${compare} ? ${filter}
       order by position ${order} limit ?`,
      ...values,
      query.limit,
    );
  }

  /** What changed after a revision, in the order of the revisions. */
  changes(conversationId: number, since: number, limit: number): MessageRow[] {
    return this.#database.all<MessageRow>(
      `select ${COLUMNS} from messages where conversation_id = ? and revision > ? order by revision limit ?`,
      conversationId,
      since,
      limit,
    );
  }

  /** Returns the new message's id. Its revision is also its position for good. */
  add(message: NewMessageRow): number {
    return this.#database.insert(
      `insert into messages (conversation_id, sender_id, temp_id, content, folded, reply_to_id, position, revision, created_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      message.conversationId,
      message.senderId,
      message.tempId,
      message.content,
      fold(message.content),
      message.replyToId,
      message.revision,
      message.revision,
      message.createdAt,
    );
  }

  edit(id: number, content: string, revision: number, editedAt: string): void {
    this.#database.run(
      'update messages set content = ?, folded = ?, revision = ?, edited_at = ? where id = ?',
      content,
      fold(content),
      revision,
      editedAt,
      id,
    );
  }

  /** Leaves a tombstone: text, reactions and files go, the place in the conversation stays. */
  remove(id: number, revision: number, deletedAt: string): void {
    this.#database.run(
      "update messages set content = '', folded = '', revision = ?, deleted_at = ? where id = ?",
      revision,
      deletedAt,
      id,
    );
    this.#database.run('delete from reactions where message_id = ?', id);
    this.#database.run('delete from attachments where message_id = ?', id);
  }

  setRevision(id: number, revision: number): void {
    this.#database.run('update messages set revision = ? where id = ?', revision, id);
  }

  /** In the order in which they were chosen. */
  reactions(messageIds: readonly number[]): ReactionRow[] {
    return this.#database.all<ReactionRow>(
      `select message_id, user_id, emoji from reactions where message_id in (select value from json_each(?))
       order by message_id, chosen_order, user_id`,
      JSON.stringify(messageIds),
    );
  }

  /** Whether it was not there before. `order` is the revision that the choice is given. */
  addReaction(messageId: number, userId: number, emoji: string, order: number): boolean {
    return (
      this.#database.run(
        'insert into reactions (message_id, user_id, emoji, chosen_order) values (?, ?, ?, ?) on conflict do nothing',
        messageId,
        userId,
        emoji,
        order,
      ) > 0
    );
  }

  /** Whether it was there. */
  removeReaction(messageId: number, userId: number, emoji: string): boolean {
    return (
      this.#database.run('delete from reactions where message_id = ? and user_id = ? and emoji = ?', messageId, userId, emoji) > 0
    );
  }
}

/**
 * The form in which text is searched. SQLite itself folds the case of ASCII letters at most. By way of upper case, which "ß" and "ss" have in
 * common; and a Greek sigma has a form of its own at the end of a word.
 */
function fold(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ');
}
