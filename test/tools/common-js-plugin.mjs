/** Serves CommonJS packages to browsers as Node and bundlers hand them to an importer: what they export is the default export. */
import {build} from 'esbuild';

/**
 * @param {readonly string[]} paths The files, as paths below the root of the server.
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
export function commonJsPlugin(paths) {
  /** @type {Map<string, Promise<string>>} */
  const bundles = new Map();
  let root = process.cwd();
  return {
    name: 'common-js',
    serverStart({config}) {
      root = config.rootDir;
    },
    async serve(context) {
      if (!paths.includes(context.path)) return undefined;
      const bundle = bundles.get(context.path) ?? bundleAsModule(root + context.path);
      bundles.set(context.path, bundle);
      return {body: await bundle, type: 'js'};
    },
  };
}

/** @param {string} file */
async function bundleAsModule(file) {
  const result = await build({
    entryPoints: [file],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  return result.outputFiles[0]?.text ?? '';
}
