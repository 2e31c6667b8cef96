/** All text that a person can read, in all languages, and how an element finds its language. */
export * from './format.js';
export * from './locale-controller.js';
export * from './registry.js';
export * from './strings.js';
export {english} from './locales/en.js';
