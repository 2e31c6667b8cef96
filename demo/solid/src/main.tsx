import {createSignal, Show} from 'solid-js';
import {render} from 'solid-js/web';
import 'ws-chat-elements';
import type {} from 'ws-chat-elements/types/solid';
import {signIn, type Session} from './sign-in.js';

function Chat({server, token, user}: Session) {
  const [state, setState] = createSignal('idle');
  const [news, setNews] = createSignal('');
  const [isShown, setShown] = createSignal(true);
  return (
    <>
      <header>
        The connection is <output>{state()}</output>.<Show when={news()}> Just in: {news()}</Show>{' '}
        <button onClick={() => setShown(!isShown())}>{isShown() ? 'Hide the chat' : 'Show the chat'}</button>
      </header>
      <chat-connection
        app-key="demo-key"
        scheme="http"
        prop:wsHost={server.hostname}
        prop:wsPort={Number(server.port)}
        prop:apiBase={new URL('/api', server).href}
        prop:authEndpoint={new URL('/broadcasting/auth', server).href}
        prop:userId={user.id}
        prop:token={token}
        on:ws-state-change={({detail}) => setState(detail.state)}
      >
        <Show when={isShown()}>
          <chat-conversation conversation-id="1" on:chat-message-received={({detail}) => setNews(detail.message.content)} />
        </Show>
      </chat-connection>
    </>
  );
}

const session = await signIn();
render(() => <Chat {...session} />, document.querySelector('#app')!);
