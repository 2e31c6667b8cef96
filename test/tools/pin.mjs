/** `npm run pin`: pins the script tag of the readme to the build that is there. `--check` writes nothing, and fails where it is another. */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {readFlags} from './flags.mjs';
import {integrityOf, pinReadme, VERSION, versionedName} from './integrity.mjs';

const USAGE = `Usage: npm run pin -- [options]

  --check  Write nothing, and fail where the readme pins another build.
  --help   Show this.`;

const {values} = readFlags(USAGE, {options: {check: {type: 'boolean'}}});
const root = fileURLToPath(new URL('../..', import.meta.url));
const file = join(root, 'README.md');
const readme = readFileSync(file, 'utf8');
const script = join(root, 'dist', versionedName());
if (!existsSync(script)) {
  console.error('There is nothing to pin: run `npm run build` first.');
  process.exit(1);
}
const pinned = pinReadme(readme, VERSION, integrityOf(script));
if (!values.check) writeFileSync(file, pinned);
else if (pinned !== readme) {
  console.error('README.md pins another build than this: run `npm run pin`, and commit what it writes.');
  process.exitCode = 1;
}
