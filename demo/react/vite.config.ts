import {fileURLToPath} from 'node:url';
import {defineConfig} from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  // The package as it is built at the root of this repository. In a project of its own: `npm install ws-chat-elements`.
  resolve: {alias: {'ws-chat-elements/react': fileURLToPath(new URL('../../dist/react.js', import.meta.url))}},
});
