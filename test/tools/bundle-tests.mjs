/**
 * The element tests, bundled for browsers with what they share in chunks: a page has a dozen requests to make for a file of tests then,
 * and not three hundred, which is most of what a short one takes.
 */
import {rmSync} from 'node:fs';
import {join, relative} from 'node:path';
import {build} from 'esbuild';
import {BROWSER_ROOMS, testFiles} from './node-tests.mjs';

/**
 * @param {string} root The folder of the project.
 * @param {string} name What tells this run from others at the same time.
 * @returns {Promise<string[]>} The files to run, as paths from the root.
 */
export async function bundleTests(root, name) {
  const test = join(root, 'test');
  const entryPoints = [...BROWSER_ROOMS.flatMap((room) => testFiles(join(test, room))), ...testFiles(test, '.browser.test.ts')];
  // As deep as the sources, so that a path from there leads to the same place.
  const outdir = join(root, `bundled-tests-${name}`);
  rmSync(outdir, {recursive: true, force: true});
  const {metafile} = await build({
    entryPoints,
    outdir,
    outbase: test,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['development'],
    tsconfig: join(root, 'tsconfig.json'),
    // What the test runner serves itself.
    external: ['/__*'],
    sourcemap: true,
    metafile: true,
    absWorkingDir: root,
    logLevel: 'warning',
  });
  return Object.entries(metafile.outputs)
    .filter(([, {entryPoint}]) => entryPoint?.endsWith('.test.ts'))
    .map(([file]) => relative(root, join(root, file)))
    .sort();
}
