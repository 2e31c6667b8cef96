import type {Conversation, Feature} from '../conversation.js';
import {decodeMessage} from './decode-message.js';
import {decodeParticipant} from './decode-person.js';
import {Fields} from './fields.js';
import {readText} from './values.js';

const FEATURES: ReadonlySet<string> = new Set<Feature>(['edit', 'delete', 'reply', 'react', 'attach', 'search', 'mention']);

/** A `Conversation` of the REST contract. Only `id` must be there. Features that this package does not know are left out. */
export function decodeConversation(value: unknown, path = 'conversation'): Conversation {
  const fields = new Fields(value, path);
  return {
    id: fields.id('id'),
    title: fields.name('title'),
    avatarUrl: fields.urlOrNull('avatar_url'),
    participants: fields.listOrEmpty('participants', decodeParticipant),
    lastMessage: fields.readOrNull('last_message', decodeMessage),
    unreadCount: fields.countOrNull('unread_count') ?? 0,
    revision: fields.countOrNull('revision'),
    features: fields.listOrEmpty('features', readText).filter(isFeature),
  };
}

function isFeature(name: string): name is Feature {
  return FEATURES.has(name);
}
