/** What goes over the wire, field by field: the resources of the contract in snake case. */

/** A person, as embedded in messages and typing events. */
export interface WireUser {
  readonly id: number | string;
  readonly name: string;
  readonly email: string;
  readonly avatar_url: string | null;
}

export interface WireSender {
  readonly id: number | string;
  readonly name: string;
  readonly avatar_url: string | null;
}

export interface WireAttachment {
  readonly id: number;
  readonly name: string;
  readonly mime_type: string;
  readonly size: number;
  readonly url: string;
  readonly thumbnail_url: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

export interface WireReaction {
  readonly emoji: string;
  readonly count: number;
  readonly user_ids: readonly (number | string)[];
}

export interface WireMessage {
  readonly id: number;
  readonly conversation_id: number | string;
  readonly temp_id: string | null;
  readonly sender: WireSender;
  readonly content: string;
  readonly created_at: string;
  readonly edited_at: string | null;
  readonly deleted_at: string | null;
  readonly position: number;
  readonly revision: number;
  readonly reply_to: {readonly id: number; readonly sender: WireSender; readonly content: string} | null;
  readonly attachments: readonly WireAttachment[];
  readonly reactions: readonly WireReaction[];
}

export interface WireConversation {
  readonly id: number | string;
  readonly title: string;
  readonly avatar_url: string | null;
  readonly participants: readonly (WireUser & {readonly last_read_message_id: number | null})[];
  readonly last_message: WireMessage | null;
  readonly unread_count: number;
  readonly revision: number;
  readonly features: readonly string[];
}

/** What a broadcast carries: its `type` decides, not the event's name. */
export interface Envelope {
  readonly type: string;
  readonly data: unknown;
}
