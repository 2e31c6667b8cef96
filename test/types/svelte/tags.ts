import type {SvelteHTMLElements} from 'svelte/elements';
import 'ws-chat-elements/types/svelte';

/** What Svelte's own checker makes of a tag. */
function tag<Name extends keyof SvelteHTMLElements>(name: Name, attributes: SvelteHTMLElements[Name]): unknown {
  return [name, attributes];
}

tag('chat-connection', {
  'app-key': 'key',
  'ws-port': '8080',
  token: 'secret',
  'onws-state-change': ({detail}) => detail.state satisfies string,
});
tag('chat-conversation', {'conversation-id': 1, density: 'compact', class: 'wide', hidden: true, 'onchat-back': () => undefined});
tag('chat-composer', {oninput: ({currentTarget}) => currentTarget.value satisfies string});

// @ts-expect-error There is no such attribute.
tag('chat-conversation', {conversation: 1});
// @ts-expect-error There are two densities.
tag('chat-conversation', {density: 'tiny'});
// @ts-expect-error What was sent comes as an event, and not as a text.
tag('chat-conversation', {'onchat-message-sent': (text: string) => text});
// @ts-expect-error It is not this element that dispatches it.
tag('chat-toast', {'onchat-submit': () => undefined});
