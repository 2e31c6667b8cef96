/** Which of the two demo servers the page talks to. */
export type Backend = 'embedded' | 'laravel';

interface Backends {
  /** The address of the embedded server, HTTP and socket in one. */
  readonly embedded: string;
  /** The address of the Laravel demo, and the port of its Reverb on the same host. */
  readonly laravel: {readonly url: string; readonly reverbPort: number};
}

const USUAL: Backends = {embedded: 'http://127.0.0.1:8090', laravel: {url: 'http://127.0.0.1:8000', reverbPort: 8080}};

/** What the address of the page asks for. */
export interface Settings {
  readonly backend: Backend;
  /** Where REST and channel authorization are. `?server=` names another one. */
  readonly server: URL;
  /** Where the socket is. `?ws=HOST:PORT` names another one. */
  readonly socket: {readonly host: string; readonly port: number};
  /** Who is shown. `?user=EMAIL` shows one, and may be there more than once. */
  readonly emails: readonly string[];
  /** Which conversation, or `null` for the newest that all of them are in. */
  readonly conversationId: string | null;
  /** A channel beside the user's own, e.g. `?conversation-channel=presence-conversation.{id}`. */
  readonly conversationChannel: string | null;
  /** Whether each connection begins with a token that the server refuses: `?token=expired`. */
  readonly beginsExpired: boolean;
  /** Whether the tabs of a person share one socket: `?share-connection`. */
  readonly sharesConnection: boolean;
  readonly theme: string;
  readonly language: string;
  /** `null` leaves it to the language. */
  readonly direction: string | null;
  /** What is wrong with `?server=` or `?ws=`, to be told; else `null`. */
  readonly complaint: string | null;
}

/** Reads the settings from the query of the page's address. @param given Where the servers are, if not where they usually are. */
export function readSettings(query: URLSearchParams, given = import.meta.env.VITE_DEMO): Settings {
  const backend: Backend = query.get('backend') === 'laravel' ? 'laravel' : 'embedded';
  const emails = query.getAll('user');
  return {
    backend,
    ...addressesOf(backend, query, given ? (JSON.parse(given) as Backends) : USUAL),
    emails: emails.length > 0 ? emails : ['ali@example.com', 'vali@example.com'],
    conversationId: query.get('conversation'),
    conversationChannel: query.get('conversation-channel'),
    beginsExpired: query.get('token') === 'expired',
    sharesConnection: query.has('share-connection'),
    ...readLooks(query),
  };
}

/** What changes while one looks on. A name that there is not is as none. */
export function readLooks(query: URLSearchParams): Pick<Settings, 'theme' | 'language' | 'direction'> {
  const oneOf = (name: string, known: readonly string[]): string | null =>
    known.find((value) => value === query.get(name)) ?? null;
  return {
    theme: oneOf('theme', ['light', 'dark']) ?? 'system',
    language: query.get('lang') ?? 'en',
    direction: oneOf('dir', ['ltr', 'rtl']),
  };
}

function addressesOf(
  backend: Backend,
  query: URLSearchParams,
  {embedded, laravel}: Backends,
): Pick<Settings, 'server' | 'socket' | 'complaint'> {
  const [askedServer, askedSocket] = [query.get('server'), query.get('ws')];
  const usual = backend === 'laravel' ? laravel.url : embedded;
  const isServer = askedServer === null || (/^https?:/u.test(askedServer) && URL.canParse(askedServer));
  const server = new URL(isServer ? (askedServer ?? usual) : usual);
  const [scheme, usualPort] = server.protocol === 'https:' ? ['wss', 443] : ['ws', 80];
  const isSocket = askedSocket === null || (!askedSocket.includes('/') && URL.canParse(`${scheme}://${askedSocket}`));
  const beside = `${server.hostname}:${backend === 'laravel' ? laravel.reverbPort : server.port}`;
  const socket = new URL(`${scheme}://${isSocket ? (askedSocket ?? beside) : beside}`);
  const complaint = isServer ? `?ws=${askedSocket} is no HOST:PORT.` : `?server=${askedServer} is no http or https address.`;
  return {
    server,
    socket: {host: socket.hostname, port: Number(socket.port || usualPort)},
    complaint: isServer && isSocket ? null : complaint,
  };
}
