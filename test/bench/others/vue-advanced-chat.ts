import {register} from 'vue-advanced-chat';
import type {MessageInput} from '../../../src/model/index.js';
import {OWN_ID} from '../page/messages.js';
import {takePart} from '../page/take-part.js';

/** What is used of `<vue-advanced-chat>`, and of its messages. */
interface VueAdvancedChatElement extends HTMLElement {
  height: string;
  currentUserId: string;
  singleRoom: boolean;
  rooms: readonly object[];
  roomsLoaded: boolean;
  roomId: string;
  messages: readonly object[];
  messagesLoaded: boolean;
}

register();

const ROOM = '1';
let list: VueAdvancedChatElement;

const messageOf = ({id, sender, content, createdAt, reactions, replyTo, status}: MessageInput): object => ({
  _id: String(id),
  content,
  senderId: String(sender.id),
  username: sender.name,
  avatar: sender.avatarUrl,
  date: new Date(createdAt).toDateString(),
  timestamp: new Date(createdAt).toTimeString().slice(0, 5),
  saved: true,
  distributed: status !== 'sent',
  seen: status === 'read',
  reactions: Object.fromEntries((reactions ?? []).map(({emoji, userIds}) => [emoji, userIds.map(String)])),
  ...(replyTo && {replyMessage: {_id: String(replyTo.id), content: replyTo.content, senderId: String(replyTo.sender.id)}}),
});

takePart({
  mount(root) {
    list = document.createElement('vue-advanced-chat' as string) as VueAdvancedChatElement;
    list.className = 'whole';
    list.height = '100%';
    list.currentUserId = String(OWN_ID);
    list.singleRoom = true;
    list.roomsLoaded = true;
    list.rooms = [{roomId: ROOM, roomName: 'A lively conversation', avatar: '', users: []}];
    list.roomId = ROOM;
    root.append(list);
  },
  unmount: () => list.remove(),
  show(messages) {
    list.messages = messages.map(messageOf);
    list.messagesLoaded = true;
  },
  append(messages) {
    list.messages = [...list.messages, ...messages.map(messageOf)];
  },
  scroller: () => list.shadowRoot?.querySelector<HTMLElement>('.vac-container-scroll') ?? undefined,
  rows: () => list.shadowRoot?.querySelectorAll('.vac-message-wrapper') ?? [],
  textOf: (row) => [...row.querySelectorAll('.vac-format-message-wrapper')].at(-1)?.textContent ?? '',
  size: () => list.messages.length,
});
