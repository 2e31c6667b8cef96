import assert from 'node:assert/strict';
import type {ChatClient, ChatClientOptions, LiveConversation} from '../../src/client/types.js';
import type {Message} from '../../src/model/index.js';
import {createFakeServer, type FakeServer} from '../../src/testing/fake-server.js';

/** Ali (1) and Vali (2) with conversation 10, on a fake server; Ali's side is the one that is looked at. */
export interface Scene {
  readonly server: FakeServer;
  readonly client: ChatClient;
  readonly conversation: LiveConversation;
}

/** A scene whose conversation is open and live, with so many messages of the past. */
export async function openScene(messages = 3, options: Partial<Omit<ChatClientOptions, 'userId'>> = {}): Promise<Scene> {
  const server = createFakeServer({
    users: [
      {id: 1, name: 'Ali Karimov'},
      {id: 2, name: 'Vali Yusupov'},
    ],
    conversations: [{id: 10, messages}],
  });
  const client = server.client({userId: 1, ...options});
  const conversation = client.conversation(10);
  conversation.open();
  const connected = client.connect();
  await server.settle();
  assert.equal(await connected, true);
  return {server, client, conversation};
}

export function contents({messages}: LiveConversation): string[] {
  return messages.slice(0, messages.size).map(({content}) => content);
}

export function last({messages}: LiveConversation): Message {
  const message = messages.at(messages.size - 1);
  assert.ok(message);
  return message;
}
