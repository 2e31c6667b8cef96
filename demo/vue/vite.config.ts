import {fileURLToPath} from 'node:url';
import vue from '@vitejs/plugin-vue';
import {defineConfig} from 'vite';

const OURS = /^(chat|ws)-|^typing-indicator$/;

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [vue({template: {compilerOptions: {isCustomElement: (tag) => OURS.test(tag)}}})],
  // The package as it is built at the root of this repository. In a project of its own: `npm install ws-chat-elements`.
  resolve: {alias: {'ws-chat-elements': fileURLToPath(new URL('../../dist/index.js', import.meta.url))}},
});
