import {toMessage, type Message, type MessageInput} from '../../src/model/index.js';

/** A stored message of conversation 1, whose id, position and revision are all `position`. */
export function stored(position: number, change: Partial<MessageInput> = {}): Message {
  return toMessage({
    id: position,
    conversationId: 1,
    sender: {id: 2, name: 'Vali Yusupov'},
    content: `message ${position}`,
    createdAt: new Date(1_700_000_000_000 + position * 1_000),
    position,
    revision: position,
    ...change,
  });
}

/** A message that person 1 has written and the server has not stored. */
export function unsent(tempId: string, change: Partial<MessageInput> = {}): Message {
  return toMessage({
    id: tempId,
    tempId,
    conversationId: 1,
    sender: {id: 1, name: 'Ali Karimov'},
    content: `unsent ${tempId}`,
    createdAt: new Date(1_700_000_000_000),
    status: 'sending',
    ...change,
  });
}
