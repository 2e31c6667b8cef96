import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {isSecretKey, redact, redactText} from '../../src/logging/index.js';

const HEX = 'a3f1'.repeat(16);
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.s3cr3t-s1gn4tur3';
const SANCTUM = `12|${'aB3x'.repeat(10)}`;
const SECRETS = [HEX, JWT, SANCTUM];

describe('redactText', () => {
  const texts: readonly (readonly [string, string])[] = [
    [`Authorization: Bearer ${JWT}`, JWT],
    ['authorization=bearer abc123', 'abc123'],
    ['Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
    [`auth demo-key:${HEX}`, HEX],
    [`token is ${SANCTUM}.`, SANCTUM],
    [`got ${JWT}`, JWT],
    ['wss://x/app?auth_signature=deadbeef&v=1', 'deadbeef'],
    ['https://x/?token=abc&v=1', 'abc'],
    ['{"token":"abc.def","id":1}', 'abc.def'],
    ['{\\"password\\":\\"hunter2\\"}', 'hunter2'],
    ['XSRF-TOKEN=eyJpdiI6; path=/', 'eyJpdiI6'],
  ];
  for (const [text, secret] of texts) {
    it(`hides the secret in ${text.slice(0, 45)}`, () => {
      assert.ok(text.includes(secret));
      assert.ok(!redactText(text).includes(secret), redactText(text));
    });
  }

  it('leaves ordinary words alone', () => {
    for (const text of [
      'POST /broadcasting/auth answered 403',
      'channel private-user.45, temp id 7f6f2c1a-1b2c-4d5e-8f90-123456789abc',
      'the author wrote 12|3',
      'https://a.example/x?cursor=abc&limit=50',
      'socket 1234.5678, code 4001',
    ]) {
      assert.equal(redactText(text), text);
    }
  });

  it('says how long a text was that it cut', () => {
    const text = redactText('x'.repeat(9000));
    assert.match(text, /^x{1000}… \(9000 characters in all\)$/);
  });

  it('shows no half of a secret at the place where it cuts', () => {
    for (const secret of SECRETS) {
      for (let before = 900; before <= 1010; before += 1) {
        const text = redactText(`${'x '.repeat(before / 2)}k:${secret}`);
        assert.ok(!text.includes(secret.slice(0, 20)), `${before}: ${text.slice(-80)}`);
      }
    }
  });
});

describe('isSecretKey', () => {
  for (const key of [
    'token',
    'userToken',
    'access_token',
    'X-XSRF-TOKEN',
    'password',
    'Authorization',
    'auth',
    'client_secret',
    'auth_signature',
    'Cookie',
    'set-cookie',
    'apiKey',
    'api_key',
    'sharedSecret',
  ]) {
    it(`knows ${key}`, () => assert.equal(isSecretKey(key), true));
  }
  for (const key of [
    'tempId',
    'author',
    'authEndpoint',
    'tokenProvider',
    'channel',
    'content',
    'isAuthenticated',
    'appKey',
    'key',
  ]) {
    it(`lets ${key} through`, () => assert.equal(isSecretKey(key), false));
  }
});

describe('redact', () => {
  it('hides by name, at any depth', () => {
    const copy = redact({a: [{headers: new Map([['Authorization', 'Bearer x']])}], password: 5, channel: 'private-user.1'});
    assert.deepEqual(JSON.parse(JSON.stringify(copy)), {
      a: [{headers: {Authorization: '[redacted]'}}],
      password: '[redacted]',
      channel: 'private-user.1',
    });
  });

  it('hides by value, wherever it stands', () => {
    const copy = JSON.stringify(redact({note: [SANCTUM, new Set([JWT])], [`k:${HEX}`]: 1, error: new Error(`no: ${JWT}`)}));
    for (const secret of SECRETS) assert.ok(!copy.includes(secret));
  });

  it('shows that a token is missing', () => {
    assert.deepEqual({...(redact({token: null, auth: undefined}) as object)}, {token: null, auth: undefined});
  });

  it('shows an error by name, message, code and cause, without its stack', () => {
    const error = Object.assign(new TypeError('no', {cause: new Error('why')}), {code: 'ENOENT'});
    assert.deepEqual(redact(error), {name: 'TypeError', message: 'no', code: 'ENOENT', cause: {name: 'Error', message: 'why'}});
  });

  it('survives cycles, and shows what stands twice side by side', () => {
    const shared = {x: 1};
    const loop: Record<string, unknown> = {one: shared, two: shared};
    loop['self'] = loop;
    const copy = JSON.parse(JSON.stringify(redact(loop))) as unknown;
    assert.deepEqual(copy, {one: {x: 1}, two: {x: 1}, self: '[circular]'});
  });

  it('is bounded in depth, in breadth and in all', () => {
    let deep: unknown = 'end';
    for (let i = 0; i < 10_000; i += 1) deep = {deep};
    assert.ok(JSON.stringify(redact(deep)).length < 200);
    assert.equal((redact(Array.from({length: 10_000}, () => 1)) as unknown[]).length, 51);
    const wide = Object.fromEntries(
      Array.from({length: 50}, (_, i) => [`k${i}`, Array.from({length: 50}, () => Array.from({length: 50}, () => ({a: 1})))]),
    );
    assert.ok(JSON.stringify(redact(wide)).length < 100_000);
  });

  it('never throws and runs nothing of the value', () => {
    const trap = new Proxy({}, {ownKeys: () => assert.fail('trap')});
    const getter = {
      get x(): never {
        throw new Error('getter');
      },
      toJSON: () => assert.fail('toJSON'),
    };
    assert.equal(redact(trap), '[unreadable]');
    assert.equal(redact(getter), '[unreadable]');
    assert.deepEqual(redact([1n, Symbol('s'), () => 1, new Uint8Array(3), new Date(Number.NaN), new Date(0)]), [
      '1',
      'Symbol(s)',
      '[function]',
      '[3 bytes]',
      'Invalid Date',
      '1970-01-01T00:00:00.000Z',
    ]);
  });

  it('lets no known secret through, in whatever it is wrapped', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SECRETS), fc.jsonValue({maxDepth: 3}), fc.string(), (secret, around, before) => {
        const value = {around, list: [before, {text: `${before} ${secret} after`}, `k:${secret}`]};
        assert.ok(!JSON.stringify(redact(value)).includes(secret));
      }),
      {numRuns: 1000},
    );
  });
});
