import type {ChatMessageSentEvent} from 'ws-chat-elements';
import 'ws-chat-elements/types/solid';

const message = {id: 1, content: 'Salom!', sender: {id: 2, name: 'Vali'}, createdAt: '2026-01-16T09:42:00Z'};

export const right = (
  <chat-connection
    app-key="key"
    ws-port={8080}
    prop:token="secret"
    user-id={45}
    prop:wsHost="ws.example.com"
    client={undefined}
    on:ws-state-change={({detail}) => detail.state satisfies string}
  >
    <chat-conversation
      conversation-id="1"
      density="compact"
      class="wide"
      on:chat-message-sent={(event: ChatMessageSentEvent) => event.detail.message.content}
    />
    <chat-message-list prop:messages={[message]} ref={(list) => list.scrollToLatest()} />
    <chat-composer on:input={({currentTarget}) => currentTarget.value satisfies string} />
  </chat-connection>
);

// @ts-expect-error There is no such tag.
export const unknownTag = <chat-conversations />;
// @ts-expect-error There are two densities.
export const unknownValue = <chat-conversation density="tiny" />;
// @ts-expect-error Solid would set `userid`: it writes what has no prefix in lower case.
export const wrongCase = <chat-connection userId={45} />;
// @ts-expect-error A port is a number.
export const wrongType = <chat-connection prop:wsPort="the usual" />;
// @ts-expect-error What was sent comes as an event, and not as a text.
export const wrongListener = <chat-conversation on:chat-message-sent={(text: string) => text} />;
