import {createHash, randomBytes, timingSafeEqual} from 'node:crypto';
import type {ChatDatabase} from '../database.js';

const TOKEN = /^([1-9]\d{0,14})\|([A-Za-z0-9_-]{40})$/;

/** A token that was accepted. */
export interface ValidToken {
  readonly id: number;
  readonly userId: number;
}

/** Bearer tokens as Sanctum makes them: `id|secret`, and only the hash of the secret is stored. */
export class Tokens {
  readonly #database: ChatDatabase;
  readonly #lifetime: number | null;

  /** `lifetime` in milliseconds, `null` for tokens that do not expire. */
  constructor(database: ChatDatabase, lifetime: number | null) {
    this.#database = database;
    this.#lifetime = lifetime;
  }

  /** Makes a token. Its plain text is in the answer and nowhere else. */
  issue(userId: number): string {
    const secret = randomBytes(30).toString('base64url');
    const now = Date.now();
    const id = this.#database.insert(
      'insert into personal_access_tokens (user_id, token_hash, created_at, expires_at) values (?, ?, ?, ?)',
      userId,
      hash(secret),
      new Date(now).toISOString(),
      this.#lifetime === null ? null : new Date(now + this.#lifetime).toISOString(),
    );
    return `${id}|${secret}`;
  }

  /** Who bears this token; `undefined` for one that is malformed, unknown, wrong or expired. */
  verify(token: string): ValidToken | undefined {
    const [, id, secret] = TOKEN.exec(token) ?? [];
    if (id === undefined || secret === undefined) return undefined;
    const row = this.#database.get<{user_id: number; token_hash: string; expires_at: string | null}>(
      'select user_id, token_hash, expires_at from personal_access_tokens where id = ?',
      Number(id),
    );
    if (!row || !timingSafeEqual(Buffer.from(row.token_hash), Buffer.from(hash(secret)))) return undefined;
    if (row.expires_at !== null && Date.parse(row.expires_at) <= Date.now()) return undefined;
    return {id: Number(id), userId: row.user_id};
  }

  revoke(id: number): void {
    this.#database.run('delete from personal_access_tokens where id = ?', id);
  }

  revokeAllOf(userId: number): void {
    this.#database.run('delete from personal_access_tokens where user_id = ?', userId);
  }

  /** Makes every token that exists now an expired one. */
  expireAll(): void {
    this.#database.run('update personal_access_tokens set expires_at = ?', new Date(0).toISOString());
  }
}

// A plain hash and not scrypt: the secret is 240 random bits, so there is nothing to guess, and it is checked on every request.
function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
