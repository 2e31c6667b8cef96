import {readFileSync, readdirSync} from 'node:fs';
import {basename, join} from 'node:path';
import ts from 'typescript';
import {root} from './package-info.js';

/** A fenced piece of code in a document. */
export interface Snippet {
  /** For the name of a test: document, line and language. */
  readonly title: string;
  readonly language: string;
  /** What stands behind the language, e.g. `run`. */
  readonly mark: string;
  readonly code: string;
}

/** The documents whose snippets are tried: the readme and the guides. */
export const documents: readonly string[] = [
  'README.md',
  ...readdirSync(join(root, 'stories'))
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => `stories/${name}`),
];

/** The text of a document. @param path Below the root. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** All snippets of the documents in one of these languages. */
export function snippets(...languages: readonly string[]): readonly Snippet[] {
  return documents.flatMap((path) => snippetsOf(path)).filter(({language}) => languages.includes(language));
}

function snippetsOf(path: string): readonly Snippet[] {
  const text = textOf(path);
  return [...text.matchAll(/^```(\w+)(?: (\w+))?\n(.*?)^```$/gmsu)].map(
    ({1: language = '', 2: mark = '', 3: code = '', index}) => ({
      title: `${basename(path)}:${text.slice(0, index).split('\n').length} (${language})`,
      language,
      mark,
      code,
    }),
  );
}

/** The snippet of a guide whose first line says that it is this file. Throws where there is none. */
export function fileInGuide(path: string, file: string): string {
  const found = snippetsOf(path).find(({code}) => [`// ${file}\n`, `<!-- ${file} -->\n`].some((line) => code.startsWith(line)));
  if (!found) throw new Error(`${path} shows no ${file}`);
  return found.code;
}

/** What a snippet may take for granted, as its reader has it. */
const SURROUNDINGS = `
/// <reference types="vue" />
declare function $props<T>(): T;
declare function fetchToken(): Promise<string>;
declare function defineNuxtConfig(config: {vue: {compilerOptions: {isCustomElement: (tag: string) => boolean}}}): object;
declare module '*/chat' {
  export const Chat: import('react').ComponentType<{userId: number}>;
}
declare module '@angular/core' {
  export const ChangeDetectionStrategy: {readonly OnPush: number};
  export function Component(options: {selector: string; imports: object[]; changeDetection: number; template: string}): ClassDecorator;
  export function Input(): PropertyDecorator;
}`;

/** What the compiler, as strict as for our own code, has to say of each snippet. They see the package as it is built. */
export function typeErrors(pieces: readonly Snippet[]): ReadonlyMap<Snippet, readonly string[]> {
  const folder = join(root, 'test/package');
  const texts = new Map(
    pieces.map(({language, code}, index) => [
      join(folder, `__snippet-${index}.${language}`),
      // What a project in Solid says in its configuration.
      `${code.includes('types/solid') ? '/** @jsxImportSource solid-js */ ' : ''}${code}\nexport {};`,
    ]),
  );
  const surroundings = join(folder, '__surroundings.d.ts');
  const options = optionsOfSnippets();
  const host = ts.createCompilerHost(options);
  const {getSourceFile, fileExists} = host;
  const virtual = new Map([...texts, [surroundings, SURROUNDINGS]]);
  host.fileExists = (file) => virtual.has(file) || fileExists(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = virtual.get(file);
    return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram([...virtual.keys()], options, host);
  const files = [...texts.keys()];
  return new Map(pieces.map((piece, index) => [piece, errorsOf(program, files[index] ?? '')]));
}

function optionsOfSnippets(): ts.CompilerOptions {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const {options} = ts.parseJsonConfigFileContent({...(config.config as object), include: []}, ts.sys, root);
  // A snippet shows things that nobody uses, and an import by its name is that of a host.
  return {...options, noEmit: true, allowJs: false, checkJs: false, noUnusedLocals: false};
}

function errorsOf(program: ts.Program, path: string): readonly string[] {
  const file = program.getSourceFile(path);
  return ts.getPreEmitDiagnostics(program, file).map(({messageText, start, file: where}) => {
    const line = where && start !== undefined ? where.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
