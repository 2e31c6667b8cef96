import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {runInNewContext} from 'node:vm';
import {pack} from '../tools/pack-chunk.mjs';

/** A script as the bundler writes it, of modules in the order of their names here. */
function script(modules: Readonly<Record<string, string>>): string {
  const code = Object.entries(modules).map(([file, text]) => `// ${file}\n${text}\n`);
  return `"use strict";\nvar X = (function(exports) {\n\n${code.join('\n')}\nreturn exports;\n})({});`;
}

function run(code: string): unknown {
  return runInNewContext(`${code}\nX;`);
}

describe('the order of statements in dist/ws-chat.js', () => {
  it('puts styles side by side, before the elements between which they lay', () => {
    const packed = pack(
      script({
        'src/elements/a.styles.ts': 'var a = "a";',
        'src/elements/a.ts': 'function showA() { return a; }',
        'src/elements/b.styles.ts': 'var b = "b";',
      }),
    ).toString();
    assert.ok(packed.indexOf('var b') < packed.indexOf('function showA'));
  });

  const cases: readonly (readonly [string, Readonly<Record<string, string>>, unknown])[] = [
    [
      'leaves a class behind the one it extends',
      {'src/model/a.ts': 'var A = class { a = 1; };', 'src/elements/b.ts': 'var B = class extends A {}; exports.a = new B().a;'},
      1,
    ],
    [
      'leaves a value behind what is read to make it',
      {'src/model/a.ts': 'const a = 2;', 'src/elements/b.ts': 'const b = [a]; exports.a = b[0];'},
      2,
    ],
    [
      'leaves a call behind what the called function reads, however deep',
      {
        'src/model/a.ts': 'const a = 3;',
        'src/model/f.ts': 'class F { static of() { return new F().g(); } g() { return a; } }',
        'src/elements/b.ts': 'const b = F.of(); exports.a = b;',
      },
      3,
    ],
    [
      'leaves a static block behind what it calls',
      {
        'src/model/a.ts': 'let a = 4; const read = () => a;',
        'src/elements/b.ts': 'class B { static { this.a = read(); } } exports.a = B.a;',
      },
      4,
    ],
    [
      'leaves a function that is called on the spot behind what it reads',
      {'src/model/a.ts': 'const a = 5;', 'src/elements/b.ts': 'const b = (() => a)(); exports.a = b;'},
      5,
    ],
    [
      'leaves effects in their order, behind all the rest',
      {
        'src/elements/a.ts': 'exports.a = 0; class E { a() { return six; } }',
        'src/styles/b.ts': 'exports.a += 6;',
        'src/model/c.ts': 'const six = 1; exports.a *= new E().a();',
      },
      6,
    ],
    [
      'leaves a decorator behind its class',
      {
        'src/model/a.ts': 'function __decorate(change, target) { change(target); } const seven = (one) => { one.a = 7; };',
        'src/elements/b.ts': 'class B {} __decorate(seven, B.prototype); exports.a = new B().a;',
      },
      7,
    ],
    [
      'leaves what decorates behind what a library does to its own class',
      {
        'node_modules/lit/a.js': 'class A {} A.eight = 8;',
        'src/model/b.ts': 'function __decorate(change, target) { change(target); } const read = (one) => { one.a = A.eight; };',
        'src/elements/b.ts': 'class B extends A {} __decorate(read, B.prototype); exports.a = new B().a;',
      },
      8,
    ],
  ];
  for (const [name, modules, expected] of cases) {
    it(name, () => assert.equal((run(pack(script(modules)).toString()) as {a: unknown}).a, expected));
  }

  it('refuses a script of another shape', () => assert.throws(() => pack('const x = 1;'), /not one function/));
});
