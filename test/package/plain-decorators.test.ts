import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {callPlainly} from '../tools/plain-decorators.mjs';

describe('the decorators in dist/ws-chat.js', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['are called with class and name', '__decorate([a({b: c})], D.prototype, "e", void 0);', 'a({b: c})(D.prototype, "e");'],
    ['may be those of an accessor', '__decorate([a()], D.prototype, "e", null);', 'a()(D.prototype, "e");'],
    ['may be of a second helper', '__decorate$1([a()], D.prototype, "e", null);', 'a()(D.prototype, "e");'],
    ['leave other calls alone', 'decorate([a()], D.prototype, "e", null);', 'decorate([a()], D.prototype, "e", null);'],
  ];
  for (const [name, code, expected] of cases) it(name, () => assert.equal(callPlainly(code).toString(), expected));

  for (const [name, code] of [
    ['two of one member', '__decorate([a(), b()], D.prototype, "e", void 0);'],
    ['one of a class', 'D = __decorate([a()], D);'],
  ] as const) {
    it(`refuse ${name}`, () => assert.throws(() => callPlainly(code), /Not the decorator of one member/));
  }
});
