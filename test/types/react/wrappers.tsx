import 'ws-chat-elements/themes/business.css';
import {useRef} from 'react';
import {ChatComposer, ChatConnection, ChatConversation, ChatMessageList} from 'ws-chat-elements/react';
import type {ChatConversationElement} from 'ws-chat-elements/classes';

const message = {id: 1, content: 'Salom!', sender: {id: 2, name: 'Vali'}, createdAt: '2026-01-16T09:42:00Z'};

export function Right() {
  const conversation = useRef<ChatConversationElement>(null);
  return (
    <ChatConnection appKey="key" wsPort={8080} token="secret" onWsStateChange={({detail}) => detail.state satisfies string}>
      <ChatConversation
        ref={conversation}
        conversationId={1}
        density="compact"
        className="wide"
        style={{height: 400}}
        slot="a"
        onChatMessageSent={({detail}) => detail.message.content satisfies string}
        onClick={() => conversation.current?.scrollToLatest()}
      />
      <ChatMessageList messages={[message]} currentUserId={1} />
    </ChatConnection>
  );
}

/** What a component may be given, and hands on. */
interface Optional {
  readonly back?: boolean | undefined;
  readonly onBack?: (() => void) | undefined;
  readonly slot?: string | undefined;
}

export const handedOn = ({back, onBack, slot}: Optional) => <ChatConversation back={back} slot={slot} onChatBack={onBack} />;

// @ts-expect-error There is no such property.
export const unknownProperty = <ChatConversation conversation={1} />;
// @ts-expect-error There are two densities.
export const unknownValue = <ChatConversation density="tiny" />;
// @ts-expect-error It is not this element that dispatches it.
export const foreignEvent = <ChatConversation onChatSubmit={() => undefined} />;
// @ts-expect-error A component takes properties, and no attributes.
export const wrongType = <ChatComposer maxLength="10" />;
// @ts-expect-error The state is for reading.
export const readOnly = <ChatConnection state="connected" />;
