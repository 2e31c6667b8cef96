import {existsSync} from 'node:fs';
import {mustRun} from './command.mjs';

/**
 * Installs Debian packages, as root on a system with apt.
 *
 * @param {readonly string[]} packages
 * @param {(line: string) => void} say
 * @throws {Error} that names the packages and how to get them, where it may not; and with apt's own words, where it cannot
 */
export async function installPackages(packages, say) {
  if (!canInstall())
    throw new Error(`Missing: ${packages.join(', ')}. On Debian or Ubuntu: sudo apt-get install ${packages.join(' ')}`);
  say(`installing ${packages.join(', ')}`);
  const env = {...process.env, DEBIAN_FRONTEND: 'noninteractive'};
  // A new machine or image has no lists yet.
  await mustRun('apt-get', ['update', '-q'], {env});
  await mustRun('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {env});
}

function canInstall() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}
