import type {ChatDatabase} from '../database.js';
import type {UserRow} from './rows.js';

/** The people who may sign in. */
export class Users {
  readonly #database: ChatDatabase;

  constructor(database: ChatDatabase) {
    this.#database = database;
  }

  find(id: number): UserRow | undefined {
    return this.#database.get<UserRow>('select id, name, email, avatar_url from users where id = ?', id);
  }

  /** With the stored password, for signing in. E-mail addresses are compared without regard to case. */
  findByEmail(email: string): (UserRow & {readonly password: string}) | undefined {
    return this.#database.get('select id, name, email, avatar_url, password from users where email = ?', email.toLowerCase());
  }

  findAll(ids: readonly number[]): UserRow[] {
    return this.#database.all<UserRow>(
      'select id, name, email, avatar_url from users where id in (select value from json_each(?))',
      JSON.stringify(ids),
    );
  }

  /** Returns the new user's id. */
  add(user: {name: string; email: string; password: string}): number {
    return this.#database.insert(
      'insert into users (name, email, password) values (?, ?, ?)',
      user.name,
      user.email,
      user.password,
    );
  }

  count(): number {
    return this.#database.get<{count: number}>('select count(*) as count from users')?.count ?? 0;
  }
}
