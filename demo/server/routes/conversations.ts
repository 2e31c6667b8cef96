import {Hono} from 'hono';
import {invalid} from '../http-error.js';
import type {ConversationCursor} from '../repository/conversations.js';
import {idList, pathId, queryInteger, readJson} from '../validation.js';
import type {Environment, Services} from './environment.js';

const START: ConversationCursor = {lastMessageId: Number.MAX_SAFE_INTEGER, id: 0};
/** Ids in one call of `read`: more than anybody sees at once. */
const MAX_READ_IDS = 500;

/** The list of conversations, one of them, and what is fleeting in it: reading and typing. */
export function conversationRoutes({conversations, chat, resources, broadcaster}: Services): Hono<Environment> {
  const routes = new Hono<Environment>();

  routes.get('/conversations', (context) => {
    const user = context.get('user');
    const limit = queryInteger(context, 'limit', {min: 1, max: 100, fallback: 30});
    const rows = conversations.page(user.id, readCursor(context.req.query('cursor')), limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return context.json({
      data: page.map((row) => resources.conversation(row, user.id)),
      next_cursor: rows.length > limit && last ? writeCursor({lastMessageId: last.last_message_id, id: last.id}) : null,
    });
  });

  routes.get('/conversations/:id', (context) => {
    const user = context.get('user');
    return context.json({data: resources.conversation(chat.conversationFor(user, pathId(context)), user.id)});
  });

  routes.post('/conversations/:id/read', async (context) => {
    const id = pathId(context);
    chat.conversationFor(context.get('user'), id);
    const input = await readJson(context);
    const messageIds = idList(input, 'message_ids', MAX_READ_IDS);
    if (messageIds.length === 0) throw invalid('message_ids', 'The message_ids field is required.');
    chat.markRead(context.get('user'), id, messageIds);
    return context.body(null, 204);
  });

  routes.post('/conversations/:id/typing', (context) => {
    const user = context.get('user');
    broadcaster.typing(chat.conversationFor(user, pathId(context)).id, user);
    return context.body(null, 204);
  });

  return routes;
}

function writeCursor({lastMessageId, id}: ConversationCursor): string {
  return Buffer.from(`${lastMessageId}:${id}`).toString('base64url');
}

/** One that is none of ours begins at the beginning, as Laravel's do. */
function readCursor(cursor = ''): ConversationCursor {
  const [, lastMessageId, id] = /^(\d{1,15}):(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (lastMessageId === undefined || id === undefined) return START;
  return {lastMessageId: Number(lastMessageId), id: Number(id)};
}
