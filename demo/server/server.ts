import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {getRequestListener} from '@hono/node-server';
import {Broadcaster} from './broadcaster.js';
import {Chat} from './chat.js';
import {resolveConfig, type ServerOptions} from './config.js';
import {ChatDatabase} from './database.js';
import {Faults} from './faults.js';
import {isLoopbackHost} from './origins.js';
import {DEFAULT_COST} from './passwords.js';
import {Channels} from './pusher/channels.js';
import {ChannelPublisher} from './pusher/publisher.js';
import {SocketServer} from './pusher/socket-server.js';
import {Attachments} from './repository/attachments.js';
import {Conversations} from './repository/conversations.js';
import {Messages} from './repository/messages.js';
import {Tokens} from './repository/tokens.js';
import {Users} from './repository/users.js';
import {Resources} from './resources.js';
import {createApp} from './routes/app.js';
import type {Services} from './routes/environment.js';
import {seed} from './seed/seed.js';

/** How long clients have to say goodbye when the server stops, in milliseconds. */
const FAREWELL = 1_000;

/** A server that is up. */
export interface RunningServer {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Closes all sockets with 1001, lets requests under way finish, and closes the file. May be called twice. */
  close(): Promise<void>;
}

/**
 * Starts the embedded server: REST, channel authorization, the trigger API and the WebSocket on one port. A new database is
 * seeded. Rejects when the port is taken, or when `host` is not loopback and `exposed` is not set.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const host = options.host ?? '127.0.0.1';
  if (!isLoopbackHost(host) && options.exposed !== true) {
    throw new Error(
      `Refusing to listen on ${host}: everybody on the network could sign in with the demo password. --i-know allows it.`,
    );
  }
  const database = new ChatDatabase(options.db);
  try {
    await seed(database, options.passwordCost ?? DEFAULT_COST);
    const address = {url: ''};
    const services = createServices(database, options, () => address.url);
    const http = createHttpServer(services, options);
    address.url = await listen(http, host, options.port);
    let closing: Promise<void> | undefined;
    return {
      url: address.url,
      port: (http.address() as AddressInfo).port,
      close: () => (closing ??= stop(http, services, database)),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function createServices(database: ChatDatabase, options: ServerOptions, publicUrl: () => string): Services {
  const config = resolveConfig(options);
  const users = new Users(database);
  const conversations = new Conversations(database);
  const messages = new Messages(database);
  const attachments = new Attachments(database);
  const tokens = new Tokens(database, config.tokenLifetime);
  const resources = new Resources({users, conversations, messages, attachments}, publicUrl);
  const faults = new Faults();
  const channels = new Channels();
  const publisher = new ChannelPublisher(channels, faults);
  const broadcaster = new Broadcaster({publisher, conversations, resources, limits: config.limits});
  const chat = new Chat({database, conversations, messages, attachments, resources, broadcaster, limits: config.limits});
  const sockets = new SocketServer({channels, limits: config.limits, faults});
  return {config, users, tokens, conversations, messages, attachments, resources, chat, broadcaster, channels, sockets, faults};
}

function createHttpServer(services: Services, options: ServerOptions): Server {
  const {requestTimeout} = services.config.limits;
  const app = createApp(services, {faults: options.faults === true});
  const timeouts = {headersTimeout: requestTimeout, requestTimeout, connectionsCheckingInterval: Math.min(1_000, requestTimeout)};
  // A client that is still sending when the connection closes sees no answer. So what is left of a body is thrown away as it comes, which
  // Node does by itself within the limit of time, rather than cut off half a second after the answer.
  const listener = getRequestListener(app.fetch, {overrideGlobalObjects: false, autoCleanupIncoming: false});
  const http = createServer(timeouts, (request, response) => void listener(request, response));
  http.on('upgrade', (request, socket, head) => services.sockets.upgrade(request, socket, head));
  http.on('clientError', (_error, socket) => {
    // A browser opens connections ahead. What one hears on it before it asked is taken for the answer to what it asks next.
    const hasAsked = (socket as typeof socket & {readonly bytesRead: number}).bytesRead > 0;
    if (socket.writable && hasAsked) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  return http;
}

function listen(http: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken.`) : error);
    http.once('error', fail);
    http.listen(port, host, () => {
      http.off('error', fail);
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${(http.address() as AddressInfo).port}`);
    });
  });
}

async function stop(http: Server, services: Services, database: ChatDatabase): Promise<void> {
  services.faults.close();
  services.sockets.close();
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  http.closeIdleConnections();
  const deadline = setTimeout(() => {
    for (const connection of services.sockets.connections.values()) connection.terminate();
    http.closeAllConnections();
  }, FAREWELL);
  await closed;
  clearTimeout(deadline);
  database.close();
}
