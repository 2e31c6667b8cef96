import {StrictMode, useState, version} from 'react';
import {createRoot} from 'react-dom/client';
import {ChatConnection, ChatConversation} from 'ws-chat-elements/react';
import {signIn, type Session} from './sign-in.js';

function Chat({server, token, user}: Session) {
  const [state, setState] = useState('idle');
  const [news, setNews] = useState<string>();
  const [isShown, setShown] = useState(true);
  return (
    <>
      <header>
        The connection is <output>{state}</output>.{news && <> Just in: {news}</>}{' '}
        <button onClick={() => setShown(!isShown)}>{isShown ? 'Hide the chat' : 'Show the chat'}</button> React {version}
      </header>
      <ChatConnection
        appKey="demo-key"
        scheme="http"
        wsHost={server.hostname}
        wsPort={Number(server.port)}
        apiBase={new URL('/api', server).href}
        authEndpoint={new URL('/broadcasting/auth', server).href}
        userId={user.id}
        token={token}
        onWsStateChange={({detail}) => setState(detail.state)}
      >
        {isShown && (
          <ChatConversation
            conversationId={1}
            hidden={state === 'idle'}
            onChatMessageReceived={({detail}) => setNews(detail.message.content)}
          />
        )}
      </ChatConnection>
    </>
  );
}

const session = await signIn();
createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <Chat {...session} />
  </StrictMode>,
);
