import type Database from 'libsql';

/** One step each, never changed once released; `user_version` counts those that have been taken. */
const MIGRATIONS: readonly string[] = [
  `
  create table users (
    id integer primary key autoincrement,
    name text not null,
    email text not null unique,
    password text not null,
    avatar_url text
  ) strict;

  create table personal_access_tokens (
    id integer primary key autoincrement,
    user_id integer not null references users (id) on delete cascade,
    token_hash text not null,
    created_at text not null,
    expires_at text
  ) strict;

  create table conversations (
    id integer primary key autoincrement,
    title text,
    avatar_url text,
    revision integer not null default 0,
    last_message_id integer not null default 0,
    created_at text not null
  ) strict;

  create table participants (
    conversation_id integer not null references conversations (id) on delete cascade,
    user_id integer not null references users (id) on delete cascade,
    last_read_message_id integer,
    last_read_position integer not null default 0,
    primary key (conversation_id, user_id)
  ) strict, without rowid;
  create index participants_by_user on participants (user_id, conversation_id);

  create table messages (
    id integer primary key autoincrement,
    conversation_id integer not null references conversations (id) on delete cascade,
    sender_id integer not null references users (id),
    temp_id text,
    content text not null,
    folded text not null,
    reply_to_id integer references messages (id),
    position integer not null,
    revision integer not null,
    created_at text not null,
    edited_at text,
    deleted_at text,
    unique (sender_id, temp_id),
    unique (conversation_id, position),
    unique (conversation_id, revision)
  ) strict;

  create table reactions (
    message_id integer not null references messages (id) on delete cascade,
    user_id integer not null references users (id) on delete cascade,
    emoji text not null,
    chosen_order integer not null,
    primary key (message_id, emoji, user_id)
  ) strict, without rowid;

  create table attachments (
    id integer primary key autoincrement,
    user_id integer not null references users (id) on delete cascade,
    message_id integer references messages (id) on delete cascade,
    access_key text not null,
    name text not null,
    mime_type text not null,
    size integer not null,
    width integer,
    height integer,
    content blob not null,
    created_at text not null
  ) strict;
  create index attachments_by_message on attachments (message_id);
  `,
];

/** Takes the steps that this file has not taken yet, each in a transaction of its own. Throws for a database that is not ours. */
export function migrate(database: Database.Database): void {
  const [row] = database.prepare('pragma user_version').all() as {user_version: number}[];
  const taken = row?.user_version ?? 0;
  if (taken === 0 && database.prepare('select 1 from sqlite_master').all().length > 0) {
    throw new Error('it holds the tables of something else');
  }
  for (let version = taken; version < MIGRATIONS.length; version += 1) {
    database.exec(`begin immediate; ${MIGRATIONS[version]} pragma user_version = ${version + 1}; commit;`);
  }
}
