/** The elements as React components. React, 18 or 19, is the host's own. */
export * from './react/index.js';
