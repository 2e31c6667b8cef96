import {dirname, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

/** Where artisan is. */
export const laravelRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The checkout that the demo is part of. */
export const repositoryRoot = resolve(laravelRoot, '../..');
