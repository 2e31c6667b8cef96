/** What a fresh clone needs before anything else: the right Node and the packages of the lockfile. Imports nothing that is installed. */
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {signal, start} from './processes.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** @param {string} path */
function packagesOf(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/**
 * Whether what is installed is not what the lockfile says. Times of files say little after a clone or a pull, so contents are compared.
 * @param {string} folder
 */
function isStale(folder) {
  const installed = packagesOf(join(folder, 'node_modules/.package-lock.json'));
  return Object.entries(packagesOf(join(folder, 'package-lock.json'))).some(([path, wanted]) => {
    if (path === '' || wanted.link) return false;
    const present = installed[path];
    // An optional package may be for another kind of machine.
    return present ? present.version !== wanted.version : !wanted.optional && !wanted.devOptional;
  });
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Node ${process.versions.node} is too old: this repository needs 20.19 or later.`);
  process.exit(1);
}

/**
 * @param {string} cwd
 * @param {readonly string[]} args
 * @returns {Promise<boolean>} Whether it went well.
 */
async function npm(cwd, args) {
  const child = start('npm', args, {cwd, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32'});
  // Not asked to end: npm would go on for a minute, and then remove what is installed, by the next one too.
  const end = () => {
    signal(child, 'SIGKILL');
    process.exit(130);
  };
  for (const name of SIGNALS) process.on(name, end);
  const code = await new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  for (const name of SIGNALS) process.off(name, end);
  return code === 0;
}

/** Brings the machine to where a command of the repository can run. Does nothing when it is there already. */
export async function setUp() {
  checkNode();
  await installPackages(root);
}

/**
 * Installs what the lockfile of a folder says, unless it is there. Ends the process where that cannot be done.
 * @param {string} folder
 */
export async function installPackages(folder) {
  if (!isStale(folder)) return;
  console.log('Installing packages …');
  // The packages in use need none of their install scripts, and what a stranger's package runs on install is nothing to allow unseen.
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  if (await npm(folder, ['ci', ...flags])) return;
  // A mirror that lacks packages for other kinds of machines makes `npm ci` doubt the lockfile; `npm install` keeps to it, too.
  console.log('npm ci failed; trying npm install, with the versions of the lockfile …');
  if (await npm(folder, ['install', '--no-save', ...flags])) return;
  console.error('The packages could not be installed: see above.');
  process.exit(1);
}
