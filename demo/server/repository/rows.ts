/** Rows as the tables hold them. */

export interface UserRow {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly avatar_url: string | null;
}

export interface ConversationRow {
  readonly id: number;
  /** `null` for two people: each sees the other's name. */
  readonly title: string | null;
  readonly avatar_url: string | null;
  readonly revision: number;
  /** 0 while there is no message. */
  readonly last_message_id: number;
}

export interface ParticipantRow extends UserRow {
  readonly conversation_id: number;
  readonly last_read_message_id: number | null;
  readonly last_read_position: number;
}

export interface MessageRow {
  readonly id: number;
  readonly conversation_id: number;
  readonly sender_id: number;
  readonly temp_id: string | null;
  readonly content: string;
  readonly reply_to_id: number | null;
  readonly position: number;
  readonly revision: number;
  readonly created_at: string;
  readonly edited_at: string | null;
  readonly deleted_at: string | null;
}

export interface ReactionRow {
  readonly message_id: number;
  readonly user_id: number;
  readonly emoji: string;
}

export interface AttachmentRow {
  readonly id: number;
  readonly user_id: number;
  readonly message_id: number | null;
  /** Part of the file's address, which nobody can guess without it. */
  readonly access_key: string;
  readonly name: string;
  readonly mime_type: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
}
