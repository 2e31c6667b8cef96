import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import MagicString from 'magic-string';
import {parseSync, Visitor} from 'vite';

/**
 * Calls each decorator of the script by itself, and not through the helper of TypeScript, which serves what none of ours does: several
 * decorators of one member, of a class, and those that give back another member.
 * @returns {import('vite').Plugin}
 */
export function plainDecorators() {
  return {
    name: 'plain-decorators',
    renderChunk(code, _chunk, {format}) {
      if (format !== 'iife') return null;
      const plain = callPlainly(code);
      return {code: plain.toString(), map: plain.generateMap({hires: true})};
    },
  };
}

/**
 * The same for what tsc has written, where the helper asks for a `this` that a module does not have: bundlers warn of it, in every file.
 * @param {string} dist
 */
export function plainDecoratorsIn(dist) {
  for (const name of readdirSync(dist, {recursive: true, encoding: 'utf8'})) {
    if (!name.endsWith('.js')) continue;
    const file = join(dist, name);
    const code = readFileSync(file, 'utf8');
    if (code.includes('__decorate')) writeFileSync(file, callPlainly(code).toString());
  }
}

/** @param {string} code */
export function callPlainly(code) {
  const plain = new MagicString(code);
  new Visitor({
    VariableDeclaration({declarations: [first], start, end}) {
      // With the line that it ends.
      if (first?.id.type === 'Identifier' && first.id.name === '__decorate') plain.remove(start, code.indexOf('\n', end) + 1);
    },
    CallExpression({callee, arguments: [decorators, target, name, ...rest], start, end}) {
      if (callee.type !== 'Identifier' || !/^__decorate(\$\d+)?$/.test(callee.name)) return;
      const [decorator, ...others] = decorators?.type === 'ArrayExpression' ? decorators.elements : [];
      if (!decorator || others.length > 0 || !target || !name || rest.length !== 1) {
        throw new Error(`Not the decorator of one member: ${code.slice(start, end)}`);
      }
      plain.overwrite(start, decorator.start, '');
      plain.overwrite(decorator.end, target.start, '(');
      plain.overwrite(name.end, end, ')');
    },
  }).visit(parseSync('script.js', code, {sourceType: 'module'}).program);
  return plain;
}
