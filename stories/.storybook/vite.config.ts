import {defineConfig} from 'vite';

export default defineConfig({
  cacheDir: '.cache/vite-storybook',
  // A package in CommonJS; bundled at once, so that no story is reloaded when the first of them asks for it.
  optimizeDeps: {include: ['pusher-js/worker/index.js']},
});
