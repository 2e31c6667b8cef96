import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {installPackages} from '../tools/setup.mjs';

const FOLDER = fileURLToPath(new URL('others', import.meta.url));
const NAMES = ['deep-chat', 'vue-advanced-chat'];

/** Other packages that are measured beside ours, and the entries of their pages. Installs them first. */
export async function otherEntries(): Promise<readonly (readonly [name: string, entry: string])[]> {
  await installPackages(FOLDER);
  return NAMES.map((name) => [name, join(FOLDER, `${name}.ts`)]);
}
