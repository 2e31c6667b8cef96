import {testRendered} from './rendered-app.js';

testRendered('nuxt', {
  packages: ['nuxt@4.4.5'],
  shown: {'nuxt.config.ts': '', 'app/pages/index.vue': ''},
  files: {'server/routes/chat-token.get.ts': 'export default defineEventHandler(() => ({token: process.env.CHAT_TOKEN}));'},
  setting: (name, value) => `${name}="${value}"`,
  build: ['nuxt', 'build'],
  serve: () => ['.output/server/index.mjs'],
  listens: /Listening on/u,
  sends: /<chat-connection [^>]+><chat-conversation conversation-id="1"><\/chat-conversation><\/chat-connection>/u,
});
