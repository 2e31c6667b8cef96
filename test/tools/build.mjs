/** Builds `dist/`: a module and its types for each source file, the classic script, and what editors read. */
import {execFileSync} from 'node:child_process';
import {chmodSync, existsSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build as bundle} from 'vite';
import {BESIDE} from './load-beside.mjs';
import {writeEditorData} from './manifest.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const configFile = join(root, 'vite.config.ts');
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** @param {string} [outDir] Where to, as a path below the root. */
export async function build(outDir = 'dist') {
  const target = join(root, outDir);
  rmSync(target, {recursive: true, force: true});
  execFileSync(process.execPath, [tsc, '-p', 'src/tsconfig.build.json', '--outDir', target], {cwd: root, stdio: 'inherit'});
  await bundle({root, configFile, logLevel: 'warn', build: {outDir: target}});
  for (const [entry, name] of Object.entries(BESIDE)) {
    const lib = {entry: join(root, entry), formats: /** @type {['es']} */ (['es']), fileName: () => name};
    await bundle({root, configFile, logLevel: 'warn', build: {outDir: target, lib}});
  }
  writeEditorData(target);
  const command = join(target, 'cli', 'ws-chat.js');
  if (existsSync(command)) chmodSync(command, 0o755);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build(process.argv[2]);
