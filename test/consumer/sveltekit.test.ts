import {packageFile} from '../package/package-info.js';
import {testRendered} from './rendered-app.js';

const {devDependencies} = packageFile;
const ours = (...names: readonly string[]): readonly string[] => names.map((name) => `${name}@${devDependencies[name]}`);

testRendered('sveltekit', {
  packages: [
    '@sveltejs/kit@2.70.4',
    '@sveltejs/adapter-node@5.5.7',
    ...ours('svelte', 'vite', '@sveltejs/vite-plugin-svelte', 'typescript'),
  ],
  shown: {'src/routes/+page.svelte': ''},
  files: {
    'svelte.config.js': `import adapter from '@sveltejs/adapter-node';
export default {kit: {adapter: adapter()}};`,
    'vite.config.js': `import {sveltekit} from '@sveltejs/kit/vite';
export default {plugins: [sveltekit()]};`,
    'src/app.html': `<!doctype html>
<html lang="en"><head>%sveltekit.head%</head><body><div>%sveltekit.body%</div></body></html>`,
    'src/routes/chat-token/+server.js': `import {env} from '$env/dynamic/private';
import {json} from '@sveltejs/kit';
export const GET = () => json({token: env.CHAT_TOKEN});`,
  },
  setting: (name, value) => `${name}="${value}"`,
  build: ['vite', 'build'],
  serve: () => ['build/index.js'],
  listens: /Listening on/u,
  sends: /<chat-connection [^>]+>\s*<chat-conversation conversation-id="1"><\/chat-conversation>\s*<\/chat-connection>/u,
});
