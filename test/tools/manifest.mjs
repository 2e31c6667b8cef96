/**
 * Makes `custom-elements.json` out of the elements' doc comments. `--check` writes nothing and fails when the file is stale.
 * The files for editors are made from the manifest when the package is built.
 */
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
// Its types name neither.
// @ts-expect-error
import {create, ts} from '@custom-elements-manifest/analyzer';
// @ts-expect-error
import {litPlugin} from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import {getWebTypesData} from 'custom-element-jet-brains-integration';
import {getVsCodeHtmlCustomData} from 'custom-element-vs-code-integration';
import {format} from 'prettier';
import {readFlags} from './flags.mjs';
import {writeFrameworkTypes} from './framework-types.mjs';
import {writeLlms} from './llms.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const MANIFEST = join(root, 'custom-elements.json');

const USAGE = `Usage: npm run manifest -- [options]

  --check  Write nothing, and fail where the manifest is stale.
  --help   Show this.`;

/** The modules of the elements and of the classes that they are made of, as paths below the root. */
function elementModules() {
  return readdirSync(join(root, 'src/elements'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.styles.ts'))
    .sort()
    .map((name) => `src/elements/${name}`);
}

/** Where a source file is found in the package. @param {string} path */
function published(path) {
  return path.replace(/^\/?src\//, 'dist/').replace(/\.ts$/, '.js');
}

/** Leaves out what is nobody's business, and names modules as the package ships them. */
const publicOnly = {
  name: 'public-only',
  /** @param {{customElementsManifest: any}} input */
  packageLinkPhase({customElementsManifest}) {
    for (const module of customElementsManifest.modules) tidyModule(module);
    customElementsManifest.modules = customElementsManifest.modules.filter(
      (/** @type {any} */ one) => one.declarations.length > 0,
    );
  },
};

/** @param {any} module */
function tidyModule(module) {
  module.path = published(module.path);
  module.declarations = module.declarations.filter((/** @type {any} */ one) => one.tagName);
  module.declarations.forEach(tidyElement);
  module.exports = module.declarations.flatMap((/** @type {any} */ {name, tagName}) => {
    const declaration = {name, module: module.path};
    return [
      {kind: 'js', name, declaration},
      {kind: 'custom-element-definition', name: tagName, declaration},
    ];
  });
}

/**
 * The tokens that every element reads, from the doc comment in `src/styles/tokens.ts`. A colour has its default from the palette.
 * @returns {{name: string, description: string, default?: string}[]}
 */
function themeTokens() {
  const palette = readFileSync(join(root, 'src/styles/palette.ts'), 'utf8');
  const colours = new Map(
    [...palette.matchAll(/^ {2}'?([a-z-]+)'?: \['(#\w+)', '(#\w+)'\],$/gm)].map(([, role, light, dark]) => [
      `--chat-color-${role}`,
      `light-dark(${light}, ${dark})`,
    ]),
  );
  const source = readFileSync(join(root, 'src/styles/tokens.ts'), 'utf8');
  return [...source.matchAll(/@cssprop \[?(--chat-[a-z-]+)(?:=(.*?)\])? - (.*)$/gm)].map(
    ([, name = '', given, description = '']) => {
      const value = given ?? colours.get(name);
      return {description, name, ...(value && {default: value})};
    },
  );
}

/** @param {any} element */
function tidyElement(element) {
  // It shows nothing itself.
  if (element.tagName !== 'chat-connection') element.cssProperties = [...(element.cssProperties ?? []), ...themeTokens()];
  element.members = element.members?.filter(isPublic);
  // One without a property is watched for another reason: a token in the markup is warned of.
  element.attributes = element.attributes?.filter((/** @type {any} */ {fieldName}) => fieldName);
  for (const part of [...(element.members ?? []), ...(element.attributes ?? []), ...(element.events ?? [])]) {
    if (part.inheritedFrom?.module) part.inheritedFrom.module = published(part.inheritedFrom.module);
    if (part.type) part.type.text = [...new Set(part.type.text.split(' | '))].join(' | ');
  }
  // An attribute is worth what its property is worth; on its own it knows a default by its name in the source only.
  for (const attribute of element.attributes ?? []) {
    const field = element.members?.find((/** @type {any} */ member) => member.name === attribute.fieldName);
    if (field?.type) attribute.type = field.type;
    if (field?.default !== undefined) attribute.default = field.default;
  }
}

/** @param {any} member */
function isPublic(member) {
  // The analyzer knows the callbacks of browsers, but for this one.
  if (member.name === 'connectedMoveCallback') return false;
  return !member.name.startsWith('#') && (member.privacy === undefined || member.privacy === 'public') && !member.static;
}

/** The manifest as text. The same sources give the same text on every machine. */
export async function manifestText() {
  const modules = elementModules().map((path) =>
    ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.ES2022, true),
  );
  const manifest = create({modules, plugins: [...litPlugin(), publicOnly], context: {dev: false, thirdPartyCEMs: []}});
  return format(JSON.stringify(manifest), {parser: 'json', printWidth: 130});
}

/** Writes what JetBrains' editors, VS Code, the type checkers of frameworks and language models read. @param {string} folder */
export function writeEditorData(folder) {
  const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  const packageFile = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const {name, version} = packageFile;
  const webTypes = JSON.parse(getWebTypesData(manifest, {hideLogs: true, packageJson: false}));
  writeForEditors(join(folder, 'web-types.json'), {...webTypes, name, version});
  writeFrameworkTypes(folder, manifest);
  writeLlms(folder, manifest, packageFile);
  const htmlData = JSON.parse(getVsCodeHtmlCustomData(manifest, {hideLogs: true}));
  writeForEditors(join(folder, 'vscode.html-custom-data.json'), htmlData);
}

/** The tools write that of a token without a default, too. @param {string} file @param {object} data */
function writeForEditors(file, data) {
  writeFileSync(file, `${JSON.stringify(data, null, 2).replaceAll(' _(default: undefined)_', '')}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const {values} = readFlags(USAGE, {options: {check: {type: 'boolean'}}});
  const text = await manifestText();
  if (!values.check) writeFileSync(MANIFEST, text);
  else if (readOr('') !== text) {
    console.error('custom-elements.json is stale: run `npm run manifest` and commit what it writes.');
    process.exitCode = 1;
  }
}

/** @param {string} otherwise */
function readOr(otherwise) {
  try {
    return readFileSync(MANIFEST, 'utf8');
  } catch {
    return otherwise;
  }
}
