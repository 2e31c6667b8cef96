import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {call, start, type Caller, type TestServer} from './start.js';

/** Who asks. `stranger` is signed in but takes part in nothing that is asked about; `member` does; `owner` wrote the message. */
const ROLES = ['nobody', 'garbage', 'wrong secret', 'expired', 'stranger', 'member', 'owner'] as const;

type Role = (typeof ROLES)[number];

interface Scene {
  readonly message: number;
  readonly channel: string;
}

interface Route {
  readonly method: string;
  readonly path: (scene: Scene) => string;
  readonly body?: (scene: Scene) => unknown;
  /** What a stranger, a member and the owner get; everybody else gets 401. */
  readonly expected: readonly [stranger: number, member: number, owner: number];
}

let unique = 0;

const ROUTES: readonly Route[] = [
  {method: 'GET', path: () => '/api/conversations', expected: [200, 200, 200]},
  {method: 'GET', path: () => '/api/conversations/1', expected: [403, 200, 200]},
  {method: 'GET', path: () => '/api/conversations/1/messages', expected: [403, 200, 200]},
  {method: 'GET', path: () => '/api/conversations/1/messages?search=plov', expected: [403, 200, 200]},
  {method: 'GET', path: () => '/api/conversations/1/changes?since=0', expected: [403, 200, 200]},
  {
    method: 'POST',
    path: () => '/api/conversations/1/messages',
    body: () => ({content: 'x', temp_id: `matrix-${(unique += 1)}`}),
    expected: [403, 201, 201],
  },
  {
    method: 'POST',
    path: () => '/api/conversations/1/read',
    body: ({message}) => ({message_ids: [message]}),
    expected: [403, 204, 204],
  },
  {method: 'POST', path: () => '/api/conversations/1/typing', expected: [403, 204, 204]},
  {method: 'PUT', path: ({message}) => `/api/messages/${message}/reactions/%F0%9F%91%8D`, expected: [403, 200, 200]},
  {method: 'DELETE', path: ({message}) => `/api/messages/${message}/reactions/%F0%9F%91%8D`, expected: [403, 200, 200]},
  {
    method: 'PATCH',
    path: ({message}) => `/api/messages/${message}`,
    body: () => ({content: 'changed'}),
    expected: [403, 403, 200],
  },
  // Whoever may not, does not learn what would be wrong with it.
  {method: 'PATCH', path: ({message}) => `/api/messages/${message}`, body: () => ({content: ''}), expected: [403, 403, 422]},
  {method: 'PUT', path: ({message}) => `/api/messages/${message}/reactions/a`, expected: [403, 422, 422]},
  {method: 'DELETE', path: ({message}) => `/api/messages/${message}`, expected: [403, 403, 200]},
  {method: 'POST', path: () => '/api/attachments', body: () => ({}), expected: [422, 422, 422]},
  {
    method: 'POST',
    path: () => '/broadcasting/auth',
    body: ({channel}) => ({socket_id: '1.1', channel_name: channel}),
    expected: [403, 200, 200],
  },
  {
    method: 'POST',
    path: () => '/broadcasting/auth',
    body: () => ({socket_id: '1.1', channel_name: 'private-conversation.1'}),
    expected: [403, 200, 200],
  },
  {
    method: 'POST',
    path: () => '/broadcasting/auth',
    body: () => ({socket_id: '1.1', channel_name: 'private-user.1'}),
    expected: [403, 403, 200],
  },
  {method: 'POST', path: () => '/api/logout', expected: [204, 204, 204]},
  {method: 'GET', path: () => '/api/conversations/999', expected: [404, 404, 404]},
  {method: 'GET', path: () => '/api/conversations/1x', expected: [404, 404, 404]},
  {method: 'DELETE', path: () => '/api/messages/999999', expected: [404, 404, 404]},
  {method: 'PUT', path: () => '/api/conversations/1', expected: [405, 405, 405]},
];

/** A fresh token for each role, and a message of the owner that nobody has touched. */
async function cast(server: TestServer): Promise<{tokens: Record<Role, string | undefined>; owner: Caller; scene: Scene}> {
  const expired = await server.signIn('ali');
  await server.fault({expireTokens: true});
  const [stranger, member, owner] = await Promise.all([server.signIn('jasur'), server.signIn('vali'), server.signIn('ali')]);
  const {data} = (await owner.send(1, 'secret')).body;
  const tokens = {
    nobody: undefined,
    garbage: 'garbage',
    'wrong secret': `${owner.token.slice(0, -1)}${owner.token.endsWith('A') ? 'B' : 'A'}`,
    expired: expired.token,
    stranger: stranger.token,
    member: member.token,
    owner: owner.token,
  };
  return {tokens, owner, scene: {message: data.id, channel: 'presence-conversation.1'}};
}

function expectedStatus(route: Route, role: Role): number {
  const [stranger, member, owner] = route.expected;
  return {nobody: 401, garbage: 401, 'wrong secret': 401, expired: 401, stranger, member, owner}[role];
}

describe('every route', () => {
  it('answers every role as the table says, and shows nobody else the message', async () => {
    await using server = await start({faults: true});
    for (const route of ROUTES) {
      const {tokens, scene} = await cast(server);
      for (const role of ROLES) {
        const token = tokens[role];
        const answer = await call<{message?: string}>(server.url, route.method, route.path(scene), {
          ...(token === undefined ? {} : {token}),
          ...(route.body ? {body: route.body(scene)} : {}),
        });
        const cell = `${route.method} ${route.path(scene)} as ${role}`;
        assert.equal(answer.status, expectedStatus(route, role), cell);
        if (answer.status >= 400) {
          assert.equal(typeof answer.body.message, 'string', cell);
          assert.doesNotMatch(JSON.stringify(answer.body), /secret|\.ts|node:/, cell);
        }
      }
    }
  });

  it('changes nothing for those who are refused', async () => {
    await using server = await start({faults: true});
    const {tokens, owner, scene} = await cast(server);
    const look = async (): Promise<unknown> => (await owner.call('GET', '/api/conversations/1/messages?limit=200')).body;
    const before = await look();
    for (const route of ROUTES.filter(({method}) => method !== 'GET')) {
      for (const role of ['nobody', 'garbage', 'wrong secret', 'expired', 'stranger'] as const) {
        if (expectedStatus(route, role) < 400) continue;
        const token = tokens[role];
        await call(server.url, route.method, route.path(scene), {
          ...(token === undefined ? {} : {token}),
          ...(route.body ? {body: route.body(scene)} : {}),
        });
      }
    }
    assert.deepEqual(await look(), before);
  });
});

describe('signing in', () => {
  it('says the same for a wrong password and for nobody, and slows down who guesses', async () => {
    await using server = await start();
    const attempt = (email: string) => call(server.url, 'POST', '/api/login', {body: {email, password: 'wrong'}});
    const [wrong, unknown] = [await attempt('ali@example.com'), await attempt('nobody@example.com')];
    assert.equal(wrong.status, 422);
    assert.deepEqual(wrong.body, unknown.body);
    for (let guess = 0; guess < 4; guess += 1) await attempt('ali@example.com');
    const stopped = await attempt('ali@example.com');
    assert.equal(stopped.status, 429);
    assert.equal(stopped.headers['retry-after'], '60');
    await server.signIn('vali');
  });

  it('gives a token that ends with its lifetime', async () => {
    await using server = await start({tokenLifetime: 0});
    const ali = await server.signIn('ali');
    assert.equal((await ali.call('GET', '/api/conversations')).status, 401);
  });
});

describe('pages of other origins', () => {
  it('may read the answers only when they come from this machine', async () => {
    await using server = await start();
    const allow = async (origin: string): Promise<string | undefined> =>
      (await call(server.url, 'OPTIONS', '/broadcasting/auth', {headers: {origin}})).headers['access-control-allow-origin'];
    for (const origin of ['http://localhost:5173', 'https://localhost', 'http://127.0.0.1:1', 'http://[::1]:8080']) {
      assert.equal(await allow(origin), origin);
    }
    for (const origin of [
      'null',
      'https://example.com',
      'http://localhost.example.com',
      'http://127.0.0.1.example.com',
      'file://',
    ]) {
      assert.equal(await allow(origin), undefined, origin);
    }
  });

  it('cannot come by a name of their own that leads here, unless other names are allowed', async () => {
    await using server = await start();
    const {port} = server;
    const signIn = async (url: string, host: string): Promise<number> =>
      (await call(url, 'POST', '/api/login', {body: {email: 'ali@example.com', password: 'password'}, headers: {host}})).status;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, '[::1]'])
      assert.equal(await signIn(server.url, host), 200, host);
    for (const host of [`example.com:${port}`, 'localhost.example.com', '127.0.0.1.example.com']) {
      assert.equal(await signIn(server.url, host), 403, host);
    }
    await using exposed = await start({exposed: true});
    assert.equal(await signIn(exposed.url, 'example.com'), 200);
  });
});
