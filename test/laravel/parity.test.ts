import assert from 'node:assert/strict';
import {request} from 'node:http';
import {after, before, describe, it} from 'node:test';
import {hostileChannels, OWN_CHANNELS, SOCKET_IDS} from '../server/hostile-channels.js';
import {recordParity, type ParityTarget, type Transcript} from '../server/parity.js';
import {Caller, start} from '../server/start.js';
import {Wire} from '../server/wire.js';
import {LaravelServer, whyNot, type Login} from './laravel-server.js';
import {within} from './within.js';

const APP = {appId: '1001', key: 'demo-key', secret: 'demo-secret'};

interface Difference {
  readonly reverb: readonly string[];
  readonly ours: readonly string[];
}

/** Where the embedded server is meant to answer otherwise than Reverb 1.10, beside what the script leaves out. */
const INTENDED: Readonly<Record<string, Difference>> = {
  // Reverb cuts the connection; Pusher's documentation promises the code.
  'unknown app key: end': {reverb: ['1006'], ours: ['4001']},
};

/** One in so many hostile names: Laravel takes some 20 ms for each. `HOSTILE_STEP=1` is the full size. */
const HOSTILE_STEP = Number(process.env['HOSTILE_STEP'] ?? 13);

const THUMB = encodeURIComponent('👍');

/** Asked of both servers in this order, by Ali: what no page of ours asks, or what has changed by the time it is asked. Both are seeded alike. */
const ODD_REQUESTS: readonly (readonly [method: string, path: string, body?: unknown])[] = [
  ...['before', 'after', 'around'].flatMap((side) =>
    // The last is of a conversation that Ali is in, and not of this one.
    ['', '0', '-1', 'x', '01', '999999', '9'.repeat(20), '100'].map(
      (id) => ['GET', `/api/conversations/1/messages?${side}=${id}`] as const,
    ),
  ),
  ...['', '0', '-1', 'x', '1.5', '200', '201'].flatMap((limit) => [
    ['GET', `/api/conversations/1/messages?limit=${limit}`] as const,
    ['GET', `/api/conversations/1/changes?since=0&limit=${limit}`] as const,
  ]),
  ...['', '0', '100', '101'].map((limit) => ['GET', `/api/conversations?limit=${limit}`] as const),
  ...['', 'x', 'eyJhIjoxfQ'].map((cursor) => ['GET', `/api/conversations?cursor=${cursor}`] as const),
  ...['', 'since=', 'since=-1', 'since=x', 'since=999999'].map(
    (query) => ['GET', `/api/conversations/1/changes?${query}`] as const,
  ),
  ...['%00', '%20', 'a'.repeat(200), 'a'.repeat(201)].map(
    (search) => ['GET', `/api/conversations/1/messages?search=${search}`] as const,
  ),
  ...['0', '01', 'x', '999999', '9'.repeat(20)].flatMap((id) => [
    ['GET', `/api/conversations/${id}`] as const,
    ['POST', `/api/conversations/${id}/typing`] as const,
    ['PATCH', `/api/messages/${id}`, {content: 'a'}] as const,
    ['DELETE', `/api/messages/${id}`] as const,
    ['PUT', `/api/messages/${id}/reactions/${THUMB}`] as const,
  ]),
  ...[
    ...[
      '',
      '  ',
      null,
      5,
      ['a'],
      '\u200b',
      '\u{1fae9}',
      'a\0b',
      'a'.repeat(10_001),
      '😀'.repeat(10_000),
      '😀'.repeat(10_001),
    ].map((content) => ({content})),
    ...[0, 'x', 999_999, 100].map((id) => ({content: 'a', reply_to_id: id})),
    ...[[0], ['x'], [999_999], [1, 2, 3, 4, 5, 6], 'x'].map((ids) => ({content: 'a', attachment_ids: ids})),
    ...[undefined, null, '', 'a b', 5, 'a'.repeat(65)].map((id) => ({content: 'a', temp_id: id})),
  ].map((draft, n) => ['POST', '/api/conversations/1/messages', {temp_id: `odd-${n}`, ...draft}] as const),
  ...['', null, '  ', 5, 'a'.repeat(10_001)].map((content) => ['PATCH', '/api/messages/1', {content}] as const),
  ...[2, 999_999].flatMap((id) => [
    ...['not mine', '', null, 5].map((content) => ['PATCH', `/api/messages/${id}`, {content}] as const),
    ...(['PUT', 'DELETE'] as const).map((method) => [method, `/api/messages/${id}/reactions/a`] as const),
  ]),
  ['DELETE', '/api/messages/2'],
  ...['a', '1', '👍👍', '❤️'].map((text) => ['PUT', `/api/messages/1/reactions/${encodeURIComponent(text)}`] as const),
  ['DELETE', '/api/messages/1'],
  ['DELETE', '/api/messages/1'],
  ['PATCH', '/api/messages/1', {content: 'a'}],
  ['PUT', `/api/messages/1/reactions/${THUMB}`],
  ['DELETE', `/api/messages/1/reactions/${THUMB}`],
  ['POST', '/api/conversations/1/messages', {content: 'an answer', temp_id: 'answer', reply_to_id: 1}],
  ...[undefined, null, [], 'x', [0], ['x'], [999_999], [100], Array.from({length: 501}, (_, n) => n + 1)].map(
    (ids) => ['POST', '/api/conversations/1/read', {message_ids: ids}] as const,
  ),
  ['GET', '/api/nothing'],
  ['PUT', '/api/conversations'],
];

const heardAt = (target: Omit<ParityTarget, keyof typeof APP>): Promise<Transcript> => recordParity({...APP, ...target});

describe('The embedded server and Laravel with Reverb', {skip: whyNot()}, () => {
  let laravel: LaravelServer;
  let ali: Login;

  before(async () => {
    laravel = await LaravelServer.start({port: 18432, reverbPort: 18433});
    ali = await laravel.login('ali@example.com');
  });
  after(() => laravel.stop());

  it('say the same on the wire, but for what is listed', async () => {
    await using embedded = await start();
    const ours = await heardAt({wsUrl: embedded.url.replace('http', 'ws'), httpUrl: embedded.url});
    const reverb = await heardAt({
      wsUrl: `ws://127.0.0.1:${laravel.reverbPort}`,
      httpUrl: `http://127.0.0.1:${laravel.reverbPort}`,
    });

    const expected = reverb.map(({step, heard}) => {
      const difference = INTENDED[step];
      if (!difference) return {step, heard};
      assert.deepEqual(heard, difference.reverb, `${step}: Reverb has changed`);
      return {step, heard: difference.ours};
    });
    assert.deepEqual(ours, expected);
  });

  it('sign the same channels: one’s own, and none that look like them', async () => {
    for (const name of OWN_CHANNELS) assert.equal(await verdict('1.1', name), 200, name);
    const names = hostileChannels().filter((_, index) => index % HOSTILE_STEP === 0);
    assert.ok(names.length > 0);
    for (let index = 0; index < names.length; index += 20) {
      const batch = names.slice(index, index + 20);
      const verdicts = await Promise.all(batch.map((name) => verdict('1.1', name)));
      for (const [n, status] of verdicts.entries())
        assert.ok([403, 422].includes(status), `${JSON.stringify(batch[n])}: ${status}`);
    }
  });

  it('say the same to odd requests', async () => {
    await using embedded = await start();
    const [ours, theirs] = [await embedded.signIn('ali'), ali];
    for (const [method, path, body] of ODD_REQUESTS) {
      const [one, other] = await Promise.all([
        ours.call(method, path, body),
        laravel.request(method, path, {token: theirs.token, body}).then(async (response) => ({
          status: response.status,
          body: response.status === 204 ? '' : ((await response.json()) as unknown),
        })),
      ]);
      assert.deepEqual(
        verdictOf(one),
        verdictOf(other),
        `${method} ${path} ${body === undefined ? '' : JSON.stringify(body).slice(0, 80)}`,
      );
    }
  });

  it('tell of a message also when its sender is gone before the answer', async () => {
    await using embedded = await start();
    const vali = await laravel.login('vali@example.com');
    const both = [
      [await embedded.signIn('ali'), await embedded.signIn('vali'), embedded.wsUrl],
      [
        new Caller(laravel.url, ali.token, ali.user.id),
        new Caller(laravel.url, vali.token, vali.user.id),
        `ws://127.0.0.1:${laravel.reverbPort}/app/demo-key`,
      ],
    ] as const;
    for (const [sender, hearer, url] of both) {
      using wire = await Wire.connect(url);
      const channel = `private-user.${hearer.userId}`;
      await wire.subscribe(channel, await hearer.authorize(wire.socketId, channel));
      for (let count = 1; count <= 3; count += 1) {
        await sendAndLeave(sender, `Said on the way out, ${count}`);
        const {data} = await within(wire.next('App\\Events\\MessageSentEvent'), () => `what ${sender.url} says of it`);
        assert.match(JSON.stringify(data), new RegExp(`Said on the way out, ${count}`));
      }
    }
  });

  it('sign for nothing but a socket id', async () => {
    for (const id of [...SOCKET_IDS, 1.1, null, ['1.1'], {a: 1}, true]) {
      assert.equal(await verdict(id, 'private-user.1'), 422, JSON.stringify(id));
    }
  });

  async function verdict(socketId: unknown, channel: unknown): Promise<number> {
    const body = {socket_id: socketId, channel_name: channel};
    const response = await laravel.request('POST', '/broadcasting/auth', {token: ali.token, body});
    assert.equal((await response.text()).includes('demo-key'), response.status === 200);
    return response.status;
  }
});

/** Sends a message to conversation 1, and hangs up as soon as the request is on its way. */
async function sendAndLeave({url, token}: Caller, content: string): Promise<void> {
  const body = JSON.stringify({content, temp_id: crypto.randomUUID()});
  const headers = {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  const outgoing = request(`${url}/api/conversations/1/messages`, {method: 'POST', headers, agent: false});
  // That it hangs up is an error to it.
  outgoing.on('error', () => undefined);
  outgoing.end(body, () => outgoing.destroy());
  await new Promise((resolve) => outgoing.once('close', resolve));
}

/** What a client goes by: the status, and the fields that are wrong. */
function verdictOf({status, body}: {readonly status: number; readonly body: unknown}): readonly [number, readonly string[]] {
  return [status, Object.keys((body as {errors?: object}).errors ?? {})];
}
