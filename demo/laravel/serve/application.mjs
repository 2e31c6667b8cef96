import {randomBytes} from 'node:crypto';
import {existsSync} from 'node:fs';
import {mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {mustRun} from './command.mjs';
import {laravelRoot} from './paths.mjs';

const STORAGE_FOLDERS = ['app/private', 'framework/cache/data', 'framework/sessions', 'framework/views', 'logs'];

/**
 * The environment that Laravel is configured by. Nothing is written to `.env`, so that several servers can run out of one
 * checkout; each keeps its files beside its own database. What the caller's environment sets of the limits is kept.
 *
 * @param {import('./options.mjs').Options} options
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function prepareEnvironment(options) {
  const storage = `${options.database}.storage`;
  for (const folder of STORAGE_FOLDERS) await mkdir(join(storage, folder), {recursive: true});
  return {
    CHAT_LIMIT_API: '6000',
    CHAT_LIMIT_LOGIN: '300',
    CHAT_LIMIT_MESSAGES: '6000',
    CHAT_LIMIT_CHANNELS: '6000',
    LOG_LEVEL: 'warning',
    ...process.env,
    APP_NAME: 'Chat',
    APP_ENV: 'local',
    APP_DEBUG: 'false',
    APP_KEY: await applicationKey(storage),
    APP_URL: `http://127.0.0.1:${options.port}`,
    LARAVEL_STORAGE_PATH: storage,
    LOG_CHANNEL: 'stderr',
    DB_CONNECTION: 'sqlite',
    DB_DATABASE: options.database,
    CACHE_STORE: 'file',
    SESSION_DRIVER: 'file',
    QUEUE_CONNECTION: 'deferred',
    BROADCAST_CONNECTION: 'reverb',
    REVERB_APP_ID: '1001',
    REVERB_APP_KEY: 'demo-key',
    REVERB_APP_SECRET: 'demo-secret',
    REVERB_HOST: '127.0.0.1',
    REVERB_PORT: String(options.reverbPort),
    REVERB_SCHEME: 'http',
    REVERB_SCALING_ENABLED: 'false',
    ...(options.tokenTtl === null ? {} : {CHAT_TOKEN_TTL: String(options.tokenTtl)}),
  };
}

/**
 * Migrates, and seeds a database that is new. A new one is made under another name first: a start that was cut short leaves
 * no half-seeded database behind.
 *
 * @param {string} database
 * @param {NodeJS.ProcessEnv} env
 * @param {(line: string) => void} say
 * @throws {Error} that names the file, where it cannot be used
 */
export async function prepareDatabase(database, env, say) {
  try {
    await migrate(database, env, say);
  } catch (error) {
    // In place of a hundred lines of a trace, what the database said.
    const [, reason] = /SQLSTATE\[\w+\](?:: General error: \d+| \[\d+\]) (.*?) \(Connection: /.exec(String(error)) ?? [];
    throw reason === undefined ? error : new Error(`Cannot use ${database} as the database: ${reason}.`);
  }
}

/**
 * @param {string} database
 * @param {NodeJS.ProcessEnv} env
 * @param {(line: string) => void} say
 */
async function migrate(database, env, say) {
  if (existsSync(database)) {
    await artisan(['migrate', '--force'], env);
    return;
  }
  say('seeding a new database');
  const unfinished = `${database}.new`;
  await mkdir(dirname(database), {recursive: true});
  for (const suffix of ['', '-wal', '-shm']) await rm(`${unfinished}${suffix}`, {force: true});
  await writeFile(unfinished, '');
  await artisan(['migrate', '--force', '--seed'], {...env, DB_DATABASE: unfinished});
  await rename(unfinished, database);
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function artisan(args, env) {
  return mustRun('php', ['-d', 'variables_order=EGPCS', 'artisan', ...args, '--no-interaction', '--no-ansi'], {cwd: laravelRoot, env});
}

/** Kept with the data: sessions and signed addresses of attachments outlive a restart. @param {string} storage */
async function applicationKey(storage) {
  const file = join(storage, 'app.key');
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const key = `base64:${randomBytes(32).toString('base64')}`;
  await writeFile(file, `${key}\n`, {mode: 0o600});
  return key;
}
