// A program in Node, whose compiler knows no DOM and looks into our declarations too.
import {createChatClient, MessageSentEvent, RestChatApi} from 'ws-chat-elements/core';
import {createFakeServer} from 'ws-chat-elements/testing';

export const client = createChatClient({
  appKey: 'key',
  userId: 1,
  credentials: 'include',
  environment: {fetch, locks: null, openBroadcast: (name) => new BroadcastChannel(name)},
});
client.onEventType(MessageSentEvent, ({message}) => console.log(message.content.length));

export const api = new RestChatApi({credentials: 'omit', headers: {authorization: 'Bearer secret'}});
export const server = createFakeServer({users: [{id: 1}]});

// @ts-expect-error There is no such mode.
createChatClient({appKey: 'key', credentials: 'never'});
