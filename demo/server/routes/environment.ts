import type {HttpBindings} from '@hono/node-server';
import type {Chat} from '../chat.js';
import type {Broadcaster} from '../broadcaster.js';
import type {ServerConfig} from '../config.js';
import type {Faults} from '../faults.js';
import type {Channels} from '../pusher/channels.js';
import type {SocketServer} from '../pusher/socket-server.js';
import type {Attachments} from '../repository/attachments.js';
import type {Conversations} from '../repository/conversations.js';
import type {Messages} from '../repository/messages.js';
import type {UserRow} from '../repository/rows.js';
import type {Tokens} from '../repository/tokens.js';
import type {Users} from '../repository/users.js';
import type {Resources} from '../resources.js';

/** What every handler finds in its context. */
export interface Environment {
  Bindings: HttpBindings;
  /** Set by the guard, so only behind it. */
  Variables: {user: UserRow; tokenId: number};
}

/** What the routes work with. */
export interface Services {
  readonly config: ServerConfig;
  readonly users: Users;
  readonly tokens: Tokens;
  readonly conversations: Conversations;
  readonly messages: Messages;
  readonly attachments: Attachments;
  readonly resources: Resources;
  readonly chat: Chat;
  readonly broadcaster: Broadcaster;
  readonly channels: Channels;
  readonly sockets: SocketServer;
  readonly faults: Faults;
}
