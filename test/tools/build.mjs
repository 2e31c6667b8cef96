/** Builds `dist/`: a module and its types for each source file, the classic script, and what editors read. */
import {execFileSync} from 'node:child_process';
import {chmodSync, cpSync, existsSync, readdirSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build as bundle} from 'vite';
import {readFlags, refuse} from './flags.mjs';
import {integrityList, writeVersioned} from './integrity.mjs';
import {beHanded, BESIDE} from './load-beside.mjs';
import {writeLicences} from './licences.mjs';
import {buildLocaleScripts} from './locale-scripts.mjs';
import {writeEditorData} from './manifest.mjs';
import {minifyTemplatesIn} from './minify-templates.mjs';
import {plainDecoratorsIn} from './plain-decorators.mjs';
import {writeSlimPusher} from './slim-pusher.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const configFile = join(root, 'vite.config.ts');
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** @param {string} [outDir] Where to, as a path below the root. */
export async function build(outDir = 'dist') {
  const target = join(root, outDir);
  rmSync(target, {recursive: true, force: true});
  execFileSync(process.execPath, [tsc, '-p', 'src/tsconfig.build.json', '--outDir', target], {cwd: root, stdio: 'inherit'});
  await writeSlimPusher(target);
  minifyTemplatesIn(target);
  plainDecoratorsIn(target);
  await bundleInto(target, 'src/embed.ts', 'ws-chat.js', 'iife', []);
  for (const [entry, name] of Object.entries(BESIDE)) await bundleInto(target, entry, name, 'es', [beHanded(entry)]);
  cpSync(join(root, 'src/styles/themes'), join(target, 'themes'), {recursive: true});
  await buildLocaleScripts(target);
  writeVersioned(target);
  writeLicences(target);
  writeEditorData(target);
  const command = join(target, 'cli', 'ws-chat.js');
  if (existsSync(command)) chmodSync(command, 0o755);
}

/**
 * @param {string} outDir
 * @param {string} entry
 * @param {string} fileName
 * @param {import('vite').LibraryFormats} format
 * @param {import('vite').PluginOption} plugins
 */
export function bundleInto(outDir, entry, fileName, format, plugins) {
  const lib = {entry: join(root, entry), name: 'WsChat', formats: [format], fileName: () => fileName};
  return bundle({root, configFile, logLevel: 'warn', plugins: [plugins], build: {outDir, lib}});
}

/** Whether there is something in a folder, and no build, which another one may take the place of. @param {string} folder */
function holdsElse(folder) {
  return existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, 'embed.js'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const usage = 'Usage: npm run build -- [FOLDER]   (default: dist)';
  const {positionals} = readFlags(usage, {options: {}, allowPositionals: true});
  const [folder = 'dist'] = positionals;
  if (folder !== 'dist' && holdsElse(join(root, folder))) refuse(usage, `${folder} holds something else than a build.`);
  await build(folder);
  for (const {name, integrity} of integrityList(join(root, folder))) console.log(`${integrity}  ${folder}/${name}`);
}
