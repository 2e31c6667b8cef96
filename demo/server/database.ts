import Database from 'libsql';
import {migrate} from './schema.js';

/** What SQLite says of a file that it cannot use, and what that means to whoever named it. */
const REASONS: readonly (readonly [said: RegExp, reason: string])[] = [
  [/unable to open/i, 'it is a folder, or stands in one that is missing or may not be entered'],
  [/not a database/i, 'it is no SQLite file'],
  [/readonly/i, 'it may not be written to'],
  [/locked/i, 'another program is writing to it'],
];

/** What SQLite takes as a parameter here. */
export type SqlValue = string | number | Uint8Array | null;

/** The SQLite file. Every statement is prepared, cached, and takes its values as parameters. */
export class ChatDatabase {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  /** Opens the file, or makes it, and brings its tables up to date. Throws an error that names the file where that cannot be. */
  constructor(path: string) {
    try {
      this.#database = new Database(path);
      this.#database.pragma('journal_mode = WAL');
      // FULL and not NORMAL: in WAL mode NORMAL may lose the last commits with the power, and every one of them was acknowledged.
      this.#database.pragma('synchronous = FULL');
      this.#database.pragma('foreign_keys = ON');
      this.#database.pragma('busy_timeout = 5000');
      migrate(this.#database);
      // One that can only be read is found out here, and not by whoever signs in first.
      this.#database.exec('update users set id = id where false');
    } catch (error) {
      throw new Error(`Cannot use ${path} as the database: ${reasonOf(error)}.`, {cause: error});
    }
  }

  /** All rows. The caller names their shape; the columns are in the statement next to it. */
  all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  /** The first row, or `undefined`. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the cast, named where the columns are
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
    // all() and not get(): this driver's get() leaves the statement open, which would hold back the WAL checkpoint.
    return this.all<Row>(sql, ...values)[0];
  }

  /** Runs a statement and returns how many rows it changed. */
  run(sql: string, ...values: SqlValue[]): number {
    return this.#prepare(sql).run(...values).changes;
  }

  /** Runs an insert and returns the id of the new row. */
  insert(sql: string, ...values: SqlValue[]): number {
    return Number(this.#prepare(sql).run(...values).lastInsertRowid);
  }

  /** Runs `work` in one transaction that holds the write lock from its start. A throw rolls everything back. */
  transaction<Result>(work: () => Result): Result {
    const transaction = this.#database.transaction(work) as unknown as {immediate(): Result};
    return transaction.immediate();
  }

  /** What SQLite finds wrong with the file; `ok` when nothing is. */
  integrity(): string {
    return this.get<{integrity_check: string}>('pragma integrity_check')?.integrity_check ?? 'no answer';
  }

  close(): void {
    if (!this.#database.open) return;
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return REASONS.find(([words]) => words.test(said))?.[1] ?? said;
}
