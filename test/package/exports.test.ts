import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {promisify} from 'node:util';
import {build} from 'esbuild';
import {dist, packageFile, root} from './package-info.js';

const run = promisify(execFile);

/** Imports in a Node of its own and says what it got. A timer or a socket left open would keep it from ending. */
async function importInNode(specifiers: readonly string[]): Promise<Record<string, string[]>> {
  const code = `
    const before = Object.getOwnPropertyNames(globalThis);
    const found = {};
    for (const one of ${JSON.stringify(specifiers)}) found[one] = Object.keys(await import(one));
    found.globals = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
    console.log(JSON.stringify(found));`;
  const {stdout} = await run(process.execPath, ['--input-type=module', '-e', code], {cwd: root, timeout: 20_000});
  return JSON.parse(stdout) as Record<string, string[]>;
}

describe('the doors of the package', () => {
  for (const [entry, target] of Object.entries(packageFile.exports)) {
    const files = typeof target === 'string' ? [target] : Object.values(target);
    for (const file of files) {
      it(`${entry} leads to ${file}`, () => {
        const [folder = '', ending] = file.split('*');
        if (ending === undefined) assert.ok(existsSync(join(root, file)), file);
        else
          assert.ok(
            readdirSync(join(root, folder)).some((name) => name.endsWith(ending)),
            file,
          );
      });
    }
  }

  it('is found also by those who look at no exports, as Parcel does', () => {
    const {main, exports} = packageFile;
    assert.equal(main, (exports['.'] as {default: string}).default);
  });

  it('opens in Node without a window, and lets the process end', async () => {
    const doors = ['', '/core', '/classes', '/testing', '/react', '/define/chat-conversation.js', '/locales/en.js'];
    const found = await importInNode(doors.map((door) => packageFile.name + door));
    for (const door of doors.slice(0, 5)) assert.notDeepEqual(found[packageFile.name + door], [], door);
    // Lit keeps its versions there, and in Node a stand-in for the registry.
    const foreign = /^(lit|reactiveElement|customElements$)/;
    assert.deepEqual(
      found['globals']?.filter((name) => !foreign.test(name)),
      [],
    );
  });

  it('gives all that core holds at the root, too', async () => {
    const found = await importInNode([packageFile.name, `${packageFile.name}/core`]);
    const missing = found[`${packageFile.name}/core`]?.filter((name) => !found[packageFile.name]?.includes(name));
    assert.deepEqual(missing, []);
    assert.ok(found[packageFile.name]?.includes('createChatClient'));
  });

  it('needs no other package in core', async () => {
    const {metafile} = await build({
      entryPoints: [join(dist, 'core.js')],
      bundle: true,
      format: 'esm',
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    assert.deepEqual(
      Object.keys(metafile.inputs).filter((file) => file.includes('node_modules')),
      [],
    );
  });

  it('registers at the root what there is to register, but for the inspector', () => {
    const helpers = ['register.js', 'version.js', 'chat-inspector.js'];
    const tags = readdirSync(join(dist, 'define')).filter((name) => name.endsWith('.js') && !helpers.includes(name));
    const index = readFileSync(join(dist, 'index.js'), 'utf8');
    assert.deepEqual(
      tags.filter((name) => !index.includes(`./define/${name}`)),
      [],
    );
  });

  it('knows its own version', async () => {
    const {VERSION} = (await import(join(dist, 'define/version.js'))) as {VERSION: string};
    assert.equal(VERSION, packageFile.version);
  });
});
