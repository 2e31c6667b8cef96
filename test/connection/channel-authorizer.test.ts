import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {ChannelAuthorizer, type ChannelAuthorizerOptions} from '../../src/connection/channel-authorizer.js';
import {TokenSession} from '../../src/connection/token-session.js';
import {ApiError, forgetWarnings, SubscriptionError, type ChatError, type TokenProvider} from '../../src/model/index.js';
import {xsrfTokenFor} from '../../src/model/http-page.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';

const CHANNEL = 'private-user.1';
const SECRET = 'token-canary-1';

interface Ask {
  readonly url: string;
  readonly init: RequestInit;
  readonly headers: Headers;
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {status, headers: {'Content-Type': 'application/json', ...headers}});
}

/** An authorizer whose server answers as told, one answer after the other, the last one for ever. */
function setUp(
  answers: readonly (() => Response | Promise<Response>)[],
  given: {token?: string | null; provider?: TokenProvider} & Partial<ChannelAuthorizerOptions> = {},
) {
  const clock = new VirtualClock();
  const asks: Ask[] = [];
  const tokens = new TokenSession({token: given.token, provider: given.provider, clock, random: () => 0.5});
  const authorizer = new ChannelAuthorizer({
    endpoint: '/broadcasting/auth',
    headers: {},
    credentials: 'same-origin',
    tokens,
    clock,
    page: null,
    fetch: (async (url: string, init: RequestInit) => {
      asks.push({url, init, headers: new Headers(init.headers)});
      return (answers[asks.length - 1] ?? answers.at(-1)!)();
    }) as typeof fetch,
    ...given,
  });
  const ask = (channelName = CHANNEL, signal = new AbortController().signal) =>
    authorizer.authorize({channelName, socketId: '1.1', signal});
  return {clock, asks, tokens, ask};
}

async function failure(promise: Promise<unknown>): Promise<ChatError & {status?: number | null; retryAfter?: number | null}> {
  return promise.then(
    () => assert.fail('it resolved'),
    (error: unknown) => error as ChatError,
  );
}

describe('ChannelAuthorizer', () => {
  it('asks as Laravel wants to be asked', async () => {
    const {asks, ask} = setUp([() => json({auth: 'key:sig'})], {token: SECRET, headers: {'X-Tenant': '7'}});
    assert.deepEqual(await ask(), {auth: 'key:sig'});
    const {url, init, headers} = asks[0]!;
    assert.equal(url, '/broadcasting/auth');
    assert.equal(init.method, 'POST');
    assert.equal(init.body, JSON.stringify({socket_id: '1.1', channel_name: CHANNEL}));
    assert.equal(headers.get('Accept'), 'application/json');
    assert.equal(headers.get('Content-Type'), 'application/json');
    assert.equal(headers.get('X-Requested-With'), 'XMLHttpRequest');
    assert.equal(headers.get('Authorization'), `Bearer ${SECRET}`);
    assert.equal(headers.get('X-Tenant'), '7');
  });

  it('never sends a token and cookies together', async () => {
    const page = {href: 'https://app.test/', cookie: () => 'a=b; XSRF-TOKEN=abc%3D'};
    const byToken = setUp([() => json({auth: 'a:b'})], {token: SECRET, credentials: 'include', page});
    await byToken.ask();
    assert.equal(byToken.asks[0]!.init.credentials, 'omit');
    assert.equal(byToken.asks[0]!.headers.get('X-XSRF-TOKEN'), null);
    const byCookie = setUp([() => json({auth: 'a:b'})], {credentials: 'include', page});
    await byCookie.ask();
    assert.equal(byCookie.asks[0]!.init.credentials, 'include');
    assert.equal(byCookie.asks[0]!.headers.get('Authorization'), null);
    assert.equal(byCookie.asks[0]!.headers.get('X-XSRF-TOKEN'), 'abc=');
    const byNeither = setUp([() => json({auth: 'a:b'})], {credentials: 'omit', page});
    await byNeither.ask();
    assert.equal(byNeither.asks[0]!.headers.get('X-XSRF-TOKEN'), null);
  });

  it('tells the XSRF token to its own site only', () => {
    const page = {href: 'https://app.example.com/chat', cookie: () => 'XSRF-TOKEN=abc'};
    assert.equal(xsrfTokenFor('/broadcasting/auth', page), 'abc');
    assert.equal(xsrfTokenFor('https://api.example.com/auth', page), 'abc');
    assert.equal(xsrfTokenFor('https://example.com/auth', page), 'abc');
    assert.equal(xsrfTokenFor('https://evil.test/auth', page), null);
    assert.equal(xsrfTokenFor('https://example.com.evil.test/auth', page), null);
    assert.equal(xsrfTokenFor('http://app.example.com/auth', page), null);
    assert.equal(xsrfTokenFor('http://[', page), null);
    assert.equal(xsrfTokenFor('/auth', {...page, cookie: () => 'NOT-XSRF-TOKEN=abc'}), null);
    assert.equal(xsrfTokenFor('/auth', null), null);
  });

  for (const status of [401, 419, 403]) {
    it(`renews the token once after ${status}, and asks again`, async () => {
      const reasons: string[] = [];
      const {asks, ask} = setUp([() => json({}, status), () => json({auth: 'a:b'})], {
        token: 'old',
        provider: ({reason}) => (reasons.push(reason), 'new'),
      });
      assert.deepEqual(await ask(), {auth: 'a:b'});
      assert.deepEqual(
        asks.map(({headers}) => headers.get('Authorization')),
        ['Bearer old', 'Bearer new'],
      );
      assert.deepEqual(reasons, ['refused']);
    });
  }

  for (const [status, code] of [
    [401, 'unauthorized'],
    [419, 'unauthorized'],
    [403, 'subscription-denied'],
  ] as const) {
    it(`gives up with ${code} when ${status} comes with the new token too`, async () => {
      const {asks, ask} = setUp([() => json({}, status)], {token: 'old', provider: () => 'new'});
      const error = await failure(ask());
      assert.ok(error instanceof SubscriptionError);
      assert.equal(error.code, code);
      assert.equal(error.status, status);
      assert.equal(asks.length, 2);
    });
  }

  it('gives up at once when the provider has the same token again', async () => {
    const {asks, ask} = setUp([() => json({}, 401)], {token: 'old', provider: () => 'old'});
    assert.equal((await failure(ask())).code, 'unauthorized');
    assert.equal(asks.length, 1);
  });

  it('believes a second 403 without renewing the token again', async () => {
    let renewals = 0;
    const {ask} = setUp([() => json({}, 403)], {token: 'old', provider: () => `new-${(renewals += 1)}`});
    await failure(ask('private-a'));
    await failure(ask('private-b'));
    await failure(ask('private-c'));
    assert.equal(renewals, 1);
  });

  it('renews no token for an answer that is no refusal, and asks once where there is no other token', async () => {
    for (const [status, token, renewed] of [
      [404, 'new', 0],
      [503, 'new', 0],
      [401, null, 1],
    ] as const) {
      let renewals = 0;
      const {asks, ask} = setUp([() => json({}, status)], {token: 'old', provider: () => ((renewals += 1), token)});
      await failure(ask());
      assert.deepEqual([renewals, asks.length], [renewed, 1], String(status));
    }
  });

  for (const [which, token, statuses] of [
    ['another token', null, [401, 401, 403]],
    ['the same token', 'old', [401, 403]],
  ] as const) {
    it(`does not take a 401 with ${which} for a 403`, async () => {
      let renewals = 0;
      const answers = statuses.map((status) => () => json({}, status));
      const {clock, ask} = setUp(answers, {
        token: 'old',
        provider: () => {
          renewals += 1;
          return token ?? `new-${renewals}`;
        },
      });
      await failure(ask());
      const second = failure(ask());
      await clock.advance(5000);
      await second;
      assert.equal(renewals, 2);
    });
  }

  it('believes a 403 when the provider has the same token again', async () => {
    let renewals = 0;
    const {ask} = setUp([() => json({}, 403)], {token: 'old', provider: () => ((renewals += 1), 'old')});
    await failure(ask('private-a'));
    await failure(ask('private-b'));
    assert.equal(renewals, 1);
  });

  it('doubts a 403 again after a success, and one about a refused channel only after a success there', async () => {
    let renewals = 0;
    let isOpen = false;
    const answer = (): Response => (isOpen ? json({auth: 'a:b'}) : json({}, 403));
    const {clock, tokens, ask} = setUp([answer], {token: 'old', provider: () => `new-${(renewals += 1)}`});
    const joins = async (channel: string): Promise<boolean> => {
      const joined = ask(channel).then(
        () => true,
        () => false,
      );
      // The provider is called no more than once in five seconds.
      await clock.advance(5000);
      return joined;
    };
    assert.equal(await joins('private-a'), false);
    assert.equal(renewals, 1);
    isOpen = true;
    assert.equal(await joins('private-b'), true);
    isOpen = false;
    assert.equal(await joins('private-a'), false);
    assert.equal(renewals, 1, 'of a channel that was refused');
    tokens.setToken('of another tab');
    assert.equal(await joins('private-a'), false);
    assert.equal(renewals, 1, 'of a channel that was refused, with the token of another tab');
    assert.equal(await joins('private-c'), false);
    assert.equal(renewals, 2, 'of another channel');
    isOpen = true;
    assert.equal(await joins('private-a'), true);
    isOpen = false;
    assert.equal(await joins('private-a'), false);
    assert.equal(renewals, 3, 'of a channel that was joined meanwhile');
  });

  it('renews the token once for many channels that meet a 401 together', async () => {
    let renewals = 0;
    const {asks, ask} = setUp([...Array.from({length: 20}, () => () => json({}, 401)), () => json({auth: 'a:b'})], {
      token: 'old',
      provider: async () => {
        renewals += 1;
        return 'new';
      },
    });
    await Promise.all(Array.from({length: 20}, (_, index) => ask(`private-c.${index}`)));
    assert.equal(renewals, 1);
    assert.equal(asks.length, 40);
  });

  describe('by a cookie that has ended, as it does after two hours without a request', () => {
    const stale = (): Response => json({}, 419);

    it('reads something, whatever the answer, as a new one comes with that, and asks again', async () => {
      let cookie = 'XSRF-TOKEN=old';
      const renewing = async (): Promise<Response> => {
        await new Promise(setImmediate);
        cookie = 'XSRF-TOKEN=new';
        return json({}, 403);
      };
      const page = {href: 'https://app.test/', cookie: () => cookie};
      const {asks, ask} = setUp([stale, renewing, () => json({auth: 'a:b'})], {page, headers: {'X-Tenant': '7'}});
      assert.deepEqual(await ask(), {auth: 'a:b'});
      assert.deepEqual(
        asks.map(({init, headers}) => [init.method, headers.get('X-XSRF-TOKEN'), headers.get('X-Tenant')]),
        [
          ['POST', 'old', '7'],
          ['GET', 'old', '7'],
          ['POST', 'new', '7'],
        ],
      );
    });

    it('reads nothing where the token provider has renewed it', async () => {
      let cookie = '';
      const provider: TokenProvider = ({reason}) => {
        if (reason === 'refused') cookie = 'XSRF-TOKEN=new';
        return null;
      };
      const page = {href: 'https://app.test/', cookie: () => cookie};
      const {clock, asks, ask} = setUp([stale, () => json({auth: 'a:b'})], {page, provider});
      const asked = ask();
      await clock.advance(5000);
      assert.deepEqual(await asked, {auth: 'a:b'});
      assert.deepEqual(
        asks.map(({init, headers}) => [init.method, headers.get('X-XSRF-TOKEN')]),
        [
          ['POST', null],
          ['POST', 'new'],
        ],
      );
    });

    it('reads nothing for a session that has ended, with a token, and outside a page', async () => {
      const page = {href: 'https://app.test/', cookie: () => ''};
      for (const [status, given] of [
        [401, {page}],
        [419, {page, token: 'old', provider: () => 'new'}],
        [419, {page: null}],
      ] as const) {
        const {asks, ask} = setUp([() => json({}, status)], given);
        assert.equal((await failure(ask())).code, 'unauthorized');
        assert.deepEqual(
          asks.map(({init}) => init.method),
          ['POST', 'POST'],
        );
      }
    });

    it('gives up where none comes, and where nothing can be read', async () => {
      const page = {href: 'https://app.test/', cookie: () => ''};
      for (const reading of [stale, () => Promise.reject(new TypeError('Failed to fetch'))]) {
        const {asks, ask} = setUp([stale, reading, stale], {page});
        const error = await failure(ask());
        assert.equal(error.code, 'unauthorized');
        assert.equal(asks.length, 3);
      }
    });

    it('waits for what it reads no longer than for any answer', async () => {
      const page = {href: 'https://app.test/', cookie: () => ''};
      const {clock, asks, ask} = setUp([stale, () => new Promise<Response>(() => undefined), stale], {page});
      const failed = failure(ask());
      await clock.advance(10_000);
      assert.equal((await failed).code, 'unauthorized');
      assert.equal(asks.length, 3);
    });
  });

  it('reads Retry-After of a 429 in seconds, and as a date', async () => {
    const seconds = setUp([() => json({}, 429, {'Retry-After': '7'})], {token: SECRET});
    const error = await failure(seconds.ask());
    assert.equal(error.status, 429);
    assert.equal(error.retryAfter, 7000);
    const {clock, ask} = setUp([() => json({}, 429, {'Retry-After': new Date(clock0() + 9000).toUTCString()})], {token: SECRET});
    assert.equal(clock.now(), clock0());
    assert.equal((await failure(ask())).retryAfter, 9000);
  });

  for (const status of [408, 500, 502, 503]) {
    it(`takes ${status} for something that passes`, async () => {
      const error = await failure(setUp([() => json({}, status)], {token: SECRET}).ask());
      assert.ok(error instanceof ApiError && error.isTransient);
    });
  }

  for (const [what, answer, channel] of [
    ['404', () => json({}, 404), CHANNEL],
    ['405', () => json({}, 405), CHANNEL],
    ['a redirect', () => new Response(null, {status: 302, headers: {Location: '/login'}}), CHANNEL],
    ['HTML with 200', () => new Response(`<html>${SECRET}</html>`), CHANNEL],
    ['nothing with 200', () => new Response(''), CHANNEL],
    ['204', () => new Response(null, {status: 204}), CHANNEL],
    ['a list', () => json([SECRET]), CHANNEL],
    ['an auth that is no text', () => json({auth: 7}), CHANNEL],
    ['an answer of a megabyte', () => new Response('x'.repeat(1_000_000)), CHANNEL],
    ['a presence channel without channel_data', () => json({auth: 'a:b'}), 'presence-c.1'],
    ['channel_data that is no JSON', () => json({auth: 'a:b', channel_data: '{'}), 'presence-c.1'],
    ['channel_data without a user', () => json({auth: 'a:b', channel_data: '{}'}), 'presence-c.1'],
  ] as const) {
    it(`takes ${what} for a mistake in the settings, and quotes nothing of it`, async () => {
      const error = await failure(setUp([answer], {token: 'other'}).ask(channel));
      assert.equal(error.code, 'subscription-failed');
      assert.ok(!error.message.includes(SECRET) && !JSON.stringify(error).includes(SECRET));
    });
  }

  it('waits ten seconds for an answer', async () => {
    const {clock, ask} = setUp([() => new Promise<Response>(() => undefined)], {token: SECRET});
    const asked = failure(ask());
    await clock.advance(10_000);
    assert.equal((await asked).code, 'timeout');
    assert.equal(clock.pending, 0);
  });

  it('stops when nobody wants the answer any more', async () => {
    const ending = new AbortController();
    const {clock, asks, ask} = setUp([() => new Promise<Response>(() => undefined)], {token: SECRET});
    const asked = failure(ask(CHANNEL, ending.signal));
    await clock.advance(0);
    ending.abort();
    assert.equal((await asked).code, 'aborted');
    assert.equal(asks[0]!.init.signal?.aborted, true);
    assert.equal(clock.pending, 0);
  });

  it('says so when there is no network', async () => {
    const {ask} = setUp([() => Promise.reject(new TypeError('fetch failed'))], {token: SECRET});
    assert.equal((await failure(ask())).code, 'network');
  });
});

describe('TokenSession', () => {
  const make = (given: {token?: string | null; provider?: TokenProvider}) => {
    const clock = new VirtualClock();
    return {clock, session: new TokenSession({...given, clock, random: () => 0.5})};
  };
  const jwt = (expiry: number) => `h.${btoa(JSON.stringify({exp: expiry / 1000})).replace(/=/g, '')}.s`;

  it('asks the provider once, however many ask it', async () => {
    let calls = 0;
    const {session} = make({provider: async () => `t${(calls += 1)}`});
    assert.deepEqual(await Promise.all([session.get(), session.get(), session.refresh(null, 'refused')]), ['t1', 't1', 't1']);
    assert.equal(await session.refresh('older', 'refused'), 't1', 'there is a newer one already');
    assert.equal(calls, 1);
  });

  it('leaves five seconds between two questions', async () => {
    let calls = 0;
    const {clock, session} = make({provider: () => `t${(calls += 1)}`});
    await session.get();
    await clock.advance(2000);
    const second = session.refresh('t1', 'refused');
    await clock.advance(2999);
    assert.equal(calls, 1);
    await clock.advance(1);
    assert.equal(await second, 't2');
  });

  it('does not wait for hours where the clock was set back', async () => {
    let calls = 0;
    const {clock, session} = make({provider: () => `t${(calls += 1)}`});
    await session.get();
    clock.jump(-3_600_000);
    assert.equal(await session.refresh('t1', 'refused'), 't2');
  });

  it('warns of a token that is no string, as of all that a login answers', (test) => {
    forgetWarnings();
    const warn = test.mock.method(console, 'warn', () => undefined);
    for (const token of [null, undefined as never, 'a token']) make({}).session.setToken(token);
    assert.equal(warn.mock.callCount(), 0);
    make({token: {token: SECRET} as never});
    assert.deepEqual(warn.mock.calls[0]?.arguments, ['[ws-chat] token cannot work: set it to the token alone, a string.']);
  });

  it('gives a provider ten seconds', async () => {
    const {clock, session} = make({provider: () => new Promise<string>(() => undefined)});
    const asked = failure(session.get());
    await clock.advance(10_000);
    assert.equal((await asked).code, 'timeout');
    assert.equal(clock.pending, 0);
  });

  it('reports a provider that throws or answers nonsense as something that may pass, and warns of it once', async (test) => {
    forgetWarnings();
    const warn = test.mock.method(console, 'warn', () => undefined);
    assert.equal(await make({provider: () => undefined as never}).session.get(), null, 'nothing is as good as null');
    for (const provider of [() => Promise.reject(new Error('x')), () => 7 as never, () => '' as never]) {
      const error = await failure(make({provider}).session.get());
      assert.ok(error instanceof ApiError && error.isTransient);
    }
    const throwing = () => {
      throw new Error('x');
    };
    assert.equal((await failure(make({provider: throwing}).session.get())).code, 'network');
    assert.deepEqual(
      warn.mock.calls.map(({arguments: [text]}) => String(text)),
      [
        '[ws-chat] tokenProvider failed, and is asked again: Error: x',
        '[ws-chat] tokenProvider gave number: let it resolve with the token, a string that is not empty, or with null.',
      ],
    );
  });

  it('renews a JWT a minute before it ends', async () => {
    const start = clock0();
    const tokens = [jwt(start + 600_000), jwt(start + 1_200_000)];
    const reasons: string[] = [];
    const {clock, session} = make({provider: ({reason}) => (reasons.push(reason), tokens[reasons.length - 1]!)});
    const heard: (string | null)[] = [];
    session.onChange((token) => heard.push(token));
    await session.get();
    await clock.advance(600_000 - 75_000 - 1);
    assert.deepEqual(reasons, ['initial']);
    await clock.advance(1);
    assert.deepEqual(reasons, ['initial', 'expired']);
    assert.deepEqual(heard, tokens);
    session.dispose();
    assert.equal(clock.pending, 0);
  });

  it('reads the end of a JWT of any characters, in the alphabet that is meant for addresses', async () => {
    const payload = btoa(JSON.stringify({name: '>>>???', exp: (clock0() + 600_000) / 1000}));
    assert.match(payload, /\+.*\//);
    const tokens = [`h.${payload.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.s`, 'new'];
    const {clock, session} = make({provider: () => tokens.shift() ?? null});
    await session.get();
    await clock.advance(600_000 - 60_000);
    assert.equal(session.current, 'new');
  });

  it('renews a JWT that lasts a minute some twice a minute, as one that seems to last so long because the clock here is fast', async () => {
    let calls = 0;
    const {clock, session}: ReturnType<typeof make> = make({
      provider: () => {
        calls += 1;
        return jwt(clock.now() + 60_000);
      },
    });
    await session.get();
    await clock.advance(600_000);
    assert.equal(calls, 18);
    session.dispose();
  });

  it('tries again to renew it where the provider fails or has no other yet, while the token is still good', async () => {
    const start = clock0();
    const first = jwt(start + 600_000);
    const answers = [first, new Error('down'), first, jwt(start + 1_200_000)];
    let calls = 0;
    const {clock, session} = make({
      provider: async () => {
        const answer = answers[calls++];
        if (answer instanceof Error) throw answer;
        return answer ?? null;
      },
    });
    await session.get();
    await clock.advance(600_000 - 1);
    assert.equal(session.current, answers[3]);
    assert.equal(calls, 4);
    session.dispose();
  });

  it('asks for another before it gives out one that has ended', async () => {
    const {clock, session} = make({token: jwt(clock0() + 3_600_000), provider: () => 'new'});
    clock.jump(7_200_000);
    assert.equal(await session.get(), 'new');
  });

  it('goes on with the session cookie where there is no other for one that has ended', async () => {
    const {clock, session} = make({token: jwt(clock0() + 3_600_000), provider: () => null});
    clock.jump(7_200_000);
    assert.equal(await session.get(), null);
    assert.equal(session.current, null);
  });

  it('does not ask again and again for a token that has ended already as it comes, by a clock that is ahead', async () => {
    const tokens = Array.from({length: 3}, (_, i) => jwt(clock0() - 3_600_000 + i));
    let calls = 0;
    const {clock, session} = make({provider: () => tokens[calls++] ?? 'too often'});
    assert.equal(await session.get(), tokens[0]);
    assert.equal(await Promise.race([session.get(), clock.advance(1_000)]), tokens[0]);
    await clock.advance(600_000);
    assert.equal(calls, 1);
    assert.equal(await session.refresh(tokens[0] ?? null, 'refused'), tokens[1], 'the server says when it is over');
  });

  it('takes a token from outside over an answer that is still to come', async () => {
    let answer: (token: string) => void = () => undefined;
    const {clock, session} = make({provider: () => new Promise<string>((resolve) => (answer = resolve))});
    const asked = session.get();
    await clock.advance(0);
    session.setToken('set');
    answer('late');
    assert.equal(await asked, 'set');
    assert.equal(session.current, 'set');
  });

  it('takes the answer to its latest question, though one to a former question comes meanwhile', async () => {
    const answers: ((token: string) => void)[] = [];
    const {clock, session} = make({provider: () => new Promise<string>((resolve) => answers.push(resolve))});
    const first = session.get();
    await clock.advance(0);
    session.setToken('set');
    const second = session.refresh('set', 'refused');
    answers[0]?.('late');
    assert.equal(await first, 'set');
    await clock.advance(5_000);
    answers[1]?.('new');
    assert.equal(await second, 'new');
  });

  it('asks the provider though it is told of no token, as frameworks say null for what is not known yet', async () => {
    const reasons: string[] = [];
    const provider: TokenProvider = ({reason}) => `t${reasons.push(reason)}`;
    const {session} = make({provider});
    session.setToken(null);
    const asked = session.get();
    session.setToken(null);
    assert.equal(await asked, 't1');
    assert.deepEqual(reasons, ['initial']);
    session.setToken(null);
    assert.equal(await session.get(), null, 'as at a logout');
  });

  it('leaves nobody waiting for ever when a token from outside comes between two questions, and is refused, too', async () => {
    let calls = 0;
    const {clock, session} = make({provider: () => `t${(calls += 1)}`});
    await session.get();
    const first = session.refresh('t1', 'refused');
    session.setToken('set');
    const second = session.refresh('set', 'refused');
    await clock.advance(5_000);
    assert.deepEqual(await Promise.all([first, second]), ['t2', 't2']);
    assert.equal(calls, 2);
    const third = session.refresh('t2', 'refused');
    session.setToken('another');
    await clock.advance(5_000);
    assert.equal(await third, 'another');
    assert.equal(calls, 2, 'nobody has refused that one yet');
  });

  it('has no token once it is disposed of, asks for none and takes none', async () => {
    let calls = 0;
    const {clock, session} = make({provider: () => `t${(calls += 1)}`});
    await session.get();
    const heard: (string | null)[] = [];
    session.onChange((token) => heard.push(token));
    const second = session.refresh('t1', 'refused');
    session.dispose();
    assert.equal(clock.pending, 0);
    session.setToken('set');
    assert.deepEqual([session.current, await session.get(), await session.refresh(null, 'refused')], [null, null, null]);
    assert.deepEqual(heard, []);
    assert.equal(calls, 1);
    void second;
  });

  it('has no way to another token without a provider', async () => {
    const {session} = make({token: 'only'});
    assert.equal(await session.refresh('only', 'refused'), null);
    assert.equal(await session.get(), 'only');
    assert.equal(await make({}).session.get(), null);
  });

  it('keeps a JWT that has ended where there is no provider: the server may know better', async () => {
    const token = jwt(clock0() + 60_000);
    const {clock, session} = make({token});
    await clock.advance(120_000);
    assert.deepEqual([session.current, await session.get()], [token, token]);
    assert.equal(clock.pending, 0);
  });

  it('tells nobody of a token that it has already', () => {
    const {session} = make({token: 'same'});
    const heard: (string | null)[] = [];
    session.onChange((token) => heard.push(token));
    for (const token of ['same', 'other', 'other', null, null]) session.setToken(token);
    assert.deepEqual(heard, ['other', null]);
  });

  it('may get another token from a provider, and a session with the cookie, but none for a token that was set', () => {
    assert.equal(make({token: 'set'}).session.mayChange, false);
    assert.equal(make({token: 'set', provider: () => 'next'}).session.mayChange, true);
    assert.equal(make({}).session.mayChange, true);
  });
});

function clock0(): number {
  return new VirtualClock().now();
}
