/**
 * The names and hashes by which a page pins `dist/ws-chat.js`: it also lies there under a name with its version, which may be cached
 * for ever, and a page with the `integrity` of the build runs that very file or none.
 */
import {createHash} from 'node:crypto';
import {copyFileSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** The version of the package. */
export const VERSION = /** @type {string} */ (
  JSON.parse(readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8')).version
);

/** The name of the script of a version. */
export const versionedName = (version = VERSION) => `ws-chat-${version}.js`;

/** What a page writes as `integrity`. @param {string} file */
export function integrityOf(file) {
  return `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`;
}

/** Puts the script under its versioned name, too. @param {string} folder */
export function writeVersioned(folder) {
  copyFileSync(join(folder, 'ws-chat.js'), join(folder, versionedName()));
}

/** The scripts of a build, with what a page writes as their `integrity`. @param {string} folder */
export function integrityList(folder) {
  return readdirSync(folder)
    .filter((name) => /^ws-chat.*\.js$/.test(name))
    .sort()
    .map((name) => ({name, integrity: integrityOf(join(folder, name))}));
}

const ADDRESS = /(ws-chat-elements@)[^/\s"]+(\/dist\/)ws-chat-[^/\s"]+\.js/g;
const INTEGRITY = /\bintegrity="sha384-[^"]*"/g;

/** The readme with the version and the hash of its script tag as these. @param {string} readme @param {string} version @param {string} integrity */
export function pinReadme(readme, version, integrity) {
  if (readme.match(ADDRESS) === null || readme.match(INTEGRITY) === null)
    throw new Error('README.md has no script tag of the package with an integrity.');
  return readme.replace(ADDRESS, `$1${version}$2${versionedName(version)}`).replace(INTEGRITY, `integrity="${integrity}"`);
}
