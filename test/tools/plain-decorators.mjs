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

/** @param {string} code */
export function callPlainly(code) {
  const plain = new MagicString(code);
  new Visitor({
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
  }).visit(parseSync('script.js', code, {sourceType: 'script'}).program);
  return plain;
}
