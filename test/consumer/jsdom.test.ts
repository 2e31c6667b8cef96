import {after, before, describe, it} from 'node:test';
import ts from 'typescript';
import {fileInGuide} from '../package/snippets.js';
import {Workshop} from './workshop.js';

const GUIDE = 'stories/testing-your-host.mdx';

/** A test that a host may write: what others say and what one sends are there, and what is wrong is told. */
const HOST_TEST = `
import 'ws-chat-elements';
import {createFakeServer} from 'ws-chat-elements/testing';

const within = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? within(one.shadowRoot) : [])]);
const shown = () => within(document).filter((one) => one.localName === 'chat-message').map((one) => one.message.content);

it('talks', async () => {
  const conversations = [{id: 9, messages: [{from: 2, content: 'Salom!'}]}];
  const server = createFakeServer({users: [{id: 1}, {id: 2}], conversations});
  document.body.innerHTML =
    '<chat-connection><chat-conversation conversation-id="9"></chat-conversation><ws-error-dialog></ws-error-dialog></chat-connection>';
  document.querySelector('chat-connection').client = server.client({userId: 1});
  await expect.poll(shown).toEqual(['Salom!']);
  document.querySelector('chat-conversation').focus();
  void document.querySelector('chat-conversation').send('Xayr!');
  await server.settle();
  await expect.poll(shown).toEqual(['Salom!', 'Xayr!']);
  const dialog = document.querySelector('ws-error-dialog');
  dialog.error = new Error('Broken');
  dialog.show();
  await expect.poll(() => within(dialog.shadowRoot).some((one) => one.localName === 'dialog' && one.open)).toBe(true);
  dialog.close();
  server.dispose();
});
`;

/** What Jest has no word for: to look again until it is so. */
const JEST_HEAD = `
import {it} from '@jest/globals';

const until = (look) => async (wanted) => {
  while (JSON.stringify(look()) !== JSON.stringify(wanted)) await new Promise((done) => setTimeout(done, 10));
};
const expect = {poll: (look) => ({toEqual: until(look), toBe: until(look)})};
`;

const shown = (file: string): string => fileInGuide(GUIDE, file);
const [JSDOM, HAPPY_DOM] = ['jsdom.setup.ts', 'happy-dom.setup.ts'];
const ENVIRONMENT = 'jest.environment.mjs';
const JEST = ['jest@30.5.2', 'jest-environment-jsdom@30.5.2'];

describe('a test of a host', () => {
  let workshop: Workshop;

  before(async () => {
    workshop = await Workshop.open();
  });

  after(() => workshop.close());

  for (const [environment, version, setup] of [
    ['jsdom', '29.1.1', JSDOM],
    ['happy-dom', '21.0.4', HAPPY_DOM],
  ] as const) {
    it(`has an element talk in Vitest on ${environment}, with the files of the guide`, {timeout: 300_000}, async () => {
      const files = {
        [setup]: shown(setup),
        'vitest.config.js': `export default {test: {
          environment: '${environment}', setupFiles: './${setup}', testTimeout: 200_000, expect: {poll: {timeout: 60_000}},
        }};`,
        'host.test.js': `import {expect, it} from 'vitest';${HOST_TEST}`,
        'chat.test.js': shown('chat.test.js'),
      };
      // One that needs no page.
      const core = `// @vitest-environment node
        import {expect, it} from 'vitest';
        it('has no page', () => expect(typeof document).toBe('undefined'));`;
      const all = {...files, ...(setup === JSDOM ? {'core.test.js': core} : {})};
      const library = ['@testing-library/dom@10.4.2', '@testing-library/user-event@14.6.13', 'shadow-dom-testing-library@1.14.2'];
      const made = await workshop.make(environment, all, ['vitest@4.1.12', `${environment}@${version}`, ...library]);
      await workshop.call(made, ['vitest', 'run']);
    });
  }

  it('has an element talk in Jest, with the environment of the guide, too', {timeout: 300_000}, async () => {
    const files = {
      // As the compiler that a host has told Jest to use would make it.
      'jsdom.setup.js': ts.transpile(shown(JSDOM), {module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022}),
      [ENVIRONMENT]: shown(ENVIRONMENT),
      'jest.config.js': `export default {
        testEnvironment: './${ENVIRONMENT}', setupFiles: ['./jsdom.setup.js'], testTimeout: 200_000, transform: {},
      };`,
      'host.test.js': JEST_HEAD + HOST_TEST,
    };
    const made = await workshop.make('jest', files, JEST);
    await workshop.call(made, ['jest'], {NODE_OPTIONS: '--experimental-vm-modules'});
  });

  it('has an element talk in Jest that has Babel translate all of it', {timeout: 300_000}, async () => {
    const files = {
      'package.json': JSON.stringify({name: 'consumer-babel', private: true}),
      [JSDOM]: shown(JSDOM),
      [ENVIRONMENT]: shown(ENVIRONMENT),
      'jest.config.js': shown('jest.config.js'),
      'babel.config.js': `module.exports = {
        presets: [['@babel/preset-env', {targets: {node: 'current'}}], '@babel/preset-typescript'],
      };`,
      'host.test.js': JEST_HEAD + HOST_TEST,
    };
    const made = await workshop.make('babel', files, [...JEST, '@babel/preset-env@7.29.14', '@babel/preset-typescript@7.29.7']);
    await workshop.call(made, ['jest', '--testTimeout=200000']);
  });
});
