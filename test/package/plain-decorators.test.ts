import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {callPlainly} from '../tools/plain-decorators.mjs';
import {dist, modules} from './package-info.js';

describe('the decorators in dist/', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['are called with class and name', '__decorate([a({b: c})], D.prototype, "e", void 0);', 'a({b: c})(D.prototype, "e");'],
    ['may be those of an accessor', '__decorate([a()], D.prototype, "e", null);', 'a()(D.prototype, "e");'],
    ['may be of a second helper', '__decorate$1([a()], D.prototype, "e", null);', 'a()(D.prototype, "e");'],
    ['leave other calls alone', 'decorate([a()], D.prototype, "e", null);', 'decorate([a()], D.prototype, "e", null);'],
  ];
  for (const [name, code, expected] of cases) it(name, () => assert.equal(callPlainly(code).toString(), expected));

  it('leave nothing behind of the helper in a module, whose `this` bundlers warn of', () => {
    const helper = 'var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {};\n';
    assert.equal(
      callPlainly(`${helper}import {a} from './a.js';\n__decorate([a()], D.prototype, "e", void 0);`).toString(),
      'import {a} from \'./a.js\';\na()(D.prototype, "e");',
    );
  });

  it('are called so in every file', () => {
    const files = [...modules(), 'ws-chat.js'];
    assert.ok(files.includes('elements/chat-message.js'));
    assert.deepEqual(
      files.filter((file) => /\b__decorate\b/u.test(readFileSync(join(dist, file), 'utf8'))),
      [],
    );
  });

  for (const [name, code] of [
    ['two of one member', '__decorate([a(), b()], D.prototype, "e", void 0);'],
    ['one of a class', 'D = __decorate([a()], D);'],
  ] as const) {
    it(`refuse ${name}`, () => assert.throws(() => callPlainly(code), /Not the decorator of one member/));
  }
});
