/** `npm run pin`: pins the script tag of the readme to the build that is there. `--check` writes nothing, and fails where it is another. */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {integrityOf, pinReadme, VERSION, versionedName} from './integrity.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const file = join(root, 'README.md');
const readme = readFileSync(file, 'utf8');
const pinned = pinReadme(readme, VERSION, integrityOf(join(root, 'dist', versionedName())));
if (!process.argv.includes('--check')) writeFileSync(file, pinned);
else if (pinned !== readme) {
  console.error('README.md pins another build than this: run `npm run pin`, and commit what it writes.');
  process.exitCode = 1;
}
