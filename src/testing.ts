/** The fake server: a backend in memory for tests and stories, with a clock that the test controls. */
export * from './testing/index.js';
