import {createApp} from 'vue';
import 'ws-chat-elements';
import App from './App.vue';
import {signIn} from './sign-in.js';

createApp(App, {...(await signIn())}).mount('#app');
