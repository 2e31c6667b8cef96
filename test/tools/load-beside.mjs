/**
 * Files that `dist/ws-chat.js` loads from beside it, on first use. Everywhere else they are modules like any other, behind an `import()`.
 *
 * Such a file is a function. Of what the script holds already, such as Lit, it brings no copy: it is handed that by the script.
 */
import {dirname, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import MagicString from 'magic-string';
import {parseSync} from 'vite';
import {VERSION} from './integrity.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What is loaded, and the file it becomes, with the version in its name, as a script can do nothing with that of another. Without it the rest has to go on: a page may have the script alone, or be offline.
 * @type {Readonly<Record<string, string>>}
 */
export const BESIDE = {
  'src/behaviors/roving-focus.ts': `ws-chat-${VERSION}.roving-focus.js`,
  'src/client/outbox-disk.ts': `ws-chat-${VERSION}.outbox-disk.js`,
  'src/client/shared-connection/index.ts': `ws-chat-${VERSION}.shared-connection.js`,
  'src/elements/composer-files.ts': `ws-chat-${VERSION}.composer-files.js`,
  'src/elements/error-dialog.ts': `ws-chat-${VERSION}.error-dialog.js`,
};

const DYNAMIC_IMPORT = /\bimport\(\s*'(\.[^']+)'\s*\)/g;
const SCRIPT_URL = 'virtual:script-url';
/** Before the path of a module of the script, where a file beside it imports that. */
const OF_SCRIPT = 'of-script:';

/**
 * A script of another origin has no base address for a relative `import()`, unless its tag says `crossorigin`; so the address is taken from
 * the tag. As a module it has no tag, but a base. A picture or a form by the name of `currentScript` takes the place of the tag: where people
 * write HTML, it would name the origin that the files come from.
 */
const ADDRESS_OF = `const {currentScript} = document;
const script = currentScript instanceof HTMLScriptElement && currentScript.src;
export const addressOf = (name) => (script ? new URL(name, script).href : './' + name);`;

/**
 * Something that a file beside the script uses of a module of the script.
 * @typedef {{readonly module: string, readonly name: string, readonly key: string}} Handed
 */

/** @type {Promise<ReadonlySet<string>> | undefined} */
let ofScript;
/** @type {Map<string, Promise<readonly Handed[]>>} */
const handed = new Map();

/** The modules of which there is something in the script, and the doors to them; as paths from the root. */
function modulesOfScript() {
  return (ofScript ??= bundle('src/embed.ts', ({kind}) => kind === 'dynamic-import').then(({metafile}) => {
    const [output] = Object.values(metafile.outputs);
    const files = Object.keys(metafile.inputs);
    return new Set(files.filter((file) => /\/index\.[jt]s$/.test(file) || (output?.inputs[file]?.bytesInOutput ?? 0) > 0));
  }));
}

/**
 * What the script has to hand to the file that is made of `entry`.
 * @param {string} entry
 */
function handedTo(entry) {
  const known = handed.get(entry) ?? findHanded(entry);
  handed.set(entry, known);
  return known;
}

/**
 * @param {string} entry
 * @returns {Promise<readonly Handed[]>}
 */
async function findHanded(entry) {
  const shared = await modulesOfScript();
  const {outputFiles} = await bundle(entry, ({module}) => shared.has(module));
  const imported = importsOf(outputFiles[0]?.text ?? '').map(({module, name}) => ({module, name}));
  const imports = [...new Map(imported.map((one) => [`${one.module} ${one.name}`, one])).values()];
  return imports.map(({module, name}, index) => {
    const isTaken = imports.findIndex((other) => other.name === name) < index;
    return {module, name, key: isTaken ? `${name}${index}` : name};
  });
}

/**
 * The sources of a file beside the script, as paths from the root.
 * @param {string} entry
 */
export async function sourcesBeside(entry) {
  const shared = await modulesOfScript();
  const {metafile} = await bundle(entry, ({module}) => shared.has(module));
  return Object.keys(metafile.inputs);
}

/**
 * @param {string} entry
 * @param {(found: {readonly kind: import('esbuild').ImportKind, readonly module: string}) => boolean} isElsewhere What is left out.
 */
function bundle(entry, isElsewhere) {
  return build({
    absWorkingDir: root,
    entryPoints: [entry],
    plugins: [leaveOut(isElsewhere)],
    bundle: true,
    metafile: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
}

/**
 * @param {Parameters<typeof bundle>[1]} isElsewhere
 * @returns {import('esbuild').Plugin}
 */
function leaveOut(isElsewhere) {
  return {
    name: 'leave-out',
    setup(building) {
      building.onResolve({filter: /./}, async ({path, kind, pluginData, ...options}) => {
        if (kind === 'entry-point' || pluginData === OF_SCRIPT) return undefined;
        const found = await building.resolve(path, {...options, kind, pluginData: OF_SCRIPT});
        const module = relative(root, found.path);
        return isElsewhere({kind, module}) ? {path: OF_SCRIPT + module, external: true} : undefined;
      });
    },
  };
}

/**
 * What a chunk imports of the script, by its own names for it.
 * @param {string} code
 */
function importsOf(code) {
  return parseSync('chunk.js', code, {sourceType: 'module'}).program.body.flatMap((statement) => {
    if (statement.type !== 'ImportDeclaration') return [];
    const {start, end, source, specifiers} = statement;
    if (!source.value.startsWith(OF_SCRIPT)) throw new Error(`A file beside the script imports ${source.value}.`);
    return specifiers.map((specifier) => {
      if (specifier.type === 'ImportNamespaceSpecifier')
        throw new Error(`A file beside the script imports all of ${source.value}.`);
      const imported = specifier.type === 'ImportSpecifier' ? specifier.imported : null;
      const name = imported === null ? 'default' : imported.type === 'Identifier' ? imported.name : imported.value;
      return {module: source.value.slice(OF_SCRIPT.length), name, local: specifier.local.name, start, end};
    });
  });
}

/**
 * For the script: loads the files beside it, and hands them what they need.
 * @returns {import('vite').Plugin}
 */
export function loadBeside() {
  return {
    name: 'load-beside',
    enforce: 'pre',
    resolveId: (id) => (id === SCRIPT_URL ? `\0${id}` : null),
    load: (id) => (id === `\0${SCRIPT_URL}` ? ADDRESS_OF : null),
    transform: {
      filter: {id: /\/src\/.*\.ts$/, code: /\bimport\(/},
      async handler(code, id) {
        const edited = new MagicString(code);
        const imports = [`import {addressOf} from '${SCRIPT_URL}';`];
        for (const {0: whole, 1: path = '', index} of code.matchAll(DYNAMIC_IMPORT)) {
          const entry = relative(root, resolve(dirname(id), path)).replace(/\.js$/, '.ts');
          const file = BESIDE[entry];
          if (file === undefined) throw new Error(`${id}: the script cannot load ${entry}, which is no file beside it.`);
          const needs = await handedTo(entry);
          const pairs = needs.map(({module, name, key}) => {
            const local = `handed${imports.length}`;
            imports.push(`import {${name} as ${local}} from ${JSON.stringify(join(root, module))};`);
            return `${key}: ${local}`;
          });
          edited.update(
            index,
            index + whole.length,
            `import(/* @vite-ignore */ addressOf('${file}')).then((file) => file.default({${pairs.join(', ')}}))`,
          );
        }
        if (imports.length > 1 || edited.hasChanged()) edited.append(`\n${imports.join('\n')}`);
        return {code: edited.toString(), map: edited.generateMap({hires: true})};
      },
    },
  };
}

/**
 * For a file beside the script: makes it the function that is handed what it needs, and gives back what its module exports. Called again,
 * it gives back the same, as a module is run once.
 * @param {string} entry
 * @returns {import('vite').Plugin}
 */
export function beHanded(entry) {
  return {
    name: 'be-handed',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (importer === undefined) return null;
      const found = await this.resolve(source, importer, {skipSelf: true});
      const module = found && relative(root, found.id);
      return module !== null && (await modulesOfScript()).has(module) ? {id: OF_SCRIPT + module, external: true} : null;
    },
    async renderChunk(code) {
      const needs = await handedTo(entry);
      const edited = new MagicString(code);
      const parameters = importsOf(code).map(({module, name, local, start, end}) => {
        edited.update(start, end, '');
        const key = needs.find((one) => one.module === module && one.name === name)?.key;
        if (key === undefined) throw new Error(`${entry} is not handed ${name} of ${module}.`);
        return `${key}: ${local}`;
      });
      for (const statement of parseSync('chunk.js', code, {sourceType: 'module'}).program.body) {
        if (statement.type !== 'ExportNamedDeclaration') continue;
        const pairs = statement.specifiers.map(
          ({local, exported}) => `${code.slice(exported.start, exported.end)}: ${code.slice(local.start, local.end)}`,
        );
        edited.update(statement.start, statement.end, `return {${pairs.join(', ')}};`);
      }
      edited.prepend(`let made;\nexport default (handed) => made ??= (({${parameters.join(', ')}}) => {\n`);
      edited.append('\n})(handed);\n');
      return {code: edited.toString(), map: edited.generateMap({hires: true})};
    },
  };
}
