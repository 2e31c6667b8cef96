/** `ws-chat.LICENSE.txt`: the licences of what the scripts have of others, which ask to go wherever these go. */
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** The packages of which the scripts have something, as their maps say. @param {string} dist */
function packagesIn(dist) {
  const maps = readdirSync(dist).filter((name) => name.endsWith('.js.map'));
  const sources = maps.flatMap((name) => JSON.parse(readFileSync(join(dist, name), 'utf8')).sources);
  const names = sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/** @param {string} name */
function licenceOf(name) {
  const folder = join(packages, name);
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (file === undefined) throw new Error(`${name} is in the script, and has no licence to go with it.`);
  return readFileSync(join(folder, file), 'utf8').trim();
}

/** @param {string} dist */
export function writeLicences(dist) {
  /** @type {Map<string, string[]>} */
  const titles = new Map();
  for (const name of packagesIn(dist)) {
    const {version} = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'));
    const licence = licenceOf(name);
    titles.set(licence, [...(titles.get(licence) ?? []), `${name} ${version}`]);
  }
  const parts = [...titles].map(([licence, names]) => `${names.join(', ')}\n\n${licence}\n`);
  writeFileSync(join(dist, 'ws-chat.LICENSE.txt'), parts.join(`\n${'-'.repeat(80)}\n\n`));
}
