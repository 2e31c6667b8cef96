import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {RestChatApi} from '../../src/api/index.js';
import {ApiError, type ChatErrorCode} from '../../src/model/index.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';
import {deaf, hanging, json, scriptedFetch, text, unreachable, type Answer} from './support/scripted-fetch.js';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijkl';

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await promise.then(
    () => assert.fail('The call succeeded.'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ApiError, String(error));
  return error;
}

function failureOf(answer: Answer, clock = new VirtualClock()): Promise<ApiError> {
  return failure(new RestChatApi({fetch: scriptedFetch(answer).fetch, clock, page: null}).getConversation(7));
}

describe('RestChatApi under faults', () => {
  const statuses: readonly (readonly [number, ChatErrorCode, boolean])[] = [
    [304, 'malformed-answer', true],
    [400, 'invalid', false],
    [401, 'unauthorized', false],
    [403, 'forbidden', false],
    [404, 'not-found', false],
    [405, 'not-found', false],
    [408, 'timeout', true],
    [409, 'invalid', false],
    [410, 'not-found', false],
    [413, 'too-large', false],
    [415, 'invalid', false],
    [419, 'unauthorized', false],
    [422, 'invalid', false],
    [429, 'rate-limited', true],
    [500, 'server', true],
    [502, 'server', true],
    [503, 'server', true],
    [504, 'server', true],
  ];
  for (const [status, code, transient] of statuses) {
    it(`turns ${status} into ${code}, ${transient ? 'worth another try' : 'for good'}, whatever the body is`, async () => {
      for (const body of ['{"message":"No."}', '<html>secret</html>', '', '"x"', 'null', '[]']) {
        const answer = (): Response => new Response(status === 304 ? null : body, {status});
        const error = await failureOf(answer);
        assert.deepEqual([error.code, error.status, error.isTransient], [code, status, transient]);
        assert.match(error.message, new RegExp(`^GET /conversations/7 answered ${status}`));
        assert.ok(!error.message.includes('secret'));
      }
    });
  }

  it('has the browser keep no answer: a 301 or 410 of a portal would be given again for ever', async () => {
    const {fetch, made} = scriptedFetch(json(200, {data: {id: 7}}));
    await new RestChatApi({fetch, page: null}).getConversation(7).catch(() => undefined);
    assert.equal(made[0]?.cache, 'no-store');
  });

  it('reads the message and the errors of Laravel', async () => {
    const body = {
      message: 'The content field is required.',
      errors: {content: ['The content field is required.', 'x'], 'a.0': 'One'},
    };
    const error = await failureOf(json(422, body));
    assert.equal(error.message, 'GET /conversations/7 answered 422: The content field is required.');
    assert.deepEqual({...error.errors}, {content: ['The content field is required.', 'x'], 'a.0': ['One']});
  });

  it('believes nothing about the shape of a refusal', async () => {
    const bodies = [
      {message: 5, errors: 'x'},
      {message: {}, errors: [1]},
      {errors: {content: [1, null, {}]}},
      {errors: {content: null}},
    ];
    for (const body of bodies) {
      const error = await failureOf(json(422, body));
      assert.equal(error.message, 'GET /conversations/7 answered 422.');
      for (const list of Object.values(error.errors)) assert.deepEqual(list, []);
    }
  });

  it('takes no prototype from a refusal', async () => {
    const error = await failureOf(text(422, '{"errors":{"__proto__":["x"],"content":["y"]}}', 'application/json'));
    assert.deepEqual(Object.keys(error.errors), ['__proto__', 'content']);
    assert.equal(Object.getPrototypeOf({}), Object.prototype);
  });

  it('makes one safe line of what the server says', async () => {
    const message = `No.\n\u202EBearer ${JWT}\u0000 ${'x'.repeat(500)}`;
    const error = await failureOf(json(403, {message}));
    assert.match(error.message, /^GET \/conversations\/7 answered 403: No\. Bearer \[redacted\] x+…$/);
    assert.ok(error.message.length < 400);
  });

  it('says nothing of what a 5xx holds, which may be a stack trace', async () => {
    const error = await failureOf(json(500, {message: 'SQLSTATE[42S02]: select * from users', trace: []}));
    assert.equal(error.message, 'GET /conversations/7 answered 500.');
  });

  describe('Retry-After', () => {
    const now = Date.UTC(2026, 0, 1, 12);
    const values: readonly (readonly [string | null, number | null])[] = [
      [null, null],
      ['', null],
      ['7', 7000],
      [' 7 ', 7000],
      ['0', 0],
      ['Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
      ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
      ['99999999999', 86_400_000],
      ['soon', null],
      ['-5x', null],
    ];
    for (const [value, expected] of values) {
      it(`reads ${JSON.stringify(value)} as ${expected} ms`, async () => {
        const headers: Record<string, string> = value === null ? {} : {'Retry-After': value};
        for (const status of [429, 503]) {
          assert.equal((await failureOf(json(status, {}, headers), new VirtualClock({now}))).retryAfter, expected);
        }
      });
    }

    it('takes a date for one of the clock that it comes from, as ours may be set wrong', async () => {
      const headers = {'Retry-After': 'Thu, 01 Jan 2026 12:00:30 GMT', Date: 'Thu, 01 Jan 2026 12:00:00 GMT'};
      for (const wrong of [now - 3_600_000, now + 3_600_000]) {
        assert.equal((await failureOf(json(503, {}, headers), new VirtualClock({now: wrong}))).retryAfter, 30_000);
      }
    });
  });

  describe('answers that are not JSON', () => {
    it('says that a page came in place of JSON, and quotes nothing of it', async () => {
      const error = await failureOf(text(200, '<!DOCTYPE html><title>Login</title>secret'));
      assert.deepEqual([error.code, error.status], ['malformed-answer', 200]);
      assert.match(error.message, /not JSON.*HTML/);
      assert.ok(!error.message.includes('secret') && error.cause === undefined);
    });

    for (const body of ['{"data":', 'secret', '\u0000', '[1,2', '{"data":{}}x']) {
      it(`rejects ${JSON.stringify(body)}`, async () => {
        const error = await failureOf(text(200, body, 'application/json'));
        assert.equal(error.code, 'malformed-answer');
        assert.ok(!error.message.includes('secret'));
      });
    }

    it('does not take a login page for the answer to a call without one', async () => {
      const {fetch} = scriptedFetch(text(200, '<html>'));
      const error = await failure(new RestChatApi({fetch, page: null}).markRead(7, [1]));
      assert.equal(error.code, 'malformed-answer');
    });

    it('rejects with an ApiError for any body at all', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({unit: 'binary'}), fc.constantFrom(200, 201, 404, 422, 500), async (body, status) => {
          const error = await failureOf(text(status, body, 'application/json'));
          assert.ok(error.message.length < 1000);
        }),
        {numRuns: 500},
      );
    });
  });

  describe('size', () => {
    for (const [what, headers] of [
      ['an endless answer', {}],
      ['an answer that announces more than 32 MB', {'Content-Length': String(48 * 1024 * 1024)}],
    ] as const) {
      it(`stops reading ${what}, and does not let the rest come`, async () => {
        let pulled = 0;
        const cancelled: boolean[] = [];
        const body = new ReadableStream({
          pull: (controller) => {
            pulled += 1;
            controller.enqueue(new Uint8Array(4 * 1024 * 1024).fill(32));
          },
          cancel: () => {
            cancelled.push(true);
          },
        });
        const error = await failureOf(() => new Response(body, {headers}));
        assert.deepEqual(
          [error.code, error.message],
          ['malformed-answer', 'GET /conversations/7 answered with more than 32 MB.'],
        );
        assert.ok(cancelled.length === 1 && pulled < 16, `pulled ${pulled}`);
      });
    }

    it('puts characters together that were cut between two parts', async () => {
      const bytes = new TextEncoder().encode(JSON.stringify({data: {id: 1, title: 'Žluťoučký 👍'}}));
      const body = new ReadableStream({
        start: (controller) => {
          for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
          controller.close();
        },
      });
      const {fetch} = scriptedFetch(() => new Response(body));
      assert.equal((await new RestChatApi({fetch, page: null}).getConversation(1)).title, 'Žluťoučký 👍');
    });
  });

  describe('time', () => {
    it('calls it a network failure when fetch rejects', async () => {
      const error = await failureOf(unreachable());
      assert.deepEqual([error.code, error.status, error.isTransient], ['network', null, true]);
      assert.ok(error.cause instanceof TypeError);
    });

    for (const [what, answer] of [
      ['an answer that never comes', hanging()],
      ['a fetch that does not listen to its signal', deaf()],
      ['a body that never ends', () => new Response(new ReadableStream({start: (it) => it.enqueue(new Uint8Array([123]))}))],
    ] as const) {
      it(`gives up ${what} after 15 s`, async () => {
        const clock = new VirtualClock();
        const {fetch, made} = scriptedFetch(answer);
        const waiting = failure(new RestChatApi({fetch, clock, page: null}).getConversation(7));
        let settled = false;
        void waiting.then(() => (settled = true));
        await clock.advance(14_999);
        assert.equal(settled, false);
        await clock.advance(1);
        const error = await waiting;
        assert.deepEqual([error.code, error.status, error.isTransient], ['timeout', null, true]);
        assert.equal(error.message, 'GET /conversations/7 got no answer within 15 s.');
        assert.equal(made[0]?.signal.aborted, true);
        assert.equal(clock.pending, 0);
      });
    }

    it('gives up after the time that the page has set, with a time of its own for an upload', async () => {
      const clock = new VirtualClock();
      const {fetch} = scriptedFetch(hanging(), hanging());
      const api = new RestChatApi({fetch, clock, page: null, timeout: 1000, uploadTimeout: 2000});
      const waiting = [api.sendTyping(7), api.uploadAttachment(new File([], 'x'))].map(failure);
      await clock.advance(1000);
      assert.equal(clock.pending, 1);
      await clock.advance(1000);
      assert.deepEqual(
        (await Promise.all(waiting)).map(({message}) => message),
        ['POST /conversations/7/typing got no answer within 1 s.', 'POST /attachments got no answer within 2 s.'],
      );
    });

    it('gives an upload more time', async () => {
      const clock = new VirtualClock();
      const {fetch} = scriptedFetch(hanging());
      const waiting = failure(new RestChatApi({fetch, clock, page: null}).uploadAttachment(new File([], 'x')));
      await clock.advance(119_999);
      assert.equal(clock.pending, 1);
      await clock.advance(1);
      assert.equal((await waiting).code, 'timeout');
    });

    it('sets no timer that outlives the answer', async () => {
      const clock = new VirtualClock();
      await failureOf(json(404, {}), clock);
      await failureOf(unreachable(), clock);
      assert.equal(clock.pending, 0);
    });

    it('is aborted by its caller, whatever is called', async () => {
      const {fetch, made} = scriptedFetch();
      const api = new RestChatApi({fetch, page: null});
      const options = {signal: AbortSignal.abort()};
      const calls: readonly Promise<unknown>[] = [
        api.listConversations(options),
        api.listMessages(7, options),
        api.listChanges(7, {since: 1, ...options}),
        api.sendMessage(7, {content: 'x', tempId: 't', ...options}),
        api.editMessage(101, 'x', options),
        api.deleteMessage(101, options),
        api.addReaction(101, '👍', options),
        api.removeReaction(101, '👍', options),
        api.markRead(7, [101], options),
        api.sendTyping(7, options),
        api.uploadAttachment(new File([], 'x'), options),
      ];
      for (const {code} of await Promise.all(calls.map(failure))) assert.equal(code, 'aborted');
      assert.equal(made.length, 0);
    });

    it('is aborted by its caller, before and while it runs', async () => {
      const clock = new VirtualClock();
      const {fetch, made} = scriptedFetch(hanging());
      const api = new RestChatApi({fetch, clock, page: null});
      const before = await failure(api.getConversation(7, {signal: AbortSignal.abort()}));
      assert.deepEqual([before.code, before.isTransient, made.length], ['aborted', false, 0]);

      const controller = new AbortController();
      const waiting = failure(api.getConversation(7, {signal: controller.signal}));
      await clock.advance(100);
      controller.abort();
      assert.equal((await waiting).code, 'aborted');
      assert.deepEqual([made[0]?.signal.aborted, clock.pending], [true, 0]);
    });
  });

  it('does all of it over a real socket too', async (test) => {
    const server = createServer((request, response) => {
      if (request.url === '/conversations/1') response.end('{"data":{"id":1}}');
      else if (request.url === '/conversations/2') response.socket?.destroy();
      else if (request.url === '/conversations/3') response.writeHead(200, {'Content-Length': '50'}).write('{"data"');
      else response.writeHead(200).write('{');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    test.after(() => {
      server.closeAllConnections();
      server.close();
    });
    const clock = new VirtualClock();
    const api = new RestChatApi({apiBase: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, clock});

    assert.equal((await api.getConversation(1)).id, 1);
    assert.equal((await failure(api.getConversation(2))).code, 'network');
    const controller = new AbortController();
    server.once('request', () => setImmediate(() => controller.abort()));
    assert.equal((await failure(api.getConversation(3, {signal: controller.signal}))).code, 'aborted');
    server.closeAllConnections();
    server.close();
    assert.equal((await failure(api.getConversation(1))).code, 'network');
    assert.equal((await failure(new RestChatApi({apiBase: '/api', clock}).getConversation(1))).code, 'network');
  });
});
