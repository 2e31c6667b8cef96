import {Agent, request, type IncomingHttpHeaders} from 'node:http';
import type {ServerOptions} from '../../demo/server/config.js';
import {startServer, type RunningServer} from '../../demo/server/server.js';

/** An answer, read. */
export interface Answer<Body = unknown> {
  readonly status: number;
  readonly body: Body;
  readonly headers: IncomingHttpHeaders;
}

/** A server for one test, on a free port, in memory, quiet. Stop it with `await using`. */
export async function start(options: Partial<ServerOptions> = {}): Promise<TestServer> {
  return new TestServer(await startServer({port: 0, db: ':memory:', quiet: true, passwordCost: 4, ...options}));
}

export class TestServer {
  readonly #server: RunningServer;

  constructor(server: RunningServer) {
    this.#server = server;
  }

  get url(): string {
    return this.#server.url;
  }

  get port(): number {
    return this.#server.port;
  }

  get wsUrl(): string {
    return `${this.url.replace('http', 'ws')}/app/demo-key?protocol=7&client=test&version=1`;
  }

  /** Signs in one of the seeded people by their first name and returns what calls the API in their name. */
  async signIn(name: string): Promise<Caller> {
    const {body} = await call<{token: string; user: {id: number}}>(this.url, 'POST', '/api/login', {
      body: {email: `${name}@example.com`, password: 'password'},
    });
    return new Caller(this.url, body.token, body.user.id);
  }

  /** Sets faults. The server must have been started with `faults: true`. */
  async fault(settings: Record<string, unknown>): Promise<void> {
    await call(this.url, 'POST', '/__faults', {body: settings});
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** Calls the API as one person. */
export class Caller {
  readonly url: string;
  readonly token: string;
  readonly userId: number;

  constructor(url: string, token: string, userId: number) {
    this.url = url;
    this.token = token;
    this.userId = userId;
  }

  call<Body = unknown>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    return call<Body>(this.url, method, path, {token: this.token, ...(body === undefined ? {} : {body})});
  }

  /** The signature with which a socket may subscribe to a channel. */
  async authorize(socketId: string, channel: string): Promise<{auth: string; channel_data?: string}> {
    const {body} = await this.call<{auth: string; channel_data?: string}>('POST', '/broadcasting/auth', {
      socket_id: socketId,
      channel_name: channel,
    });
    return body;
  }

  send(conversationId: number, content: string, tempId: string = crypto.randomUUID()): Promise<Answer<{data: TestMessage}>> {
    return this.call('POST', `/api/conversations/${conversationId}/messages`, {content, temp_id: tempId});
  }
}

/** What tests look at in a message. */
export interface TestMessage {
  readonly id: number;
  readonly content: string;
  readonly temp_id: string;
  readonly position: number;
  readonly revision: number;
  readonly deleted_at: string | null;
  readonly reactions: readonly {emoji: string; count: number; user_ids: number[]}[];
}

interface CallOptions {
  readonly token?: string;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

// Not fetch(): a test makes thousands of calls, and this takes a third of the time.
const agent = new Agent({keepAlive: true});

/** One request. Bodies that are not JSON come back as text. */
export async function call<Body = unknown>(
  url: string,
  method: string,
  path: string,
  {token, body, headers}: CallOptions = {},
): Promise<Answer<Body>> {
  const bytes = body === undefined ? undefined : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const outgoing = request(url + path, {
    agent,
    method,
    headers: {
      accept: 'application/json',
      ...(bytes && {'content-type': 'application/json', 'content-length': bytes.length}),
      ...(token !== undefined && {authorization: `Bearer ${token}`}),
      ...headers,
    },
  });
  return new Promise((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: parse(text) as Body,
        }),
      );
    });
    outgoing.end(bytes);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
