import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {hostileChannels, OWN_CHANNELS, SOCKET_IDS} from './hostile-channels.js';
import {call, start, type Caller, type TestServer} from './start.js';

describe('the channel authorization', () => {
  it('signs exactly one’s own channels and none of two thousand that look like them', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    for (const name of OWN_CHANNELS) assert.match((await ali.authorize('1.1', name)).auth, /^demo-key:[0-9a-f]{64}$/);
    const names = hostileChannels();
    assert.ok(names.length > 1_800, `${names.length} names`);
    const verdicts = await inTurns(names, (channel_name) =>
      ali.call('POST', '/broadcasting/auth', {socket_id: '1.1', channel_name}),
    );
    for (const [name, {status, body}] of verdicts) {
      assert.ok(status === 403 || status === 422, `${JSON.stringify(name)}: ${status}`);
      assert.equal(JSON.stringify(body).includes('demo-key'), false);
    }
  });

  it('signs for nothing but a socket id', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    for (const socketId of [...SOCKET_IDS, 1.1, null, ['1.1'], {a: 1}, true]) {
      const {status} = await ali.call('POST', '/broadcasting/auth', {socket_id: socketId, channel_name: 'private-user.1'});
      assert.equal(status, 422, JSON.stringify(socketId));
    }
    for (const channel of [null, 1, ['private-user.1'], {}, undefined]) {
      const {status} = await ali.call('POST', '/broadcasting/auth', {socket_id: '1.1', channel_name: channel});
      assert.equal(status, 422, JSON.stringify(channel));
    }
  });

  it('takes what is in a form for what it says, and the last of two fields', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const form = (body: string) =>
      call(server.url, 'POST', '/broadcasting/auth', {
        body,
        token: ali.token,
        headers: {'content-type': 'application/x-www-form-urlencoded'},
      });
    assert.equal((await form('socket_id=1.1&channel_name=private-user.1')).status, 200);
    assert.equal((await form('socket_id=1.1&channel_name=private-user.1&channel_name=private-user.2')).status, 403);
    assert.equal((await form('socket_id=1.1&channel_name[]=private-user.1')).status, 422);
    assert.equal((await form('socket_id=1.1%0a&channel_name=private-user.1')).status, 422);
  });
});

const SQL = [
  "'",
  '"',
  "''",
  "' or '1'='1",
  "' or 1=1 --",
  '" or 1=1 --',
  "'; drop table messages; --",
  '1; delete from users',
  "') or ('1'='1",
  "' union select password from users --",
  "' and sqlite_version() --",
  "%' or '1'='1",
  '\\',
  "\\'",
  '/* */',
  '--',
  "'||(select password from users)||'",
  '0x27',
  'char(39)',
  '?',
  '?1',
  ':a',
  '@a',
  '$a',
  '${1}',
  '{{1}}',
  "' and randomblob(1000000000) --",
  "' attach database 'x' as y --",
  'NULL',
  'null',
  'undefined',
  "admin'--",
  "x' and email is not null --",
  '%00',
  '\u02bc or 1=1',
  '＇ or 1=1',
  "a' || 'b",
  ';',
  '`',
  'a\u0008b',
];

describe('SQL in every parameter', () => {
  it('is text like any other: no error of the server, nothing more in the answer, nothing gone', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const before = await census(ali);
    const jobs = SQL.flatMap((text) => requests(server, ali, text));
    const answers = await inTurns(jobs, (job) => job());
    for (const [, {status}] of answers) assert.ok(status < 500, String(status));
    assert.deepEqual(await census(ali), before);
  });

  it('is stored and found as it was written', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    for (const text of SQL) {
      const {data} = (await ali.send(3, text)).body;
      assert.equal(data.content, text);
    }
    const found = await ali.call<{data: {content: string}[]}>(
      'GET',
      `/api/conversations/3/messages?search=${encodeURIComponent("' or '1'='1")}`,
    );
    assert.deepEqual(
      found.body.data.map((message) => message.content),
      ["' or '1'='1", "%' or '1'='1"],
    );
  });
});

function requests(server: TestServer, ali: Caller, text: string): (() => Promise<{status: number}>)[] {
  const part = encodeURIComponent(text);
  const queries = [`before=${part}`, `after=${part}`, `around=${part}`, `limit=${part}`, `search=${part}`];
  return [
    ...queries.map((query) => () => ali.call('GET', `/api/conversations/1/messages?${query}`)),
    () => ali.call('GET', `/api/conversations?cursor=${part}&limit=${part}`),
    () => ali.call('GET', `/api/conversations?cursor=${Buffer.from(text).toString('base64url')}`),
    () => ali.call('GET', `/api/conversations/${part}`),
    () => ali.call('GET', `/api/conversations/1/changes?since=${part}`),
    () => ali.call('PATCH', `/api/messages/${part}`, {content: text}),
    () => ali.call('DELETE', `/api/messages/${part}`),
    () => ali.call('PUT', `/api/messages/1/reactions/${part}`),
    () => ali.call('POST', '/api/conversations/1/read', {message_ids: [text]}),
    () =>
      ali.call('POST', '/api/conversations/1/messages', {
        content: text,
        temp_id: text,
        reply_to_id: text,
        attachment_ids: [text],
      }),
    () => call(server.url, 'GET', `/attachments/${part}/${part}`),
    () => call(server.url, 'POST', '/api/login', {body: {email: text, password: text}}),
    () => call(server.url, 'GET', '/api/conversations', {token: text.replace(/[^\x21-\x7e]/g, 'x')}),
    () => call(server.url, 'GET', '/api/conversations', {token: `1|${text}`.replace(/[^\x21-\x7e]/g, 'x')}),
  ];
}

/** Everything that Ali can see. */
async function census(ali: Caller): Promise<unknown> {
  const paths = ['/api/conversations', ...[1, 2, 3].map((id) => `/api/conversations/${id}/messages?limit=200`)];
  return Promise.all(paths.map(async (path) => (await ali.call('GET', path)).body));
}

/** Runs the jobs, some at once, and pairs each input with its result. */
async function inTurns<Input, Result>(
  inputs: readonly Input[],
  run: (input: Input) => Promise<Result>,
): Promise<[Input, Result][]> {
  const results: [Input, Result][] = [];
  for (let index = 0; index < inputs.length; index += 50) {
    const batch = inputs.slice(index, index + 50);
    results.push(...(await Promise.all(batch.map(async (input): Promise<[Input, Result]> => [input, await run(input)]))));
  }
  return results;
}
