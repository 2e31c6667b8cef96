import {command} from './command.mjs';
import {installPackages} from './debian.mjs';

/** What Laravel, Reverb and the demo use, and the Debian package that holds it (after `php8.x-`). */
const EXTENSIONS = {
  ctype: 'common',
  curl: 'curl',
  dom: 'xml',
  fileinfo: 'common',
  mbstring: 'mbstring',
  openssl: 'cli',
  pcntl: 'cli',
  pdo_sqlite: 'sqlite3',
  tokenizer: 'common',
};

const MINIMUM = [8, 2];

/**
 * Sees to it that PHP with its extensions, Composer and something that unpacks zip files are there. As root on a system with
 * apt, installs what is missing.
 *
 * @param {(line: string) => void} say
 * @throws {Error} that names what is missing and how to get it
 */
export async function requirePhp(say) {
  const missing = await missingPackages();
  if (missing.length === 0) return;
  await installPackages(missing, say);
  const still = await missingPackages();
  if (still.length > 0) throw new Error(`Installed, and yet missing: ${still.join(', ')}.`);
}

/** @returns {Promise<string[]>} Debian packages */
async function missingPackages() {
  const php = await command('php', ['-r', 'echo json_encode([PHP_VERSION, array_map("strtolower", get_loaded_extensions())]);']);
  const packages = php.code === 0 ? missingExtensions(php.output) : ['php-cli', 'php-sqlite3', 'php-curl', 'php-mbstring', 'php-xml'];
  if ((await command('composer', ['--version', '--no-ansi'])).code !== 0) packages.push('composer');
  if ((await command('unzip', ['-v'])).code !== 0) packages.push('unzip');
  return packages;
}

/** @param {string} output */
function missingExtensions(output) {
  const [version, loaded] = /** @type {[string, string[]]} */ (JSON.parse(output.slice(output.indexOf('['))));
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
    throw new Error(`PHP ${MINIMUM.join('.')} or later is needed; this is ${version}.`);
  }
  const missing = Object.entries(EXTENSIONS).filter(([name]) => !loaded.includes(name));
  return [...new Set(missing.map(([, part]) => `php${major}.${minor}-${part}`))];
}
