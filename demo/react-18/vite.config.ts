import {fileURLToPath} from 'node:url';
import {defineConfig} from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The app of `demo/react`, with the React that is installed here. */
export default defineConfig({
  root: fileURLToPath(new URL('../react', import.meta.url)),
  base: './',
  build: {outDir: `${here}dist`, emptyOutDir: true},
  resolve: {
    alias: {
      'ws-chat-elements/react': fileURLToPath(new URL('../../dist/react.js', import.meta.url)),
      'react-dom': `${here}node_modules/react-dom`,
      react: `${here}node_modules/react`,
    },
  },
});
