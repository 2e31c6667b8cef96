import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {describe, it} from 'node:test';
import {promisify} from 'node:util';
import {dist, isListedWithEffects, modules} from './package-info.js';

const run = promisify(execFile);

interface Effects {
  readonly file: string;
  readonly effects: readonly string[];
}

/** Imports modules one after the other, and says what each did to the world: to globals, the registry, timers, events, the console. */
async function effectsOf(files: readonly string[]): Promise<readonly Effects[]> {
  const code = `
    import {pathToFileURL} from 'node:url';
    // Lit brings its own stand-ins for a DOM; they come first, as they are not our doing.
    await import('lit');
    let effects = [];
    const note = (what) => (...args) => void effects.push(what + ' ' + String(args[0]));
    globalThis.customElements = {define: note('define'), get: () => undefined};
    globalThis.addEventListener = note('listen');
    globalThis.document = {addEventListener: note('listen')};
    for (const name of ['setTimeout', 'setInterval', 'fetch', 'WebSocket', 'BroadcastChannel']) globalThis[name] = note(name);
    for (const name of ['log', 'info', 'warn', 'error', 'debug']) console[name] = note('console');
    const results = [];
    for (const file of ${JSON.stringify(files)}) {
      effects = [];
      const before = new Set(Reflect.ownKeys(globalThis));
      try { await import(pathToFileURL(${JSON.stringify(dist)} + '/' + file)); } catch (error) { effects.push('throws ' + error); }
      for (const key of Reflect.ownKeys(globalThis)) if (!before.has(key)) effects.push('global ' + String(key));
      results.push({file, effects});
    }
    process.stdout.write(JSON.stringify(results), () => process.exit(0));`;
  const {stdout} = await run(process.execPath, ['--input-type=module', '-e', code], {cwd: dist, timeout: 60_000});
  return JSON.parse(stdout) as readonly Effects[];
}

describe('sideEffects of the package file', () => {
  it('leaves out no module that does something on import', async () => {
    // What is run by a person is not imported by anybody.
    const quiet = modules().filter((file) => !isListedWithEffects(file) && !file.startsWith('cli/'));
    assert.ok(quiet.length > 20);
    const loud = (await effectsOf(quiet)).filter(({effects}) => effects.length > 0);
    assert.deepEqual(loud, []);
  });

  const listed = [
    'index.js',
    'embed.js',
    'react.js',
    'react/index.js',
    ...modules().filter((file) => /^define\/.*-.*\.js$/.test(file)),
  ];
  for (const file of listed) {
    it(`lists ${file}, which registers elements`, async () => {
      assert.ok(isListedWithEffects(file));
      const [result = {file, effects: []}] = await effectsOf([file]);
      assert.ok(
        result.effects.some((effect) => effect.startsWith('define ')),
        String(result.effects),
      );
      assert.deepEqual(
        result.effects.filter((effect) => !/^(define |global Symbol\(ws-chat-elements:)/.test(effect)),
        [],
      );
    });
  }
});
