import {fileURLToPath} from 'node:url';
import {svelte} from '@sveltejs/vite-plugin-svelte';
import {defineConfig} from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [svelte({configFile: false})],
  // The package as it is built at the root of this repository. In a project of its own: `npm install ws-chat-elements`.
  resolve: {alias: {'ws-chat-elements': fileURLToPath(new URL('../../dist/index.js', import.meta.url))}},
});
