import type {ChatMessageSentEvent, ChatSubmitEvent} from 'ws-chat-elements';
import 'ws-chat-elements/types/preact';

const message = {id: 1, content: 'Salom!', sender: {id: 2, name: 'Vali'}, createdAt: '2026-01-16T09:42:00Z'};

export const right = (
  <chat-connection
    id="chat"
    app-key="key"
    ws-port="8080"
    wsHost="ws.example.com"
    token="secret"
    userId={45}
    manual
    onws-state-change={({detail}) => detail.state satisfies string}
  >
    <chat-conversation
      conversation-id="1"
      density="compact"
      class="wide"
      hidden
      onchat-message-sent={(event: ChatMessageSentEvent) => event.detail.message.content}
    />
    <chat-message-list current-user-id={1} messages={[message]} ref={(list) => list?.scrollToLatest()} />
    <chat-composer value="" max-length={10} disabled={false} onchat-submit={(event: ChatSubmitEvent) => event.detail.files} />
    <typing-indicator users={[]} />
    <ws-status-banner always connection="chat" />
    <ws-error-dialog slot="anywhere" />
    <chat-toast />
  </chat-connection>
);

declare function signal<Value>(value: Value): {
  value: Value;
  peek(): Value;
  subscribe(listen: (value: Value) => void): () => void;
};

export const signals = (
  <chat-connection user-id={signal(45)} tokenProvider={signal(() => 'secret')} id={signal('chat')}>
    <chat-conversation density={signal<'compact' | undefined>('compact')} conversation-id={signal('1')} />
    <chat-message-list messages={signal([message])} />
  </chat-connection>
);

// @ts-expect-error There are two densities.
export const wrongSignal = <chat-conversation density={signal('tiny')} />;
// @ts-expect-error There is no such tag.
export const unknownTag = <chat-conversations />;
// @ts-expect-error There is no such attribute.
export const unknownAttribute = <chat-conversation conversation="1" />;
// @ts-expect-error There are two densities.
export const unknownValue = <chat-conversation density="tiny" />;
// @ts-expect-error A port is a number.
export const wrongType = <chat-connection ws-port="the usual" />;
// @ts-expect-error A message has a sender.
export const wrongProperty = <chat-message message={{id: 1, content: ''}} />;
// @ts-expect-error What was sent comes as an event, and not as a text.
export const wrongListener = <chat-conversation onchat-message-sent={(text: string) => text} />;
