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
}

/** Reads the settings from the query of the page's address. */
export function readSettings(query: URLSearchParams): Settings {
  const backend: Backend = query.get('backend') === 'laravel' ? 'laravel' : 'embedded';
  const {server, socket} = addressesOf(backend, query);
  const emails = query.getAll('user');
  return {
    backend,
    server,
    socket,
    emails: emails.length > 0 ? emails : ['ali@example.com', 'vali@example.com'],
    conversationId: query.get('conversation'),
    conversationChannel: query.get('conversation-channel'),
    beginsExpired: query.get('token') === 'expired',
    sharesConnection: query.has('share-connection'),
    theme: query.get('theme') ?? 'system',
    language: query.get('lang') ?? 'en',
    direction: query.get('dir'),
  };
}

function addressesOf(backend: Backend, query: URLSearchParams): Pick<Settings, 'server' | 'socket'> {
  const given = import.meta.env.VITE_DEMO;
  const backends = given ? (JSON.parse(given) as Backends) : USUAL;
  const server = new URL(query.get('server') ?? (backend === 'laravel' ? backends.laravel.url : backends.embedded));
  const port = backend === 'laravel' ? backends.laravel.reverbPort : Number(server.port);
  const socket = new URL(`ws://${query.get('ws') ?? `${server.hostname}:${port}`}`);
  return {server, socket: {host: socket.hostname, port: Number(socket.port || 80)}};
}
