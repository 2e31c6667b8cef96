import {existsSync} from 'node:fs';
import {mkdtemp, open, readFile, rm, stat, utimes, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {command} from './command.mjs';
import {laravelRoot, repositoryRoot} from './paths.mjs';

const INSTALLED = join(laravelRoot, 'vendor/composer/installed.json');
const LOCK = join(laravelRoot, '.installing');

/**
 * Runs `composer install` where `vendor/` is missing or older than composer.json.
 *
 * The ordinary registry comes first. Where it does not hold everything, packages from a local folder are added: that of
 * `CHAT_COMPOSER_PACKAGES`, or `shared/composer` beside the checkout. They are named in a Composer home of our own, made for
 * this one run, so that composer.json stays what any Laravel developer expects.
 *
 * @param {(line: string) => void} say
 * @throws {Error} with Composer's own words
 */
export async function requirePackages(say) {
  const unlock = await lock();
  try {
    if (await isFresh()) return;
    say('installing PHP packages');
    await install(say);
    await utimes(INSTALLED, new Date(), new Date());
  } finally {
    await unlock();
  }
}

async function isFresh() {
  if (!existsSync(INSTALLED)) return false;
  const [installed, wanted] = await Promise.all([stat(INSTALLED), stat(join(laravelRoot, 'composer.json'))]);
  return installed.mtimeMs >= wanted.mtimeMs;
}

/** @param {(line: string) => void} say */
async function install(say) {
  const ordinary = await composer(['install']);
  if (ordinary.code === 0) return;
  const folder = localPackages();
  if (folder === undefined) throw new Error(`composer install failed:\n${ordinary.output.trim()}`);
  say('the registry does not hold everything; adding local packages');
  const home = await composerHome(folder);
  try {
    // Old packages that name an upper bound for PHP run on later versions all the same; hence "php+".
    const args = ['install', '--ignore-platform-req=php+'];
    const full = await composer(args, home);
    const bare = full.code === 0 ? full : await composer([...args, '--no-dev'], home);
    if (bare.code !== 0) throw new Error(`composer install failed:\n${full.output.trim()}`);
    if (full.code !== 0) say('installed without the development packages: the PHPUnit tests cannot be run');
  } finally {
    await rm(home, {recursive: true, force: true});
  }
}

/**
 * @param {string[]} args
 * @param {string} [home]
 */
function composer(args, home) {
  const env = {...process.env, COMPOSER_ALLOW_SUPERUSER: '1', ...(home === undefined ? {} : {COMPOSER_HOME: home})};
  return command('composer', [...args, '--no-interaction', '--no-progress', '--prefer-dist', '--no-ansi'], {cwd: laravelRoot, env});
}

/** @returns {string | undefined} */
function localPackages() {
  const candidates = [process.env['CHAT_COMPOSER_PACKAGES'], resolve(repositoryRoot, '../shared/composer')];
  return candidates.find((folder) => folder !== undefined && folder !== '' && existsSync(folder));
}

/**
 * A copy of the user's Composer home, with the folder as one more repository. Nothing is locked: a lock file would hold the
 * paths of this machine.
 *
 * @param {string} folder
 */
async function composerHome(folder) {
  const home = await mkdtemp(join(tmpdir(), 'chat-composer-'));
  const usual = (await command('composer', ['config', '--global', 'home', '--no-ansi', '--no-interaction'])).output.trim().split('\n').at(-1) ?? '';
  const config = await readJson(join(usual, 'config.json'));
  const repositories = Object.values(config['repositories'] ?? {});
  repositories.unshift({type: 'path', url: join(folder, '*'), options: {symlink: false}});
  await writeFile(join(home, 'config.json'), JSON.stringify({...config, repositories, config: {...config['config'], lock: false}}));
  const auth = join(usual, 'auth.json');
  if (existsSync(auth)) await writeFile(join(home, 'auth.json'), await readFile(auth), {mode: 0o600});
  return home;
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, any>>}
 */
async function readJson(file) {
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
}

/** Two servers that start at once must not unpack into one folder. @returns {Promise<() => Promise<void>>} */
async function lock() {
  for (;;) {
    try {
      const file = await open(LOCK, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(LOCK, {force: true});
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      if (await isAbandoned()) await rm(LOCK, {force: true});
      else await pause(200);
    }
  }
}

/** Whether the process that took the lock is gone. */
async function isAbandoned() {
  const pid = Number(await readFile(LOCK, 'utf8').catch(() => '0'));
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
