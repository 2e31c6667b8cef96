import {
  ConversationChangedEvent,
  MessageDeletedEvent,
  MessageHintEvent,
  MessageSentEvent,
  MessageUpdatedEvent,
  MessagesReadEvent,
  UserIsTypingEvent,
  type ChatEvent,
  type Message,
} from '../../model/index.js';
import {printable, printableJson} from '../printable.js';

/** An event as one line for a person: time, type, conversation, and what happened. `now` in ms since the epoch. */
export function toLine(event: ChatEvent, now: number): string {
  return `${clockTime(now)}  ${event.type.padEnd(16)}  #${printable(`${event.conversationId}  ${describe(event)}`)}\n`;
}

/** An event as one line of JSON: `time`, `type`, `channel`, `name`, `conversationId`, and the fields of the event. */
export function toJson(event: ChatEvent, now: number): string {
  const {type, channel, name, conversationId, ...rest} = {...fieldsOf(event), conversationId: event.conversationId};
  return `${printableJson({time: new Date(now).toISOString(), type, channel, name, conversationId, ...rest})}\n`;
}

/** The time of day, as the machine's zone has it: `09:30:00`. */
export function clockTime(now: number): string {
  const date = new Date(now);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}

function fieldsOf(event: ChatEvent): Pick<ChatEvent, 'type' | 'channel' | 'name'> {
  return Object.fromEntries(Object.entries(event)) as unknown as Pick<ChatEvent, 'type' | 'channel' | 'name'>;
}

function describe(event: ChatEvent): string {
  if (event instanceof MessageSentEvent) return says(event.message);
  if (event instanceof MessageUpdatedEvent) return `message ${event.message.id} is now: ${says(event.message)}`;
  if (event instanceof MessageDeletedEvent) return `message ${event.message.id} of ${nameOf(event.message)} was deleted`;
  if (event instanceof MessageHintEvent) return `message ${event.messageId} changed`;
  if (event instanceof UserIsTypingEvent) return `${event.user.name || event.user.id} is writing`;
  if (event instanceof MessagesReadEvent) return `${event.readerId} has read ${event.messageIds.join(', ')}`;
  if (event instanceof ConversationChangedEvent) {
    return `${event.conversation.title || 'the conversation'} changed, ${event.conversation.unreadCount} unread`;
  }
  return '';
}

function says(message: Message): string {
  const files = message.attachments.map(({name}) => `[${name || 'file'}]`);
  const reactions = message.reactions.map(({emoji, count}) => `${emoji}×${count}`);
  return [`${nameOf(message)}:`, message.content, ...files, ...reactions].filter((part) => part !== '').join(' ');
}

function nameOf({sender}: Message): string {
  return sender.name || String(sender.id);
}
