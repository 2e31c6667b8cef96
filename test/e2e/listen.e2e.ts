import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {Backend, type Account} from './backend/backend.js';
import {Child} from './backend/child.js';
import {readEnvironment} from './environment.js';

describe('ws-chat listen', () => {
  let backend: Backend;
  let ali: Account;
  let vali: Account;
  let conversationId: string;
  let listening: Child | undefined;

  before(async () => {
    backend = new Backend(readEnvironment());
    await backend.start();
    ali = await backend.signIn('ali@example.com');
    vali = await backend.signIn('vali@example.com');
    conversationId = await backend.sharedConversation(ali, vali);
  });

  after(async () => {
    await listening?.stop();
    await backend.dispose();
  });

  it('prints what happens in a conversation, an event a line, and ends with 0 on Ctrl-C', async () => {
    const {url, socketPort} = backend;
    listening = new Child(
      [
        ...['--import', 'tsx', 'src/cli/ws-chat.ts', 'listen', '--json'],
        ...['--url', url, '--ws-port', String(socketPort)],
      ].concat(['--email', 'ali@example.com']),
      {WS_CHAT_PASSWORD: 'password'},
    );
    await listening.line(new RegExp(`private-user\\.${ali.id}`, 'u'));
    const id = await backend.write(vali, conversationId, 'Hello, terminal');
    await backend.typing(vali, conversationId);
    const message = JSON.parse(await listening.line(/"type":"message".*Hello, terminal/u)) as Record<string, unknown>;
    assert.equal(String(message['conversationId']), conversationId);
    assert.equal((message['message'] as {id: unknown}).id, id);
    const typing = JSON.parse(await listening.line(/"type":"typing"/u)) as Record<string, unknown>;
    assert.equal((typing['user'] as {id: unknown}).id, vali.id);
    assert.equal(listening.lines.filter((line) => /"type":"message".*Hello, terminal/u.test(line)).length, 1);
    assert.equal(await listening.stop('SIGINT'), 0);
  });

  it('ends with 1 and a plain sentence where it cannot sign in', async () => {
    const refused = new Child(
      ['--import', 'tsx', 'src/cli/ws-chat.ts', 'listen', '--url', backend.url, '--email', 'ali@example.com'],
      {
        WS_CHAT_PASSWORD: 'wrong',
      },
    );
    assert.equal(await refused.exit, 1);
    assert.equal(
      refused.lines.some((line) => /^\s+at /u.test(line)),
      false,
      'no stack trace',
    );
    assert.notEqual(refused.lines.join(''), '');
  });
});
