/** The fake server: a backend in memory for tests and stories, on a clock that the test turns. */
export * from './testing/index.js';
