import {mount} from 'svelte';
import 'ws-chat-elements';
import App from './App.svelte';
import {signIn} from './sign-in.js';

mount(App, {target: document.querySelector('#app')!, props: await signIn()});
