/** `npm run bench`: runs every bench in Chromium. Prints ratios within one run, for machines differ and are shared. */
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const args = ['node_modules/@web/test-runner/dist/bin.js', '--config', 'test/web-test-runner.config.js'];
const {status} = spawnSync(process.execPath, [...args, '--files', 'test/bench/*.bench.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: {...process.env, BROWSERS: 'chromium'},
});
process.exitCode = status ?? 1;
