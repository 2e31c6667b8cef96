/** The version of this package, as in its package file. */
export const VERSION = '0.1.0';
