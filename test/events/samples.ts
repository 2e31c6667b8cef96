/** The resources of the contract as a server writes them. Each call gives fresh objects, to be bent by the test. */
export function messageResource(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 101,
    conversation_id: 7,
    temp_id: null,
    sender: {id: 45, name: 'Ali Valiyev', avatar_url: 'https://cdn.example/ali.png'},
    content: 'Salom!',
    created_at: '2026-01-31T09:30:00.123456Z',
    edited_at: null,
    deleted_at: null,
    position: 12,
    revision: 14,
    reply_to: null,
    attachments: [],
    reactions: [],
    ...over,
  };
}

export function conversationResource(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 7,
    title: 'Design',
    avatar_url: null,
    participants: [{id: 45, name: 'Ali Valiyev', email: 'ali@example.com', avatar_url: null, last_read_message_id: 99}],
    last_message: messageResource(),
    unread_count: 2,
    revision: 14,
    features: ['edit', 'react'],
    ...over,
  };
}

export function attachmentResource(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'a1',
    name: 'plan.png',
    mime_type: 'image/png',
    size: 2048,
    url: 'https://cdn.example/plan.png',
    thumbnail_url: '/thumbs/plan.png',
    width: 640,
    height: 480,
    ...over,
  };
}
