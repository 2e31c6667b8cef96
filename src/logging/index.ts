/** What the package says about itself while it works: by tag, filterable, and without a secret in it. */
export * from './logger.js';
export * from './redact.js';
