import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {FakeServer} from '../../src/testing/index.js';
import {start, type Started} from './support.js';

describe('ws-chat listen', () => {
  let server: FakeServer;
  let args: string[];

  beforeEach(() => {
    server = new FakeServer({
      users: [
        {id: 1, name: 'Ali Karimov', email: 'ali@example.com'},
        {id: 2, name: 'Vali', email: 'vali@example.com'},
      ],
      conversations: [{id: 7, title: 'Design', participants: [1, 2]}],
      authorize: (user, channel) => channel === `private-user.${user.id}` || channel === 'private-news',
    });
    const {appKey, apiBase} = server.address;
    args = [
      'listen',
      '--email',
      'vali@example.com',
      '--password',
      'password',
      '--url',
      new URL(apiBase ?? '').origin,
      '--key',
      appKey,
    ];
  });
  afterEach(() => server.dispose());

  async function listening(more: readonly string[] = [], over: Parameters<typeof start>[2] = {}): Promise<Started> {
    const started = start([...args, ...more], server, over);
    await server.settle(() => started.err().includes('listening on private-user.2'));
    return started;
  }

  it('prints events for a person, and the connection beside them', async () => {
    const started = await listening();
    server.message({conversationId: 7, from: 1, content: 'Salom\u001b[31m\nred'});
    await server.settle(() => started.out().includes('Salom'));
    assert.match(started.out(), /^\d\d:\d\d:\d\d {2}message +#7 {2}Ali Karimov: Salom\\u\{1b\}\[31m ⏎ red\n/);
    assert.match(started.err(), /connecting\n.*connected\n.*listening on private-user\.2\n$/);
    started.interrupt();
    assert.equal(await started.code, 0);
    assert.equal(server.socketIds.length, 0);
    assert.equal(server.log.requests.filter(({path}) => path.endsWith('/login')).length, 1);
  });

  it('prints one object a line with --json', async () => {
    const started = await listening(['--json']);
    server.message({conversationId: 7, from: 1, content: 'one\ntwo'});
    await server.settle(() => started.out().includes('one'));
    started.interrupt();
    assert.equal(await started.code, 0);
    const objects = started
      .out()
      .trimEnd()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as {type: string; time: string; channel: string; conversationId: number; message?: {content: string}},
      );
    assert.equal(objects[0]?.type, 'message');
    assert.equal(objects[0].message?.content, 'one\ntwo');
    assert.equal(objects[0].channel, 'private-user.2');
    assert.equal(objects[0].conversationId, 7);
    assert.equal(new Date(objects[0].time).getTime(), server.clock.now());
  });

  it('prints JSON that moves nothing in a terminal, and reads back as it was written', async () => {
    const started = await listening(['--json']);
    const content = 'a\u009b2J\u009d0;title\u009c\u007f\u202e\u2028\u200b\u001b[31m👍';
    server.message({conversationId: 7, from: 1, content});
    await server.settle(() => started.out().includes('"a'));
    started.interrupt();
    assert.equal(await started.code, 0);
    assert.doesNotMatch(started.out().trimEnd(), /[\p{Cc}\p{Cf}\p{Zl}]/u);
    assert.equal((JSON.parse(started.out()) as {message: {content: string}}).message.content, content);
  });

  it('goes on after a malformed event, and names it', async () => {
    const started = await listening();
    server.emit('private-user.2', 'broken', {type: 'message', data: {}});
    server.message({conversationId: 7, from: 1, content: 'still here'});
    await server.settle(() => started.out().includes('still here'));
    assert.match(started.err(), /error: Dropped the event "broken"/);
    started.interrupt();
    assert.equal(await started.code, 0);
  });

  it('comes back after the server was away', async () => {
    const started = await listening();
    server.stop('sockets');
    await server.settle(() => started.err().includes('waiting'));
    assert.match(started.err(), /waiting \(\w+.*\), next attempt in \d{1,2} s\n/);
    server.start();
    await server.advance(60_000);
    server.message({conversationId: 7, from: 1, content: 'again'});
    await server.settle(() => started.out().includes('again'));
    started.interrupt();
    assert.equal(await started.code, 0);
  });

  it('signs in again when its token has ended, and waits while that cannot be, without a warning to a page', async (test) => {
    const warn = test.mock.method(console, 'warn', () => undefined);
    const started = await listening();
    const mend = server.faults.rest({status: 503, match: '/login', times: Infinity});
    server.expireTokens();
    server.closeAll();
    await server.advance(20_000);
    mend();
    await server.advance(120_000);
    server.message({conversationId: 7, from: 1, content: 'again'});
    await server.settle(() => started.out().includes('again'));
    started.interrupt();
    assert.equal(await started.code, 0);
    assert.equal(warn.mock.callCount(), 0);
  });

  it('joins other channels, and goes on without those it may not join', async () => {
    const started = await listening(['--channel', 'private-news', '--channel', 'private-secret']);
    await server.advance(20_000);
    assert.match(started.err(), /listening on private-news/);
    assert.match(started.err(), /error: .*private-secret/);
    started.interrupt();
    assert.equal(await started.code, 0);
  });

  it('joins the channels that are named alone, where a token does not say whose it is', async () => {
    const {apiBase, appKey} = server.address;
    const where = ['--url', new URL(apiBase ?? '').origin, '--key', appKey];
    const started = start(['listen', '--token', server.token(2), '--channel', 'private-news', ...where], server);
    await server.settle(() => started.err().includes('listening on private-news'));
    started.interrupt();
    assert.equal(await started.code, 0);
    assert.equal(server.log.requests.filter(({path}) => path.endsWith('/broadcasting/auth')).length, 1);
  });

  it('says that it cannot join while the authorization does not answer, and joins once it does', async () => {
    const mend = server.faults.auth({status: 502});
    const started = start(args, server);
    await server.advance(5000);
    assert.match(started.err(), /cannot join private-user\.2 yet, tries again: .*\/broadcasting\/auth/);
    mend();
    await server.advance(20_000);
    assert.match(started.err(), /listening on private-user\.2/);
    started.interrupt();
    assert.equal(await started.code, 0);
  });

  it('asks for the password where there is none', async () => {
    args = args.filter((arg) => arg !== '--password' && arg !== 'password');
    const questions: string[] = [];
    const askPassword = (question: string): Promise<string> => {
      questions.push(question);
      return Promise.resolve('password');
    };
    const started = await listening([], {askPassword});
    assert.deepEqual(questions, ['Password of vali@example.com: ']);
    started.interrupt();
    assert.equal(await started.code, 0);
  });

  it('prints the log with --debug, without the token', async () => {
    const started = await listening(['--debug']);
    started.interrupt();
    assert.equal(await started.code, 0);
    assert.match(started.err(), /(debug|info) (ChatTransport|ConnectionController|ChannelAuthorizer): .* \{".+\}\n/);
    for (const {headers} of server.log.requests) {
      const token = headers.get('Authorization')?.replace('Bearer ', '');
      if (token) assert.ok(!started.err().includes(token));
    }
    const said = started.err();
    (await listening()).interrupt();
    assert.equal(started.err(), said);
  });

  describe('fails with code 1 and a sentence', () => {
    const fails = async (given: readonly string[], pattern: RegExp, over: Parameters<typeof start>[2] = {}): Promise<void> => {
      const started = start(given, server, over);
      const done: number[] = [];
      void started.code.then((code) => done.push(code));
      for (let i = 0; i < 30 && done.length === 0; i += 1) await server.advance(5000);
      assert.ok(done.length > 0, started.err());
      assert.equal(await started.code, 1);
      assert.match(started.err(), pattern);
      assert.equal(started.out(), '');
    };
    const withFlag = (flag: string, value: string): string[] =>
      args.map((arg, index) => (args[index - 1] === flag ? value : arg));

    it('on a wrong password, and with what the server says', () =>
      fails(
        withFlag('--password', 'wrong'),
        /does not take this e-mail address and password \(vali@example\.com\): POST \/login answered 422: \w/,
      ));
    for (const [what, answer, pattern] of [
      ['gives no token', Response.json({user: {id: 2, name: 'Vali'}}), /\/login answered without a token or a user: .*token/],
      ['is not there', new Response('', {status: 404}), /There is no http.*\/login: look at --url/],
      [
        'is asked too often',
        new Response('', {status: 429, headers: {'Retry-After': '7'}}),
        /fewer attempts to sign in; try again in 7 s\./,
      ],
      ['says no more', new Response('', {status: 429}), /fewer attempts to sign in\.\n/],
      ['is out of order', new Response('', {status: 500}), /Signing in failed: POST \/login answered 500\./],
    ] as const) {
      it(`where the login route ${what}`, () => fails(args, pattern, {fetch: () => Promise.resolve(answer)}));
    }
    it('without a password', () =>
      fails(
        args.filter((arg) => arg !== '--password' && arg !== 'password'),
        /There is no password/,
      ));
    it('on an unknown app key, and promises no attempt that it does not make', () =>
      fails(
        withFlag('--key', 'other'),
        /connecting\n\S+ {2}refused \(unknown-app 4001\)\nws-chat: Could not connect\. .*app-key/,
      ));
    it('on a channel that is not the own one', () => fails([...args, '--user-id', '1'], /Could not join private-user\.1\./));
    it('without a server, and with what Node says of that', () =>
      fails(args, /cannot be reached \(ECONNREFUSED\): is the server running/, {
        fetch: () => Promise.reject(new TypeError('fetch failed', {cause: {code: 'ECONNREFUSED'}})),
      }));
    it('without a server', () => {
      server.stop();
      return fails(args, /cannot be reached.*is the server running/);
    });
    it('without a socket server', () => {
      server.stop('sockets');
      return fails(args, /Could not connect\. /);
    });
    it('with the reason why a socket failed, made safe to print', () =>
      fails(args, /^\S+ {2}socket: Unexpected server response: 404 ⏎ $/mu, {
        loadWebSocket: (_, onError) => {
          onError('Unexpected server response: 404\n');
          return Promise.reject(new Error('no socket here'));
        },
      }));
    it('on a token that nobody takes', () => {
      const url = new URL(server.address.apiBase ?? '').origin;
      return fails(
        ['listen', '--token', 'bad', '--user-id', '2', '--url', url, '--key', server.address.appKey],
        /unauthorized \(unauthorized\)\nws-chat: The server does not take the token/,
      );
    });
    it('on an id that no channel can bear, made safe to print', async (test) => {
      const warn = test.mock.method(globalThis.console, 'warn', () => undefined);
      const fetch = async (): Promise<Response> => Response.json({token: 't', user: {id: '2\u001b]0;x\u0007', name: 'Vali'}});
      await fails(args, /^ws-chat: The server gives you the id "2\\u\{1b\}\]0;x\\u\{7\}", which has no place.*\n$/, {fetch});
      assert.equal(warn.mock.callCount(), 0);
    });
    it('on a password that was changed after it had begun', async () => {
      const started = await listening();
      server.faults.rest({status: 422, match: '/login'});
      server.expireTokens();
      server.closeAll();
      for (let i = 0; i < 12; i += 1) await server.advance(5000);
      assert.match(started.err(), /no longer takes the token/);
      started.interrupt();
      assert.equal(await started.code, 1);
    });
    it('without anything that opens sockets', () =>
      fails(args, /no socket here/, {loadWebSocket: () => Promise.reject(new Error('no socket here'))}));
  });

  it('ends with 0 also if it is ended between signing in and connecting', async () => {
    const started = start(args, server, {
      loadWebSocket: () => {
        started.interrupt();
        return Promise.resolve(server.environment.createWebSocket);
      },
    });
    await server.settle();
    assert.equal(await started.code, 0);
  });

  it('ends with 0 also while the login route does not answer', async () => {
    const fetch = (_: unknown, init?: RequestInit): Promise<Response> =>
      new Promise((_answer, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    const started = start(args, server, {fetch});
    const codes: number[] = [];
    void started.code.then((code) => codes.push(code));
    await server.settle();
    started.interrupt();
    await server.settle();
    assert.deepEqual(codes, [0]);
  });

  it('ends with 0 also while it is still connecting', async () => {
    const started = start(args, server);
    started.interrupt();
    await server.settle();
    assert.equal(await started.code, 0);
  });
});
