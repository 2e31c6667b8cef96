import {idKey, sameId, type Id} from '../model/index.js';
import type {WireAttachment, WireConversation, WireMessage, WireReaction, WireSender, WireUser} from './wire.js';

/** What a new message is made of. */
export interface MessageDraft {
  readonly from: WireUser;
  readonly content: string;
  readonly at: Date;
  readonly tempId?: string | null;
  readonly replyToId?: Id | null;
  readonly attachments?: readonly WireAttachment[];
}

/** One conversation of the fake backend: its rows, its counter, and who has read how far. */
export class FakeRoom {
  readonly id: Id;
  title: string;
  features: readonly string[];
  readonly participants: WireUser[];
  /** In the order of their positions; deleted ones stay as tombstones. */
  readonly messages: WireMessage[] = [];
  /** The highest revision given. Dense: each change raises it by one. */
  revision = 0;
  /** Changes up to this revision are forgotten: who asks for older ones is told to load afresh. */
  forgottenUpTo = 0;

  readonly #readUpTo = new Map<string, WireMessage>();
  readonly #nextId: () => number;

  constructor(
    row: {id: Id; title: string; participants: readonly WireUser[]; features: readonly string[]},
    nextId: () => number,
  ) {
    this.id = row.id;
    this.title = row.title;
    this.participants = [...row.participants];
    this.features = row.features;
    this.#nextId = nextId;
  }

  has(user: WireUser): boolean {
    return this.participants.some((participant) => sameId(participant.id, user.id));
  }

  find(id: Id): WireMessage | undefined {
    return this.messages.find((message) => sameId(message.id, id));
  }

  findByTempId(user: WireUser, tempId: string): WireMessage | undefined {
    return this.messages.find((message) => message.temp_id === tempId && sameId(message.sender.id, user.id));
  }

  add(draft: MessageDraft): WireMessage {
    this.revision += 1;
    const original = draft.replyToId == null ? undefined : this.find(draft.replyToId);
    const message: WireMessage = {
      id: this.#nextId(),
      conversation_id: this.id,
      temp_id: draft.tempId ?? null,
      sender: toSender(draft.from),
      content: draft.content,
      created_at: draft.at.toISOString(),
      edited_at: null,
      deleted_at: null,
      position: this.revision,
      revision: this.revision,
      reply_to: original ? {id: original.id, sender: original.sender, content: original.content} : null,
      attachments: draft.attachments ?? [],
      reactions: [],
    };
    this.messages.push(message);
    return message;
  }

  edit(message: WireMessage, content: string, at: Date): WireMessage {
    return this.#change(message, {content, edited_at: at.toISOString()});
  }

  /** Leaves a tombstone: same place, no content. */
  remove(message: WireMessage, at: Date): WireMessage {
    return this.#change(message, {content: '', deleted_at: at.toISOString(), attachments: [], reactions: [], reply_to: null});
  }

  /** Adds or takes back a reaction. Doing so twice changes nothing and raises no revision. */
  react(message: WireMessage, emoji: string, user: WireUser, on: boolean): WireMessage {
    const before = message.reactions.find((reaction) => reaction.emoji === emoji);
    const others = (before?.user_ids ?? []).filter((id) => !sameId(id, user.id));
    const userIds = on ? [...others, user.id] : others;
    if (userIds.length === (before?.user_ids.length ?? 0)) return message;
    const reaction: WireReaction = {emoji, count: userIds.length, user_ids: userIds};
    const reactions = before
      ? message.reactions.map((one) => (one === before ? reaction : one))
      : [...message.reactions, reaction];
    return this.#change(message, {reactions: reactions.filter((one) => one.count > 0)});
  }

  /** Takes the newest of these messages as read. Returns the ids among them that exist. */
  read(user: WireUser, ids: readonly Id[]): number[] {
    const found = this.messages.filter((message) => ids.some((id) => sameId(id, message.id)));
    const last = found.at(-1);
    const before = this.#readUpTo.get(idKey(user.id));
    if (last && (!before || before.position < last.position)) this.#readUpTo.set(idKey(user.id), last);
    return found.map((message) => message.id);
  }

  changesSince(revision: number): WireMessage[] {
    return this.messages.filter((message) => message.revision > revision).sort((a, b) => a.revision - b.revision);
  }

  /** The row as one person sees it. */
  toWire(viewer: WireUser): WireConversation {
    const seen = this.#readUpTo.get(idKey(viewer.id))?.position ?? 0;
    const unread = this.messages.filter(
      (message) => message.position > seen && !message.deleted_at && !sameId(message.sender.id, viewer.id),
    );
    return {
      id: this.id,
      title: this.title,
      avatar_url: null,
      participants: this.participants.map((user) => ({
        ...user,
        last_read_message_id: this.#readUpTo.get(idKey(user.id))?.id ?? null,
      })),
      last_message: this.messages.at(-1) ?? null,
      unread_count: unread.length,
      revision: this.revision,
      features: this.features,
    };
  }

  #change(message: WireMessage, fields: Partial<WireMessage>): WireMessage {
    this.revision += 1;
    const changed = {...message, ...fields, revision: this.revision};
    this.messages[this.messages.findIndex((one) => one.id === message.id)] = changed;
    return changed;
  }
}

function toSender(user: WireUser): WireSender {
  return {id: user.id, name: user.name, avatar_url: user.avatar_url};
}
