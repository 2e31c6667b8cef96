/** Runs the tests of the Laravel demo, and counts their cases. */
import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {temporaryFolder} from './processes.mjs';

const cwd = fileURLToPath(new URL('../../demo/laravel', import.meta.url));
if (!existsSync(join(cwd, 'vendor/bin/phpunit'))) {
  console.error('PHPUnit is not installed: run `composer install` in demo/laravel.');
  process.exit(1);
}
const report = join(temporaryFolder('phpunit'), 'junit.xml');
const {status} = spawnSync('php', ['vendor/bin/phpunit', '--colors=never', '--log-junit', report], {
  cwd,
  stdio: ['ignore', 'inherit', 'inherit'],
});
const cases = readFileSync(report, 'utf8').match(/<testcase\b[^>]*?(\/>|>[\s\S]*?<\/testcase>)/g) ?? [];
const failed = cases.filter((one) => /<(failure|error)\b/.test(one)).length;
const skipped = cases.filter((one) => /<skipped\b/.test(one)).length;
const counts = {passed: cases.length - failed - skipped, failed, skipped};
if (process.env['TEST_COUNTS']) writeFileSync(process.env['TEST_COUNTS'], JSON.stringify(counts));
process.exitCode = status ?? 1;
