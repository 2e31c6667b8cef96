import {Hono, type Context} from 'hono';
import {forbidden, invalid} from '../http-error.js';
import {isChannelName, isSocketId} from '../pusher/channel-name.js';
import {signChannel} from '../pusher/signature.js';
import type {UserRow} from '../repository/rows.js';
import {own, readJson, type Input} from '../validation.js';
import type {Environment, Services} from './environment.js';

const USER_CHANNEL = /^private-user\.([1-9]\d{0,14})$/;
const CONVERSATION_CHANNEL = /^(private|presence)-conversation\.([1-9]\d{0,14})$/;

/** Lets a signed-in person into their own channel and into those of their conversations, and into nothing else. */
export function broadcastingRoutes({conversations, sockets}: Services): Hono<Environment> {
  const routes = new Hono<Environment>();

  routes.post('/broadcasting/auth', async (context) => {
    const input = await readForm(context);
    const socketId = own(input, 'socket_id');
    const channel = own(input, 'channel_name');
    if (typeof socketId !== 'string' || !isSocketId(socketId)) throw invalid('socket_id', 'The socket_id field is invalid.');
    if (typeof channel !== 'string') throw invalid('channel_name', 'The channel_name field is required.');
    const user = context.get('user');
    if (!isChannelName(channel) || !mayListen(user, channel)) throw forbidden();
    // Remembered, so that the socket can be closed when the token is revoked.
    sockets.connections.get(socketId)?.tokenIds.add(context.get('tokenId'));
    if (!channel.startsWith('presence-')) return context.json({auth: signChannel(socketId, channel)});
    const channelData = JSON.stringify({
      user_id: String(user.id),
      user_info: {id: user.id, name: user.name, avatar_url: user.avatar_url},
    });
    return context.json({auth: signChannel(socketId, channel, channelData), channel_data: channelData});
  });

  function mayListen(user: UserRow, channel: string): boolean {
    const [, userId] = USER_CHANNEL.exec(channel) ?? [];
    if (userId !== undefined) return userId === String(user.id);
    const [, , conversationId] = CONVERSATION_CHANNEL.exec(channel) ?? [];
    return conversationId !== undefined && conversations.isParticipant(Number(conversationId), user.id);
  }

  return routes;
}

/** pusher-js sends a form, our own client JSON. */
async function readForm(context: Context): Promise<Input> {
  if (context.req.header('content-type')?.includes('json')) return readJson(context);
  return Object.fromEntries(new URLSearchParams(await context.req.text()));
}
