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
  it('hides by name, whatever the value is', () => {
    assert.deepEqual(redact({Authorization: 'Bearer x', password: 5, token: {at: 1}, channel: 'private-user.1'}), {
      Authorization: '[redacted]',
      password: '[redacted]',
      token: '[redacted]',
      channel: 'private-user.1',
    });
  });

  it('hides by value', () => {
    for (const secret of SECRETS) assert.ok(!JSON.stringify(redact({note: `so: ${secret}`})).includes(secret));
  });

  it('shows that a token is missing', () => {
    assert.deepEqual(redact({token: null, auth: undefined}), {token: null, auth: undefined});
  });

  it('leaves numbers and truth values as they are, and shows anything else as a text', () => {
    const fields = {code: 4001, again: true, size: 1n, error: new TypeError(`no: ${JWT}`), list: [1, SANCTUM]};
    assert.deepEqual(redact(fields), {
      code: 4001,
      again: true,
      size: '1',
      error: 'TypeError: no: [redacted]',
      list: '1,[redacted]',
    });
  });

  it('goes into nothing, however deep or long it is', () => {
    let deep: unknown = SANCTUM;
    for (let i = 0; i < 10_000; i += 1) deep = {deep};
    assert.deepEqual(redact({deep, long: 'x'.repeat(9000)}), {
      deep: '[object Object]',
      long: `${'x'.repeat(1000)}… (9000 characters in all)`,
    });
  });

  it('lets no known secret through, in whatever it is wrapped', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SECRETS), fc.jsonValue({maxDepth: 3}), fc.string(), (secret, around, before) => {
        const value = {
          around: JSON.stringify(around),
          list: [before, `${before} ${secret} after`],
          text: `${before} ${secret} after`,
          signature: secret,
        };
        assert.ok(!JSON.stringify(redact(value)).includes(secret));
      }),
      {numRuns: 1000},
    );
  });
});
