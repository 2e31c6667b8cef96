/**
 * Lays what is alike side by side in the script: gzip finds a repetition only within the last 32 kB, and a bundler puts modules in the order
 * in which they are imported, styles between elements and elements between models.
 */
import MagicString from 'magic-string';
import {parseSync, Visitor} from 'vite';

/** Modules that belong together, in the order that was measured to be the smallest. What none of them names comes last. */
const GROUPS = [
  /\.styles\.ts$|\/src\/styles\//,
  /\/node_modules\/(?:@lit|lit)/,
  /\/src\/i18n\//,
  /\/src\/define\//,
  /\/src\/context\//,
  /\/src\/elements\//,
  /\/src\/behaviors\//,
  /\/src\/logging\//,
  /\/src\/model\//,
  /\/src\/store\//,
  /\/src\/client\//,
  /\/src\/api\//,
  /\/src\/connection\//,
  /\/src\/events\//,
];

const MODULE = /^\/\/ (\S+\.[jt]s)$/gm;

/**
 * A statement of the script's outermost function.
 * @typedef {object} Piece
 * @property {number} start
 * @property {number} end
 * @property {number} group Its place among the groups.
 * @property {boolean} isLast Whether it is of ours and has an effect, and so stays behind everything that has none.
 * @property {Set<string>} names What it declares.
 * @property {Set<string>} now What it reads when it runs.
 * @property {Set<string>} calls What it calls when it runs.
 * @property {Set<string>} later What its functions read when they are called.
 */

/** @returns {import('vite').Plugin} */
export function packChunk() {
  return {
    name: 'pack-chunk',
    renderChunk(code, _chunk, {format}) {
      if (format !== 'iife') return null;
      const packed = pack(code);
      return {code: packed.toString(), map: packed.generateMap({hires: true})};
    },
  };
}

/**
 * The script with its statements in another order: group by group, each after all that it needs when it runs.
 * @param {string} code As the bundler wrote it, with a comment that names the module before each.
 */
export function pack(code) {
  const {program} = parseSync('script.js', code, {sourceType: 'script'});
  const modules = [...code.matchAll(MODULE)].map(({index, 1: file}) => ({index, file: `/${file}`}));
  /** @param {number} position */
  const fileAt = (position) => modules.findLast(({index}) => index < position)?.file ?? '';
  const statements = bodyOf(program).filter(({start, type}) => start > (modules[0]?.index ?? 0) && type !== 'ReturnStatement');
  const pieces = statements.map((statement) => createPiece(statement, fileAt(statement.start)));
  readNames(program, pieces);
  const packed = new MagicString(code);
  const end = (pieces.at(-1)?.end ?? 0) + 1;
  for (const {start, end: stop} of inOrder(pieces)) {
    packed.appendRight(start, '\n');
    packed.move(start, stop, end);
  }
  return packed;
}

/**
 * The statements of `var X = (function (exports) { … })({})`.
 * @param {import('vite').ESTree.Program} program
 * @returns {readonly (import('vite').ESTree.Statement | import('vite').ESTree.Directive)[]}
 */
function bodyOf(program) {
  const script = program.body.find(({type}) => type === 'VariableDeclaration');
  const call = script?.type === 'VariableDeclaration' ? bare(script.declarations[0]?.init) : null;
  const callee = call?.type === 'CallExpression' ? bare(call.callee) : null;
  if (callee?.type !== 'FunctionExpression' || !callee.body) throw new Error('The script is not one function that is called.');
  return callee.body.body;
}

/** @param {import('vite').ESTree.Expression | null | undefined} expression */
function bare(expression) {
  return expression?.type === 'ParenthesizedExpression' ? expression.expression : expression;
}

/**
 * @param {import('vite').ESTree.Statement | import('vite').ESTree.Directive} statement
 * @param {string} file
 * @returns {Piece}
 */
function createPiece({start, end, ...statement}, file) {
  const found = GROUPS.findIndex((members) => members.test(file));
  const group = found < 0 ? GROUPS.length : found;
  const call = statement.type === 'ExpressionStatement' ? statement.expression : null;
  // A decorator calls nothing of the class that it is given.
  const decorates =
    call?.type === 'CallExpression' && call.callee.type === 'Identifier' && call.callee.name.startsWith('__decorate');
  // What a library does to its own classes belongs to them, and is done before anything of ours is made of them.
  const isOwn = !file.includes('/node_modules/');
  const isLast = statement.type === 'ExpressionStatement' && !decorates && isOwn;
  return {start, end, group, isLast, names: new Set(), now: new Set(), calls: new Set(), later: new Set()};
}

/**
 * Finds what each piece declares, reads and calls. A name inside a function that means something else there is counted too: the order is
 * then stricter than it has to be.
 * @param {import('vite').ESTree.Program} program
 * @param {readonly Piece[]} pieces
 */
function readNames(program, pieces) {
  let next = 0;
  let depth = 0;
  /** @type {Piece | undefined} */
  let piece;
  /** Positions of names that are none of a variable, and of functions that are called on the spot. @type {Set<number>} */
  const members = new Set();
  /** @type {Set<number>} */
  const calledAtOnce = new Set();

  /** @param {{start: number}} node */
  const enter = ({start}) => {
    while (start >= (pieces[next]?.start ?? Infinity)) piece = pieces[next++];
  };
  /** @param {{start: number}} node */
  const enterFunction = (node) => {
    enter(node);
    if (!calledAtOnce.has(node.start)) depth += 1;
  };
  /** @param {{start: number}} node */
  const leaveFunction = ({start}) => {
    if (!calledAtOnce.has(start)) depth -= 1;
  };
  /** @param {import('vite').ESTree.Expression} callee */
  const call = (callee) => {
    const called = bare(callee) ?? callee;
    if (/Function/.test(called.type)) calledAtOnce.add(called.start);
    let base = called;
    while (base.type === 'MemberExpression') base = base.object;
    if (depth === 0 && base.type === 'Identifier') piece?.calls.add(base.name);
  };

  new Visitor({
    VariableDeclarator(node) {
      enter(node);
      if (depth === 0) for (const name of boundNames(node.id)) piece?.names.add(name);
    },
    FunctionDeclaration(node) {
      enter(node);
      if (depth === 0 && node.id) piece?.names.add(node.id.name);
      enterFunction(node);
    },
    ClassDeclaration(node) {
      enter(node);
      if (depth === 0 && node.id) piece?.names.add(node.id.name);
    },
    'FunctionDeclaration:exit': leaveFunction,
    FunctionExpression: enterFunction,
    'FunctionExpression:exit': leaveFunction,
    ArrowFunctionExpression: enterFunction,
    'ArrowFunctionExpression:exit': leaveFunction,
    CallExpression(node) {
      enter(node);
      call(node.callee);
    },
    NewExpression(node) {
      enter(node);
      call(node.callee);
    },
    TaggedTemplateExpression(node) {
      enter(node);
      call(node.tag);
    },
    MemberExpression(node) {
      enter(node);
      if (!node.computed) members.add(node.property.start);
    },
    Identifier(node) {
      enter(node);
      if (!members.has(node.start)) (depth === 0 ? piece?.now : piece?.later)?.add(node.name);
    },
  }).visit(program);
}

/**
 * @param {import('vite').ESTree.BindingPattern} pattern
 * @returns {string[]}
 */
function boundNames(pattern) {
  if (pattern.type === 'Identifier') return [pattern.name];
  if (pattern.type !== 'ObjectPattern') throw new Error(`The script declares variables by a ${pattern.type}.`);
  return pattern.properties.flatMap((property) =>
    boundNames(property.type === 'RestElement' ? property.argument : property.value),
  );
}

/** @param {readonly Piece[]} pieces */
function inOrder(pieces) {
  const owners = new Map(pieces.flatMap((piece) => [...piece.names].map((name) => /** @type {const} */ ([name, piece]))));
  /** @type {Set<Piece>} */
  const begun = new Set();
  /** @type {Piece[]} */
  const placed = [];
  /** @param {Piece} piece */
  const place = (piece) => {
    if (begun.has(piece)) return;
    begun.add(piece);
    for (const need of needsOf(piece, owners)) place(need);
    placed.push(piece);
  };
  const inGroups = pieces.filter(({isLast}) => !isLast).sort((a, b) => a.group - b.group || a.start - b.start);
  for (const piece of [...inGroups, ...pieces]) place(piece);
  return placed;
}

/**
 * What must have run before a piece: what it reads when it runs, and all that can be reached through what it calls then.
 * @param {Piece} piece
 * @param {ReadonlyMap<string, Piece>} owners
 */
function needsOf(piece, owners) {
  /** @type {Set<Piece>} */
  const reached = new Set();
  /** @param {string} name */
  const reach = (name) => {
    const owner = owners.get(name);
    if (!owner || reached.has(owner)) return;
    reached.add(owner);
    for (const next of [...owner.now, ...owner.later]) reach(next);
  };
  for (const name of piece.calls) reach(name);
  for (const name of piece.now) {
    const owner = owners.get(name);
    if (owner) reached.add(owner);
  }
  return [...reached].sort((a, b) => a.start - b.start);
}
