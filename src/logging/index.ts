/** The log of this package: by tag, with a filter, and without secrets. */
export * from './logger.js';
export * from './redact.js';
