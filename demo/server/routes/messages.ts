import {Hono} from 'hono';
import {invalid} from '../http-error.js';
import {
  idList,
  messageContent,
  optionalId,
  own,
  pathId,
  queryInteger,
  readJson,
  requiredString,
  type Input,
} from '../validation.js';
import {isEmoji} from './emoji.js';
import type {Environment, Services} from './environment.js';
import {PAGE, readMessageSlice} from './message-slice.js';

const TEMP_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Reading, searching, writing, changing and reacting to messages. */
export function messageRoutes(services: Services): Hono<Environment> {
  const {chat, messages, resources, config} = services;
  const routes = new Hono<Environment>();

  routes.get('/conversations/:id/messages', (context) => {
    const conversation = chat.conversationFor(context.get('user'), pathId(context));
    const slice = readMessageSlice(context, messages, conversation.id);
    return context.json({
      data: resources.messages(slice.rows),
      has_more_before: slice.before,
      has_more_after: slice.after,
      revision: conversation.revision,
    });
  });

  routes.get('/conversations/:id/changes', (context) => {
    const {id, revision} = chat.conversationFor(context.get('user'), pathId(context));
    const since = queryInteger(context, 'since', {min: 0, max: Number.MAX_SAFE_INTEGER});
    const limit = queryInteger(context, 'limit', {...PAGE, fallback: 100});
    // A client that is ahead of the server has known another database; what it has must go.
    if (since > revision) return context.json({data: [], revision, has_more: false, reset: true});
    const rows = messages.changes(id, since, limit + 1);
    const page = rows.slice(0, limit);
    const hasMore = rows.length > limit;
    return context.json({
      data: resources.messages(page),
      revision: hasMore ? page.at(-1)?.revision : revision,
      has_more: hasMore,
      reset: false,
    });
  });

  routes.post('/conversations/:id/messages', async (context) => {
    const id = pathId(context);
    chat.conversationFor(context.get('user'), id);
    const input = await readJson(context);
    const attachmentIds = idList(input, 'attachment_ids', config.limits.attachmentsPerMessage);
    const {message, created} = chat.send(context.get('user'), id, {
      content: messageContent(input, config.limits.contentLength, attachmentIds.length > 0),
      tempId: readTempId(input),
      replyToId: optionalId(input, 'reply_to_id'),
      attachmentIds,
    });
    return context.json({data: message}, created ? 201 : 200);
  });

  routes.patch('/messages/:id', async (context) => {
    const id = pathId(context);
    // First: what is wrong with a text would tell a stranger whether the message has files.
    chat.ownMessageFor(context.get('user'), id);
    const input = await readJson(context);
    const hasAttachments = services.attachments.ofMessages([id]).length > 0;
    const content = messageContent(input, config.limits.contentLength, hasAttachments && own(input, 'content') !== undefined);
    return context.json({data: chat.edit(context.get('user'), id, content)});
  });

  routes.delete('/messages/:id', (context) => context.json({data: chat.remove(context.get('user'), pathId(context))}));

  for (const method of ['put', 'delete'] as const) {
    routes[method]('/messages/:id/reactions/:emoji', (context) => {
      const {id} = chat.messageFor(context.get('user'), pathId(context));
      const emoji = context.req.param('emoji');
      if (!isEmoji(emoji)) throw invalid('emoji', 'The emoji field must be one emoji.');
      return context.json({data: chat.react(context.get('user'), id, emoji, method === 'put')});
    });
  }

  return routes;
}

function readTempId(input: Input): string {
  const tempId = requiredString(input, 'temp_id', 64);
  if (!TEMP_ID.test(tempId)) throw invalid('temp_id', 'The temp_id field must be a UUID.');
  return tempId;
}
