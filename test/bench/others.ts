import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const FOLDER = fileURLToPath(new URL('others', import.meta.url));
const NAMES = ['deep-chat', 'vue-advanced-chat'];

/** Other packages that are measured beside ours, and the entries of their pages. Installs them, if that was not done yet. */
export function otherEntries(): readonly (readonly [name: string, entry: string])[] {
  if (!existsSync(join(FOLDER, 'node_modules'))) {
    process.stderr.write('Installing the packages that ours is compared with …\n');
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    execFileSync('npm', ['ci', ...flags], {cwd: FOLDER, stdio: ['ignore', 2, 2], shell: process.platform === 'win32'});
  }
  return NAMES.map((name) => [name, join(FOLDER, `${name}.ts`)]);
}
