import {fileURLToPath} from 'node:url';
import {defineConfig} from 'vite';
import solid from 'vite-plugin-solid';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [solid()],
  // The package as it is built at the root of this repository. In a project of its own: `npm install ws-chat-elements`.
  resolve: {alias: {'ws-chat-elements': fileURLToPath(new URL('../../dist/index.js', import.meta.url))}},
});
