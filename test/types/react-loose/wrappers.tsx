import {ChatConnection, ChatConversation} from 'ws-chat-elements/react';

export const right = (
  <ChatConnection appKey="key" token="secret" tokenProvider={() => Promise.resolve('secret')}>
    <ChatConversation conversationId={1} />
  </ChatConnection>
);

// @ts-expect-error A provider gives text.
export const wrongType = <ChatConnection tokenProvider={() => 1} />;
// @ts-expect-error A method is for calling.
export const method = <ChatConnection connect={() => Promise.resolve(true)} />;
