/** What should never come over a wire, made of what does. The same for the same dice. */
type Json = null | boolean | number | string | readonly Json[] | {readonly [key: string]: Json};

/** What somebody else takes for a value: in any field, in place of any value. */
const VALUES: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  1e308,
  '',
  '0',
  'null',
  '__proto__',
  'constructor',
  '\u0000',
  '\u202e\u2066',
  '\ud800',
  '👩‍👩‍👧‍👦'.repeat(50),
  'x'.repeat(20_000),
  '<img src=x onerror="polluted()">',
  'javascript:polluted()',
  '{{polluted()}}${polluted()}',
  '9999-99-99T99:99:99Z',
  [],
  [null],
  [[[[]]]],
  {},
  {length: 5},
  {then: 'x'},
  {toString: null},
];
const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'then', 'length', 'data', 'type', 'event', ''];
const PIECES = [
  'null',
  '{}',
  '[]',
  '"',
  '\\',
  ',',
  ':',
  '0',
  '-',
  '1e999',
  '__proto__',
  'pusher:',
  '\u202e',
  '\ud800',
  '</script>',
];

/** Frames and bodies that are bent, cut, mixed up, or no JSON at all. */
export class Fuzzer {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** A text in place of this one, which is JSON. */
  spoil(good: string): string {
    const drawn = this.#random();
    if (drawn < 0.55) return this.#bend(good);
    if (drawn < 0.9) return this.#mutate(this.#random() < 0.5 ? this.#bend(good) : good);
    if (drawn < 0.93) return JSON.stringify(this.pick(VALUES));
    if (drawn < 0.94) return nest(Math.floor(this.#random() * 20_000));
    return good.slice(0, Math.floor(this.#random() * good.length));
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)]!;
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }

  /** Still JSON, with one value, or a few, that are not what they should be. */
  #bend(good: string): string {
    let text = good;
    for (let times = 1 + Math.floor(this.#random() * 3); times > 0; times -= 1)
      text = JSON.stringify(this.#change(JSON.parse(text) as Json));
    // `JSON.stringify` leaves out what would set a prototype, so that goes in as text.
    return this.chance(0.1) ? text.replace('{', '{"__proto__":{"polluted":true},') : text;
  }

  /** One change, anywhere in it. */
  #change(value: Json): Json {
    if (this.chance(0.15) || typeof value !== 'object' || value === null) {
      if (typeof value === 'string' && value.startsWith('{') && this.chance(0.8)) return this.#changeWithin(value);
      return this.pick(VALUES);
    }
    if (Array.isArray(value)) {
      const items = value as readonly Json[];
      if (items.length === 0 || this.chance(0.1)) return [...items, this.pick(VALUES)];
      const at = Math.floor(this.#random() * items.length);
      return items.map((item, index) => (index === at ? this.#change(item) : item));
    }
    return this.#changeObject(Object.entries(value as Record<string, Json>));
  }

  #changeObject(entries: readonly (readonly [string, Json])[]): Json {
    if (entries.length === 0 || this.chance(0.05)) return Object.fromEntries([...entries, [this.pick(KEYS), this.pick(VALUES)]]);
    const at = Math.floor(this.#random() * entries.length);
    if (this.chance(0.1)) return Object.fromEntries(entries.filter((_, index) => index !== at));
    return Object.fromEntries(entries.map(([key, item], index) => [key, index === at ? this.#change(item) : item]));
  }

  /** The data of an event is JSON inside of JSON. */
  #changeWithin(text: string): Json {
    try {
      return JSON.stringify(this.#change(JSON.parse(text) as Json));
    } catch {
      return this.pick(VALUES);
    }
  }

  #mutate(good: string): string {
    let text = good;
    for (let times = 1 + Math.floor(this.#random() * 4); times > 0; times -= 1) {
      const from = Math.floor(this.#random() * text.length);
      const length = Math.floor(this.#random() * 8);
      text = text.slice(0, from) + (this.chance(0.7) ? this.pick(PIECES) : '') + text.slice(from + length);
    }
    return text;
  }
}

function nest(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

/** A frame of each kind that a server sends, to be spoilt. */
export function goodFrames(channel: string, userId: number, conversationId: number): readonly string[] {
  const sender = {id: userId + 1, name: 'Vali', avatar_url: null};
  const message = {
    ...{
      id: 7,
      conversation_id: conversationId,
      temp_id: null,
      sender,
      content: 'Salom!',
      created_at: '2026-01-31T09:30:00.123456Z',
    },
    ...{edited_at: null, deleted_at: null, position: 7, revision: 7, reply_to: null, attachments: [], reactions: []},
  };
  const attachment = {
    id: 1,
    name: 'a.png',
    mime_type: 'image/png',
    size: 9,
    url: '/a.png',
    thumbnail_url: null,
    width: 1,
    height: 1,
  };
  const rich = {
    ...message,
    id: 8,
    attachments: [attachment],
    reactions: [{emoji: '👍', count: 1, user_ids: [userId]}],
    reply_to: {id: 7, sender, content: '…'},
  };
  const conversation = {
    ...{
      id: conversationId,
      title: 'Vali',
      avatar_url: null,
      participants: [{...sender, email: 'v@example.com', last_read_message_id: 7}],
    },
    ...{last_message: message, unread_count: 1, revision: 7, features: ['edit']},
  };
  const events: readonly (readonly [string, object])[] = [
    ['message', {message, tempId: null}],
    ['message', {message: rich, tempId: 'x'}],
    ['message', {message: {id: 9, conversation_id: conversationId, revision: 9, thin: true}}],
    ['message.updated', {message}],
    ['message.deleted', {message: {...message, deleted_at: message.created_at}}],
    ['typing', {conversation_id: conversationId, user: sender}],
    ['read', {conversation_id: conversationId, reader_id: sender.id, message_ids: [7]}],
    ['conversation', {conversation}],
  ];
  const presence = {presence: {count: 1, ids: ['1'], hash: {1: {name: 'Ali'}}}};
  const protocol: readonly (readonly [string, object])[] = [
    ['pusher:connection_established', {socket_id: '9.9', activity_timeout: 1}],
    ['pusher:error', {code: 4200, message: 'Invalid message format'}],
    ['pusher:error', {code: 4301, message: 'Rate limit exceeded'}],
    ['pusher:subscription_error', {type: 'AuthError', status: 500}],
    ['pusher:ping', {}],
    ['pusher_internal:subscription_succeeded', presence],
    ['pusher_internal:member_added', {user_id: '2', user_info: {}}],
    ['pusher_internal:member_removed', {user_id: '2'}],
  ];
  const all = [...events.map(([type, data]) => ['App\\Events\\Event', {type, data}] as const), ...protocol];
  return all.flatMap(([event, data]) => [
    JSON.stringify({event, channel, data: JSON.stringify(data)}),
    JSON.stringify({event, channel, data}),
  ]);
}
