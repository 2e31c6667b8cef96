import {Hono, type Context, type Next} from 'hono';
import {app} from '../config.js';
import {HttpError, invalid, notFound, tooLarge} from '../http-error.js';
import {isChannelName, isPresence} from '../pusher/channel-name.js';
import type {ChannelInfo} from '../pusher/channels.js';
import {frame} from '../pusher/messages.js';
import {signatureFault} from '../pusher/signature.js';
import {own, readJson, type Input} from '../validation.js';
import type {Environment, Services} from './environment.js';

const MAX_CHANNELS = 100;
const MAX_BATCH = 10;

/** The HTTP API of the Pusher protocol, for backends. https://pusher.com/docs/channels/library_auth_reference/rest-api/ */
export function triggerRoutes({channels, sockets, config}: Services): Hono<Environment> {
  const routes = new Hono<Environment>();

  routes.use('/apps/:app/*', (context, next) =>
    verify(context as Context<Environment, string>, next, config.limits.triggerBytes),
  );

  routes.post('/apps/:app/events', async (context) => {
    const input = await readJson(context);
    const names = readChannels(input);
    const info = readInfo(input);
    trigger(readEvent(input), names);
    return context.json(info.length === 0 ? {} : {channels: infoOf(names, info)});
  });

  routes.post('/apps/:app/batch_events', async (context) => {
    const batch = own(await readJson(context), 'batch');
    if (!Array.isArray(batch) || batch.length > MAX_BATCH)
      throw invalid('batch', `The batch field must be an array of at most ${MAX_BATCH}.`);
    const events = batch.map((item: unknown) => (typeof item === 'object' && item !== null ? (item as Input) : {}));
    // All are read before the first is sent: a batch with one fault sends nothing.
    const jobs = events.map((input) => ({
      names: [readChannel(own(input, 'channel'))],
      info: readInfo(input),
      event: readEvent(input),
    }));
    for (const {event, names} of jobs) trigger(event, names);
    if (jobs.every(({info}) => info.length === 0)) return context.json({batch: {}});
    return context.json({batch: jobs.map(({names, info}) => channels.info(names[0] ?? '', info))});
  });

  routes.get('/apps/:app/channels', (context) => {
    const prefix = context.req.query('filter_by_prefix') ?? '';
    const names = channels.names().filter((name) => name.startsWith(prefix));
    return context.json({channels: infoOf(names, (context.req.query('info') ?? '').split(','))});
  });

  routes.get('/apps/:app/channels/:channel', (context) =>
    context.json(channels.info(context.req.param('channel'), ['occupied', ...(context.req.query('info') ?? '').split(',')])),
  );

  routes.get('/apps/:app/channels/:channel/users', (context) => {
    const channel = context.req.param('channel');
    if (!isPresence(channel)) throw new HttpError(400, 'Only presence channels have users.');
    const ids = channels.userIds(channel);
    if (!ids) throw notFound();
    return context.json({users: ids.map((id) => ({id}))});
  });

  routes.get('/apps/:app/connections', (context) => context.json({connections: sockets.connections.size}));

  routes.post('/apps/:app/users/:user/terminate_connections', (context) => {
    const userId = context.req.param('user');
    sockets.disconnect((connection) => connection.userId === userId);
    return context.json({});
  });

  function trigger({name, data, socketId}: TriggeredEvent, names: readonly string[]): void {
    const except = socketId === undefined ? undefined : sockets.connections.get(socketId);
    for (const channel of names) channels.send(channel, frame(name, data, channel), except);
  }

  function infoOf(names: readonly string[], info: readonly string[]): Record<string, ChannelInfo> {
    return Object.fromEntries(names.map((name) => [name, channels.info(name, info)]));
  }

  return routes;
}

/** Lets through what is signed with the app's secret, recently, and is small enough. */
async function verify(context: Context<Environment>, next: Next, maxBytes: number): Promise<void> {
  if (context.req.param('app') !== app.id) throw new HttpError(404, 'No matching application.');
  const body = await context.req.text();
  const headers = context.env.incoming.rawHeaders.reduce((bytes, part) => bytes + Buffer.byteLength(part) + 2, 0);
  if (headers + Buffer.byteLength(context.req.url) + Buffer.byteLength(body) > maxBytes) throw tooLarge();
  const {pathname, searchParams} = new URL(context.req.url);
  const fault = signatureFault({method: context.req.method, path: pathname, query: searchParams, body}, Date.now());
  if (fault !== undefined) throw new HttpError(401, fault);
  await next();
}

/** An event to send, and the socket that does not get it. */
interface TriggeredEvent {
  readonly name: string;
  readonly data: string;
  readonly socketId: string | undefined;
}

function readEvent(input: Input): TriggeredEvent {
  const name = own(input, 'name');
  const data = own(input, 'data');
  const socketId = own(input, 'socket_id');
  if (typeof name !== 'string' || name === '' || name.length > 200)
    throw invalid('name', 'The name field is required, with at most 200 characters.');
  if (typeof data !== 'string') throw invalid('data', 'The data field must be a string.');
  if (socketId !== undefined && socketId !== null && typeof socketId !== 'string')
    throw invalid('socket_id', 'The socket_id field must be a string.');
  return {name, data, socketId: socketId ?? undefined};
}

function readChannels(input: Input): string[] {
  const many = own(input, 'channels');
  if (many === undefined) return [readChannel(own(input, 'channel'))];
  if (!Array.isArray(many) || many.length === 0 || many.length > MAX_CHANNELS) {
    throw invalid('channels', `The channels field must be an array of at most ${MAX_CHANNELS}.`);
  }
  return many.map((name: unknown) => readChannel(name));
}

function readChannel(name: unknown): string {
  if (typeof name !== 'string' || !isChannelName(name)) throw invalid('channel', 'The channel field is not a channel name.');
  return name;
}

function readInfo(input: Input): string[] {
  const info = own(input, 'info');
  return typeof info === 'string' ? info.split(',') : [];
}
