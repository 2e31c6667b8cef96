import {readFileSync, readdirSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {versionedName} from '../tools/integrity.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const dist = join(root, 'dist');

/** What a package file says of an entry: one file, or one for types and one for the rest. */
export type ExportTarget = string | Readonly<Record<'types' | 'default', string>>;

export interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly main: string;
  readonly exports: Readonly<Record<string, ExportTarget>>;
  readonly sideEffects: readonly string[];
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

export const packageFile = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageFile;

/** All files below a folder, as paths relative to it. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, {withFileTypes: true, recursive: true})
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** The modules of the package, without the classic script and the languages for it. */
export function modules(): readonly string[] {
  const scripts = /^ws-chat\.(?:[\w-]+\.)?js$/u;
  return filesBelow(dist).filter((file) => file.endsWith('.js') && !scripts.test(file) && file !== versionedName());
}

/** Whether `sideEffects` of the package file names this module of `dist/`. */
export function isListedWithEffects(file: string): boolean {
  return packageFile.sideEffects.some((pattern) => {
    const [before = '', after] = pattern.replace('./dist/', '').split('*');
    if (after === undefined) return file === before;
    return file.startsWith(before) && file.endsWith(after) && !file.slice(before.length).includes('/');
  });
}
