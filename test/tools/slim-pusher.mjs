/**
 * pusher-js as one module, made from its own sources with only what `src/connection/pusher-transport.ts` comes to: WebSockets and
 * the protocol. Whether it does is seen where the bundle connects: `test/package/demo-hosts.test.ts`.
 */
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

/** What the package imports, and the bundle gets the slim one in place of. */
export const STOCK = 'pusher-js/worker/index.js';

const packageFile = createRequire(import.meta.url).resolve('pusher-js/package.json');
const sources = join(dirname(packageFile), 'src');
/** A file that is never written: the map of the module tells the way to its sources from there. */
const MODULE = join(sources, 'slim-pusher.js');
const ours = fileURLToPath(new URL('slim-pusher', import.meta.url));

/**
 * Sources of pusher-js by the file that takes their place.
 * @type {ReadonlyMap<string, string>}
 */
const REPLACED = new Map([
  ['runtime.ts', 'runtime.ts'],
  ['core/channels/channel.ts', 'left-out.ts'],
  ['core/channels/channels.ts', 'left-out.ts'],
  ['core/channels/encrypted_channel.ts', 'left-out.ts'],
  ['core/channels/presence_channel.ts', 'left-out.ts'],
  ['core/channels/private_channel.ts', 'left-out.ts'],
  ['core/logger.ts', 'logger.ts'],
  ['core/timeline/timeline_sender.ts', 'left-out.ts'],
  ['core/transports/assistant_to_the_transport_manager.ts', 'left-out.ts'],
  ['core/utils/collections.ts', 'collections.ts'],
]);

/** Long names of members that only these sources use, and never as a text: they may become short ones. */
const INTERNAL = [
  '_callbacks abandonConnection abortConnecting activityTimer bindListeners buildConnectionCallbacks',
  'buildErrorCallbacks buildHandshakeCallbacks buildTimelineMessage changeState clearRetryTimer',
  'clearUnavailableTimer connectionCallbacks createAssistantToTheTransportManager createConnection',
  'createConnectionManager createEncryptedChannel createHandshake createPresenceChannel createPrivateChannel',
  'createTimelineSender decodeMessage disconnectInternally encodeMessage ensureAborted errorCallbacks failFast',
  'failThrough forceMinPriority generateUniqueID getCloseAction getCloseError global_callbacks handleCloseEvent',
  'handlesActivityChecks handshakeCallbacks processHandshake removeAllCallbacks removeCallback resetActivityCheck',
  'retryTimer sendActivityCheck setConnection setUnavailableTimer shouldRetry startConnecting stopActivityCheck',
  'supportsPing timeoutLimit transportConnectionInitializer tryStrategy unavailableTimer unbindListeners',
  'unbind_global updateState updateStrategy usingTLS',
].flatMap((line) => line.split(' '));

/** How the sources of pusher-js are meant to be compiled: fields that are only declared must not be set again. */
const COMPILER_OPTIONS = {target: 'es2022', useDefineForClassFields: false, verbatimModuleSyntax: false};

/**
 * Follows the imports of pusher-js, which begin at `src/` or at the file.
 * @param {Set<string>} met Sources that were replaced.
 * @returns {import('esbuild').Plugin}
 */
function resolveSources(met) {
  return {
    name: 'pusher-sources',
    setup({onResolve}) {
      onResolve({filter: /^(\.|runtime$|core\/)/}, ({path, importer}) => {
        if (!importer.startsWith(sources)) return null;
        const from = path.startsWith('.') ? dirname(importer) : sources;
        const file = join(from, `${path}.ts`);
        const name = relative(sources, file);
        const replacement = REPLACED.get(name);
        if (replacement === undefined) return null;
        met.add(name);
        return {path: join(ours, replacement)};
      });
    },
  };
}

/** @returns {Promise<{code: string, map: string}>} An ES module that exports the class as its default. */
export async function buildSlimPusher() {
  /** @type {Set<string>} */
  const met = new Set();
  const {outputFiles} = await build({
    entryPoints: [join(ours, 'pusher.ts')],
    outfile: MODULE,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'external',
    mangleProps: new RegExp(`^(?:${INTERNAL.join('|')})$`),
    legalComments: 'none',
    write: false,
    alias: {core: join(sources, 'core')},
    define: {
      VERSION: JSON.stringify(JSON.parse(readFileSync(packageFile, 'utf8')).version),
      CDN_HTTP: '""',
      CDN_HTTPS: '""',
      DEPENDENCY_SUFFIX: '""',
      global: 'self',
    },
    tsconfigRaw: {compilerOptions: COMPILER_OPTIONS},
    plugins: [resolveSources(met)],
    logLevel: 'warning',
  });
  const missed = [...REPLACED.keys()].filter((name) => !met.has(name));
  if (missed.length > 0) throw new Error(`pusher-js no longer imports what is replaced: ${missed.join(', ')}`);
  const [map, code] = outputFiles;
  if (!map || !code) throw new Error('esbuild gave no module, or no map of it.');
  return {code: code.text, map: map.text};
}

/**
 * Puts it in place of the worker build.
 * @returns {import('vite').Plugin}
 */
export function slimPusher() {
  return {
    name: 'slim-pusher',
    enforce: 'pre',
    resolveId: (source) => (source === STOCK ? MODULE : null),
    load: (id) => (id === MODULE ? buildSlimPusher() : null),
  };
}
