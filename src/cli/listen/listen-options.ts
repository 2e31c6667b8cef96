import {parseArgs} from 'node:util';
import {assertChannelName} from '../../connection/channel-name.js';
import {UsageError} from '../command.js';

/** How the listener signs in. `password` is `null` if it has to be asked for. */
export type SignIn =
  | {readonly by: 'password'; readonly email: string; readonly password: string | null}
  | {readonly by: 'token'; readonly token: string};

/** The options of `ws-chat listen`, checked and with their defaults. */
export interface ListenOptions {
  readonly signIn: SignIn;
  readonly appKey: string;
  readonly wsHost: string | undefined;
  readonly wsPort: number | undefined;
  readonly wsPath: string | undefined;
  readonly scheme: 'http' | 'https';
  readonly cluster: string | undefined;
  readonly apiBase: string;
  readonly authEndpoint: string;
  /** The `Origin` that is sent to the socket server. */
  readonly origin: string;
  /** The person whose channel is joined. Default: the one who signs in. */
  readonly userId: string | undefined;
  /** Further channels to join. */
  readonly channels: readonly string[];
  readonly json: boolean;
  readonly debug: boolean;
}

export const LISTEN_HELP = `Usage: ws-chat listen --email ADDRESS [options]
       ws-chat listen --token TOKEN --user-id ID [options]

Signs in, joins your private channel, and prints every event until Ctrl-C. What
is going on with the connection goes to stderr, events to stdout. A lost
connection is made again.

Who you are
  --email ADDRESS       Signs in by e-mail and password (POST {api}/login).
  --password PASSWORD   Default: WS_CHAT_PASSWORD from the environment, else it
                        is asked for.
  --token TOKEN         In place of these two. Default: WS_CHAT_TOKEN from the
                        environment.
  --user-id ID          Whose channel, private-user.ID, is joined. Default: who
                        signed in.

Where the backend is (the defaults fit the demo server of this package)
  --url URL             Its root. Default http://127.0.0.1:8090.
  --key KEY             Its app key. Default demo-key.
  --ws-host HOST        Host of the socket server. Default: that of --url.
  --ws-port PORT        Its port. Default: that of --url, or of the scheme where
                        --ws-host is given.
  --ws-path PATH        What stands before /app in its address.
  --scheme SCHEME       https (wss) or http (ws). Default: that of --url, https
                        with --cluster.
  --cluster NAME        For hosted Pusher Channels, in place of --ws-host,
                        --ws-port and --ws-path.
  --api-base URL        Where the REST routes begin. Default /api.
  --auth-endpoint URL   What authorizes channels. Default /broadcasting/auth.
  --origin URL          As whose page it comes to the socket server, which may
                        admit some only. Default: that of --url.

What you hear
  --channel NAME        Joins this channel too. May be repeated.
  --json                Prints each event as one line of JSON.
  --debug               Prints the log of the client to stderr.

Exit codes
  0   ended by Ctrl-C (SIGINT) or SIGTERM
  1   could not sign in, connect or join the own channel, or was turned away for
      good
  2   called in a wrong way
`;

type Values = ReturnType<typeof parse>;

/** Reads the arguments of `ws-chat listen`; throws a `UsageError` that names the flag and what is wrong with it. */
export function readListenOptions(args: readonly string[], env: Readonly<Record<string, string | undefined>>): ListenOptions {
  const values = parse(args);
  const url = readUrl('--url', values.url ?? 'http://127.0.0.1:8090');
  const signIn = readSignIn(values, env);
  const channels = values.channel ?? [];
  if (signIn.by === 'token' && values['user-id'] === undefined && channels.length === 0) {
    throw new UsageError('--user-id is missing: a token does not say whose channel to join.');
  }
  return {
    signIn,
    ...readSocket(values, url),
    appKey: filled('--key', values.key ?? 'demo-key'),
    apiBase: readUrl('--api-base', values['api-base'] ?? '/api', url).href.replace(/\/+$/, ''),
    authEndpoint: readUrl('--auth-endpoint', values['auth-endpoint'] ?? '/broadcasting/auth', url).href,
    origin: readUrl('--origin', values.origin ?? url.origin).origin,
    userId: values['user-id'] === undefined ? undefined : readUserId(values['user-id']),
    channels: channels.map(readChannel),
    json: values.json ?? false,
    debug: values.debug ?? false,
  };
}

const TEXT = {type: 'string'} as const;
const FLAG = {type: 'boolean'} as const;
const FLAGS = {
  email: TEXT,
  password: TEXT,
  token: TEXT,
  'user-id': TEXT,
  url: TEXT,
  key: TEXT,
  'ws-host': TEXT,
  'ws-port': TEXT,
  'ws-path': TEXT,
  scheme: TEXT,
  cluster: TEXT,
  'api-base': TEXT,
  'auth-endpoint': TEXT,
  origin: TEXT,
  channel: {type: 'string', multiple: true},
  json: FLAG,
  debug: FLAG,
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({args: [...args], options: FLAGS}).values;
  } catch (error) {
    // Node adds advice about `--` to its first sentence, which does not fit here.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/(?<=')\. |\n/);
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`);
  }
}

function readSignIn(values: Values, env: Readonly<Record<string, string | undefined>>): SignIn {
  const {email, password, token} = values;
  if (email !== undefined && token !== undefined)
    throw new UsageError('--email and --token contradict each other: give one of them.');
  if (email !== undefined) {
    return {by: 'password', email: filled('--email', email), password: password ?? (env['WS_CHAT_PASSWORD'] || null)};
  }
  if (password !== undefined) throw new UsageError('--password needs --email.');
  const given = token ?? (env['WS_CHAT_TOKEN'] || undefined);
  if (given === undefined) throw new UsageError('Who are you? Give --email, or --token and --user-id.');
  const trimmed = filled('--token', given);
  // Other characters cannot be sent in a header, and the error for that would be hard to understand.
  if (!/^[\x21-\x7e]+$/.test(trimmed)) throw new UsageError('--token holds characters that no token has.');
  return {by: 'token', token: trimmed};
}

function readSocket(values: Values, url: URL): Pick<ListenOptions, 'wsHost' | 'wsPort' | 'wsPath' | 'scheme' | 'cluster'> {
  const {cluster} = values;
  const scheme = readScheme(values.scheme ?? (cluster === undefined ? url.protocol.slice(0, -1) : 'https'));
  const port = values['ws-port'] === undefined ? undefined : readPort(values['ws-port']);
  if (cluster !== undefined) {
    const contradicting = (['ws-host', 'ws-port', 'ws-path'] as const).find((name) => values[name] !== undefined);
    if (contradicting) throw new UsageError(`--cluster and --${contradicting} contradict each other: leave one of them away.`);
    return {cluster: filled('--cluster', cluster), wsHost: undefined, wsPort: undefined, wsPath: undefined, scheme};
  }
  const isOwnPort = values['ws-host'] === undefined && `${scheme}:` === url.protocol && url.port !== '';
  return {
    cluster: undefined,
    wsHost: filled('--ws-host', values['ws-host'] ?? url.hostname),
    wsPort: port ?? (isOwnPort ? Number(url.port) : undefined),
    wsPath: values['ws-path'],
    scheme,
  };
}

function readScheme(scheme: string): 'http' | 'https' {
  if (scheme === 'http' || scheme === 'https') return scheme;
  throw new UsageError(`--scheme is http or https, not ${JSON.stringify(scheme)}.`);
}

function readPort(port: string): number {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number >= 1 && number <= 65_535) return number;
  throw new UsageError(`--ws-port is a number from 1 to 65535, not ${JSON.stringify(port)}.`);
}

/** Whether an id can stand in the name of a channel. */
export function isUserId(id: string): boolean {
  return /^[\w=@,.;-]{1,64}$/.test(id);
}

function readUserId(id: string): string {
  if (isUserId(id)) return id;
  throw new UsageError(`--user-id cannot be ${JSON.stringify(id)}: it has no place in the name of a channel.`);
}

function readChannel(given: string): string {
  const channel = filled('--channel', given);
  try {
    assertChannelName(channel);
  } catch (error) {
    throw new UsageError(`--channel: ${error instanceof Error ? error.message : ''}`);
  }
  return channel;
}

function readUrl(flag: string, value: string, base?: URL): URL {
  const url = URL.canParse(value, base) ? new URL(value, base) : null;
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url;
  throw new UsageError(`${flag} is not an address that begins with http:// or https://: ${JSON.stringify(value)}.`);
}

function filled(flag: string, value: string): string {
  if (value.trim() === '') throw new UsageError(`${flag} is empty.`);
  return value.trim();
}
