import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {readArguments, UsageError} from './arguments.js';
import {atMost, countMisplaced, mostWithin, NO_FIGURES, percentile, timed} from './figures.js';
import {isSuccess, toText, type Result} from './report.js';

const RUN = fileURLToPath(new URL('run.mjs', import.meta.url));
const NAMES = ['messages', 'sends'];

async function runToEnd(...args: string[]): Promise<{code: number | null; output: string}> {
  const child = spawn(process.execPath, [RUN, ...args], {stdio: ['ignore', 'pipe', 'pipe']});
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return {code, output};
}

describe('the chaos command', () => {
  it('ends with 2 and says how it is used when it was asked for nonsense', async () => {
    const {code, output} = await runToEnd('--server', 'apache');
    assert.equal(code, 2);
    assert.match(output, /--server is one of embedded, laravel, laravel-scaled, not "apache"[^]*Usage: npm run chaos/);
  });

  it('takes a seed, a size, faults and scenarios', () => {
    const options = readArguments(['--seed', '7', '--messages', '100', '--faults', 'drop,auth', '--scenario', 'sends'], NAMES);
    assert.deepEqual(
      [options?.seed, options?.messages, options?.faults, options?.scenarios],
      [7, 100, ['drop', 'auth'], ['sends']],
    );
    assert.deepEqual(readArguments(['--faults', 'none'], NAMES)?.faults, []);
    assert.deepEqual(
      [readArguments([], NAMES)?.browser, readArguments(['--browser', 'webkit'], NAMES)?.browser],
      ['chromium', 'webkit'],
    );
    assert.equal(readArguments(['--help'], NAMES), null);
  });

  for (const args of [
    ['--seed', '-1'],
    ['--messages', '0'],
    ['--faults', 'rain'],
    ['--scenario', 'x'],
    ['--browser', 'x'],
    ['--fast'],
    ['7'],
  ]) {
    it(`refuses ${args.join(' ')}`, () => assert.throws(() => readArguments(args, NAMES), UsageError));
  }
});

describe('the report', () => {
  const result = (measured: number): Result => ({
    scenario: 'messages',
    seconds: 12,
    report: {figures: {...NO_FIGURES, sent: 10, lost: measured, recoveryMedian: 1_250}, goals: [atMost('lost', measured, 0)]},
    error: null,
  });
  const settings = {server: 'embedded', browser: 'firefox', seed: 7, messages: 10, faults: ['drop'], untimed: false};

  it('shows the figures, what was missed, and how to see it again', () => {
    const text = toText(settings, [result(2)]);
    assert.match(text, /messages +10 +– +2 .* 1\.3 s/);
    assert.match(text, /MISSED {2}messages: lost: 2 \(wanted: 0\)/);
    assert.match(
      text,
      /npm run chaos -- --server embedded --browser firefox --seed 7 --messages 10 --faults drop --scenario messages/,
    );
  });

  it('is a success only when every goal of every scenario was met', () => {
    assert.ok(isSuccess(settings, [result(0)]));
    assert.ok(!isSuccess(settings, [result(0), result(1)]));
    assert.ok(!isSuccess(settings, [{...result(0), report: null, error: 'It broke.'}]));
    assert.ok(!isSuccess(settings, []));
  });

  it('lets times that were missed decide nothing where it is told so, and nothing else', () => {
    const late = result(0);
    const withLate = {...late, report: {...late.report!, goals: [...late.report!.goals, timed(atMost('ms', 9_000, 5_000))]}};
    const untimed = {...settings, untimed: true};
    assert.ok(!isSuccess(settings, [withLate]));
    assert.ok(isSuccess(untimed, [withLate]));
    assert.ok(!isSuccess(untimed, [withLate, result(1)]));
    const text = toText(untimed, [withLate]);
    assert.match(text, /MISSED {2}messages: ms: 9000 \(wanted: at most 5000\), decides nothing\n/);
    assert.match(text, /--scenario messages --untimed$/);
  });
});

describe('the figures', () => {
  it('know the median and the 95th percentile', () => {
    const values = Array.from({length: 100}, (_, index) => 100 - index);
    assert.deepEqual([percentile(values, 0.5), percentile(values, 0.95), percentile([], 0.5)], [50, 95, null]);
  });

  it('find the busiest window', () => {
    assert.equal(mostWithin([0, 10, 900, 1_000, 5_000], 1_000), 3);
    assert.equal(mostWithin([], 1_000), 0);
  });

  it('count what stands out of order', () => {
    assert.equal(countMisplaced([1, 2, 3]), 0);
    assert.equal(countMisplaced([1, 3, 2, 4]), 1);
    assert.equal(countMisplaced([4, 1, 2, 3]), 1);
    assert.equal(countMisplaced([1, 1]), 1);
  });

  it('count what was not measured as missed', () => {
    assert.equal(atMost('anything', null, 5).met, false);
  });
});
