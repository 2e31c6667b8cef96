import js from '@eslint/js';
import {defineConfig} from 'eslint/config';
import {createTypeScriptImportResolver} from 'eslint-import-resolver-typescript';
import {importX} from 'eslint-plugin-import-x';
import {configs as lit} from 'eslint-plugin-lit';
import tseslint from 'typescript-eslint';
import {noBareWords} from './test/tools/no-bare-words.mjs';

/** Which rooms of `src/` each room may import. What is not listed is closed. */
const ROOMS = {
  model: [],
  logging: [],
  events: ['model'],
  connection: ['model', 'events', 'logging'],
  api: ['model', 'logging'],
  store: ['model', 'events'],
  client: ['model', 'logging', 'events', 'connection', 'api', 'store'],
  context: ['model', 'store', 'client'],
  behaviors: ['model'],
  i18n: ['model'],
  styles: ['model'],
  elements: ['model', 'context', 'behaviors', 'i18n', 'styles'],
  define: ['elements'],
};

/** Rooms that take what they need, but never each other. */
const APART = ['testing', 'cli', 'react'];

const ROOMS_WITH_LIT = ['context', 'behaviors', 'i18n', 'styles', 'elements', 'react'];
const TIMED_ROOMS = ['connection', 'store', 'client', 'api', 'events'];
const ALL_ROOMS = [...Object.keys(ROOMS), ...APART];

const WIRE = 'src/connection/pusher-client.ts';
const CLIENT_PROVIDER = 'src/context/client-provider.ts';
/** A list without a connection has nothing but the store's message log. */
const LOCAL_MESSAGES = 'src/context/host-messages.ts';

/** Everything in `src/` that the room must not import: the other rooms, and the doors. */
function zoneOf(room) {
  const open = APART.includes(room) ? Object.keys(ROOMS) : ROOMS[room];
  const closed = ALL_ROOMS.filter((other) => other !== room && !open.includes(other));
  return {
    target: `./src/${room}`,
    from: closed.map((other) => `./src/${other}`),
    message: `src/${room}/ may import ${open.length > 0 ? open.join(', ') : 'no other room'}.`,
  };
}

/** Rooms do not go out through a door to come in again by a window. The wrappers and the helpers wrap what the doors hold. */
const doorZones = ALL_ROOMS.filter((room) => !APART.includes(room)).map((room) => ({
  target: `./src/${room}`,
  from: ['index', 'core', 'classes', 'embed', 'testing', 'react'].map((door) => `./src/${door}.ts`),
  message: 'A door re-exports the rooms; no room imports a door.',
}));

const HTML_DIRECTIVES = {
  group: ['lit/directives/unsafe-html.js', 'lit/directives/unsafe-svg.js', 'lit/directives/unsafe-mathml.js'],
  message: 'Text is never HTML.',
};
const LIT = {group: ['lit', 'lit/*', '@lit/*', 'lit-html', 'lit-element'], message: 'Only what is shown knows Lit.'};
const PUSHER = {group: ['pusher-js', 'pusher-js/*'], message: `Only ${WIRE} knows pusher-js.`};
const CLIENT_AT_RUN_TIME = {
  group: ['**/client/*'],
  allowTypeImports: true,
  message: `Elements meet a client, they do not make one: only ${CLIENT_PROVIDER} imports it at run time.`,
};
const STORE_AT_RUN_TIME = {
  group: ['**/store/*'],
  allowTypeImports: true,
  message: `The store belongs to the client: only ${LOCAL_MESSAGES} imports it at run time.`,
};

/** Each block replaces the one before it, so every file gets its whole list in one. */
function restrictImports(files, patterns, ignores = []) {
  return {files, ignores, rules: {'@typescript-eslint/no-restricted-imports': ['error', {patterns}]}};
}

const GLOBAL_OBJECTS = '/^(window|globalThis|self)$/';
const TIMERS = ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'];

const NO_HTML = [
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML)$/]',
    message: 'Text is never HTML.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(insertAdjacentHTML|createContextualFragment|setHTMLUnsafe|parseHTMLUnsafe|parseFromString)$/]',
    message: 'Text is never HTML.',
  },
  {
    selector: 'CallExpression[callee.object.name="document"][callee.property.name=/^write(ln)?$/]',
    message: 'Text is never HTML.',
  },
  {
    selector: 'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\sstyle\\s*=/]',
    message: 'A strict content security policy refuses style attributes; use styleMap, a class or a custom property.',
  },
];

const NO_BARE_TIME = [
  {
    selector: `MemberExpression[object.name=${GLOBAL_OBJECTS}][property.name=/^(${TIMERS.join('|')})$/]`,
    message: 'Time is injected: use the Clock.',
  },
  {selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Time is injected: use the Clock.'},
];

const strict = {
  files: ['**/*.ts', '**/*.tsx'],
  extends: [js.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
  plugins: {'import-x': importX},
  languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
  settings: {
    'import-x/resolver-next': [createTypeScriptImportResolver({project: 'tsconfig.json'})],
    // Without these two the cycle check reads no TypeScript file, and finds nothing.
    'import-x/parsers': {'@typescript-eslint/parser': ['.ts', '.tsx']},
    'import-x/extensions': ['.ts', '.tsx', '.js'],
  },
  rules: {
    '@typescript-eslint/no-explicit-any': 'error',
    // It asks for the assertion that another rule forbids.
    '@typescript-eslint/non-nullable-type-assertion-style': 'off',
    '@typescript-eslint/consistent-type-imports': ['error', {fixStyle: 'inline-type-imports'}],
    '@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true}],
    '@typescript-eslint/no-confusing-void-expression': [
      'error',
      {ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true},
    ],
    '@typescript-eslint/no-unused-vars': ['error', {argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true}],
    // Compares with both null and undefined in one go, and nothing else.
    eqeqeq: ['error', 'always', {null: 'ignore'}],
    '@typescript-eslint/prefer-nullish-coalescing': ['error', {ignorePrimitives: {string: true}}],
    // Adding to a map of the platform's is declaring an interface that has no members of its own.
    '@typescript-eslint/no-empty-object-type': ['error', {allowInterfaces: 'with-single-extends'}],
    // A word to the page's author goes through console.warn; everything else through the Logger.
    'no-console': ['error', {allow: ['warn']}],
    'no-eval': 'error',
    'no-new-func': 'error',
    'no-script-url': 'error',
    '@typescript-eslint/no-implied-eval': 'error',
  },
};

const source = {
  files: ['src/**/*.ts', 'src/**/*.tsx'],
  rules: {
    'import-x/no-cycle': 'error',
    'import-x/no-restricted-paths': ['error', {basePath: import.meta.dirname, zones: [...ALL_ROOMS.map(zoneOf), ...doorZones]}],
    'no-restricted-syntax': ['error', ...NO_HTML],
    'max-lines': ['error', {max: 300, skipComments: true, skipBlankLines: true}],
    'max-lines-per-function': ['error', {max: 40, skipComments: true, skipBlankLines: true}],
  },
};

/** Everything a person can read comes from `src/i18n/`. */
const words = {
  files: ['src/**/*.ts'],
  plugins: {house: {rules: {'no-bare-words': noBareWords}}},
  rules: {'house/no-bare-words': 'error'},
};

const timed = {
  files: TIMED_ROOMS.map((room) => `src/${room}/**/*.ts`),
  rules: {
    'no-restricted-globals': ['error', ...TIMERS.map((name) => ({name, message: 'Time is injected: use the Clock.'}))],
    'no-restricted-properties': [
      'error',
      ...[
        ['Date', 'now'],
        ['performance', 'now'],
        ['AbortSignal', 'timeout'],
      ].map(([object, property]) => ({object, property, message: 'Time is injected: use the Clock.'})),
    ],
    'no-restricted-syntax': ['error', ...NO_HTML, ...NO_BARE_TIME],
  },
};

const elements = {
  files: ['src/**/*.ts', 'stories/**/*.ts'],
  extends: [lit['flat/recommended']],
  rules: {
    'lit/ban-attributes': ['error', 'style'],
    'lit/lifecycle-super': 'error',
    'lit/no-duplicate-template-bindings': 'error',
    'lit/no-this-assign-in-render': 'error',
    'lit/no-useless-template-literals': 'error',
    'lit/prefer-nothing': 'error',
    'lit/quoted-expressions': ['error', 'never'],
  },
};

const commandLine = {files: ['src/cli/**/*.ts', 'demo/server/**/*.ts'], rules: {'no-console': 'off'}};

const tests = {
  files: ['test/**/*.ts', 'stories/**/*.ts', 'demo/page/**/*.ts'],
  rules: {
    // What a test reaches for and does not find is a failing test.
    '@typescript-eslint/no-non-null-assertion': 'off',
    // What a test waits for comes as the test library types it: the detail of an event is what the assertion is about.
    '@typescript-eslint/no-unsafe-member-access': 'off',
    '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    // Chai's sentences end in a property: expect(x).to.be.true
    '@typescript-eslint/no-unused-expressions': 'off',
    '@typescript-eslint/no-empty-function': 'off',
    '@typescript-eslint/require-await': 'off',
    '@typescript-eslint/unbound-method': 'off',
    'no-script-url': 'off',
    '@typescript-eslint/no-floating-promises': [
      'error',
      {
        allowForKnownSafeCalls: [
          {
            from: 'package',
            name: ['it', 'test', 'describe', 'suite', 'skip', 'before', 'after', 'beforeEach', 'afterEach'],
            package: 'node:test',
          },
          // The DOM differ's types say that `equal` gives a promise; it does not.
          {from: 'package', name: ['Equal'], package: 'chai'},
          {from: 'package', name: ['Equal'], package: '@open-wc/semantic-dom-diff'},
        ],
      },
    ],
    'no-restricted-syntax': [
      'error',
      {
        selector: 'ExpressionStatement > CallExpression[callee.property.name="accessible"]',
        message: 'It finds out later; await it, or the test cannot fail.',
      },
      {
        selector: 'MemberExpression[object.name=/^(it|describe)$/][property.name="only"]',
        message: 'Every other test of the file is left out.',
      },
    ],
  },
};

const scripts = {
  files: ['**/*.js', '**/*.mjs'],
  extends: [js.configs.recommended],
  languageOptions: {
    globals: globalsOf([
      'process',
      'console',
      'URL',
      'document',
      'createImageBitmap',
      'OffscreenCanvas',
      'setTimeout',
      'clearTimeout',
      'fetch',
      'AbortSignal',
      'Buffer',
      'performance',
    ]),
  },
};

function globalsOf(names) {
  return Object.fromEntries(names.map((name) => [name, 'readonly']));
}

export default defineConfig([
  {
    ignores: [
      ...[
        'dist',
        'storybook-static',
        'bundled-tests-*',
        'coverage',
        '.cache',
        '.tmp',
        '.again-*',
        'demo/laravel',
        'demo/react',
        'demo/react-18',
        'demo/vue',
        'demo/angular',
        'demo/angular-22',
        'demo/svelte',
        'demo/solid',
        'test/types',
      ].map((folder) => `${folder}/**`),
      'demo/script-tag/**',
      '**/*.d.ts',
    ],
  },
  strict,
  source,
  words,
  elements,
  timed,
  restrictImports(
    ['src/**/*.ts', 'src/**/*.tsx'],
    [HTML_DIRECTIVES, PUSHER],
    ['src/core.ts', ...ALL_ROOMS.map((room) => `src/${room}/**`)],
  ),
  restrictImports(
    ['src/core.ts', ...ALL_ROOMS.filter((room) => !ROOMS_WITH_LIT.includes(room)).map((room) => `src/${room}/**/*.{ts,tsx}`)],
    [HTML_DIRECTIVES, LIT, PUSHER],
    [WIRE],
  ),
  restrictImports([WIRE], [HTML_DIRECTIVES, LIT]),
  restrictImports(
    ROOMS_WITH_LIT.map((room) => `src/${room}/**/*.ts`),
    [HTML_DIRECTIVES, PUSHER],
    ['src/context/**'],
  ),
  restrictImports(
    ['src/context/**/*.ts'],
    [HTML_DIRECTIVES, PUSHER, CLIENT_AT_RUN_TIME, STORE_AT_RUN_TIME],
    [CLIENT_PROVIDER, LOCAL_MESSAGES],
  ),
  restrictImports([CLIENT_PROVIDER], [HTML_DIRECTIVES, PUSHER, STORE_AT_RUN_TIME]),
  restrictImports([LOCAL_MESSAGES], [HTML_DIRECTIVES, PUSHER, CLIENT_AT_RUN_TIME]),
  commandLine,
  tests,
  scripts,
]);
