import type {ChatMessageSentEvent, ChatSubmitEvent} from 'ws-chat-elements';
import 'ws-chat-elements/types/react';

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
      className="wide"
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

/** What a component may be given, and hands on. */
interface Optional {
  readonly manual?: boolean | undefined;
  readonly userId?: number | undefined;
  readonly onState?: (() => void) | undefined;
}

export const handedOn = ({manual, userId, onState}: Optional) => (
  <chat-connection manual={manual} share-connection={manual} user-id={userId} onws-state-change={onState} />
);

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
