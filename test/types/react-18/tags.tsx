import * as React from 'react';
import type {} from 'ws-chat-elements';
import 'ws-chat-elements/types/react-18';

const list = React.createRef<HTMLElementTagNameMap['chat-message-list']>();

export const right = (
  <chat-connection id="chat" app-key="key" ws-port={8080} manual="">
    <chat-conversation conversation-id="1" density="compact" class="wide" hidden />
    <chat-message-list current-user-id={1} ref={list} />
    <chat-composer max-length="10" placeholder="Write" />
  </chat-connection>
);

// @ts-expect-error There is no such tag.
export const unknownTag = <chat-conversations />;
// @ts-expect-error There are two densities.
export const unknownValue = <chat-conversation density="tiny" />;
// @ts-expect-error These versions write properties as text.
export const property = <chat-message-list messages={[]} />;
// @ts-expect-error These versions write it as "false", which switches it on.
export const switchedOff = <chat-composer disabled={false} />;
