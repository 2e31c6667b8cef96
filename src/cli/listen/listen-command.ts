import {createChatClient, type ChatClient} from '../../client/index.js';
import {Logger} from '../../logging/index.js';
import {ApiError, type Id, type TokenProvider} from '../../model/index.js';
import {Failure, type Command} from '../command.js';
import {printable} from '../printable.js';
import type {World} from '../world.js';
import {isUserId, LISTEN_HELP, readListenOptions, type ListenOptions} from './listen-options.js';
import {Listener} from './listener.js';
import {clockTime} from './print-event.js';
import {signIn} from './sign-in.js';

/** Who listens, and how to get a token. */
interface Identity {
  readonly userId: Id | null;
  readonly tokenProvider: TokenProvider;
}

/** `ws-chat listen`: prints every event that reaches one person, until it is ended. */
export const listenCommand: Command = {
  name: 'listen',
  summary: 'sign in and print every event of your conversations',
  help: LISTEN_HELP,

  async run(args, world) {
    const options = readListenOptions(args, world.env);
    if (options.debug) writeLog(world);
    try {
      const identity = await identify(options, world);
      const createWebSocket = await world.loadWebSocket(options.origin, (reason) => tell(world, `socket: ${reason}`));
      const client = createClient(options, identity, world, createWebSocket);
      try {
        await new Listener(client, options, identity.userId, world).run();
      } finally {
        client.dispose();
      }
    } catch (error) {
      // After Ctrl-C, whatever was under way fails, and that is no fault to report.
      if (!world.ending.aborted) throw error;
    } finally {
      if (options.debug) Logger.disable();
    }
  },
};

async function identify(options: ListenOptions, world: World): Promise<Identity> {
  const {signIn: how, apiBase, userId = null} = options;
  if (how.by === 'token') return {userId, tokenProvider: () => how.token};

  const password = how.password ?? (await world.askPassword?.(`Password of ${how.email}: `));
  if (password === undefined) throw new Failure('There is no password: give --password, or set WS_CHAT_PASSWORD.');
  let signedIn = await signIn(apiBase, how.email, password, world);
  const own = userId ?? signedIn.userId;
  // The client would warn of it itself, with whatever moves the cursor of a terminal.
  if (!isUserId(String(own)))
    throw new Failure(`The server gives you the id "${own}", which has no place in the name of a channel.`);
  return {
    userId: own,
    tokenProvider: async ({reason}) => {
      try {
        if (reason !== 'initial') signedIn = await signIn(apiBase, how.email, password, world);
        return signedIn.token;
      } catch (error) {
        const {cause} = error as Failure;
        // The password is no longer the right one, so asking again would not help, and there is no other token.
        if (cause instanceof ApiError && !cause.isTransient) return null;
        // The client warns of anything but an `ApiError`, as of a fault of its page.
        throw cause instanceof ApiError ? cause : error;
      }
    },
  };
}

function createClient(
  options: ListenOptions,
  {userId, tokenProvider}: Identity,
  {clock, fetch}: World,
  createWebSocket: (url: string) => WebSocket,
): ChatClient {
  const {appKey, wsHost, wsPort, wsPath, scheme, cluster, apiBase, authEndpoint} = options;
  return createChatClient({
    ...{appKey, wsHost, wsPort, wsPath, scheme, cluster, apiBase, authEndpoint, userId, tokenProvider},
    environment: {clock, fetch, createWebSocket},
  });
}

function writeLog(world: World): void {
  Logger.setSink(({level, tag, message, fields}) => {
    const details = fields === null ? '' : ` ${JSON.stringify(fields)}`;
    tell(world, `${level} ${tag}: ${message}${details}`);
  });
  Logger.enable();
}

function tell({stderr, clock}: World, text: string): void {
  stderr.write(`${clockTime(clock.now())}  ${printable(text)}\n`);
}
