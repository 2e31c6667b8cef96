/** The door of a page without a bundler: `dist/ws-chat.js` is built from here, registers the elements and sets `window.WsChat`. */
export * from './index.js';
