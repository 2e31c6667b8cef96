/** Every word a person can read, the languages it is there in, and how an element finds its own. */
export * from './format.js';
export * from './locale-controller.js';
export * from './registry.js';
export * from './strings.js';
export {english} from './locales/en.js';
