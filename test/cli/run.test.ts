import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {printable} from '../../src/cli/printable.js';
import {readListenOptions} from '../../src/cli/listen/listen-options.js';
import {start} from './support.js';

describe('ws-chat', () => {
  it('prints its help and its version', async () => {
    for (const args of [['--help'], ['-h'], ['help']]) {
      const help = start(args);
      assert.equal(await help.code, 0);
      assert.match(help.out(), /^Usage: ws-chat COMMAND[\s\S]*listen[\s\S]*Exit codes/);
    }
    const version = start(['--version']);
    assert.equal(await version.code, 0);
    assert.match(version.out(), /^\d+\.\d+\.\d+\S*\n$/);
  });

  it('prints the help of a command, with its exit codes', async () => {
    const help = start(['listen', '--help', '--nonsense']);
    assert.equal(await help.code, 0);
    assert.match(help.out(), /Exit codes\n {2}0[\s\S]*\n {2}1[\s\S]*\n {2}2/);
    assert.equal(help.err(), '');
  });

  it('prints help that fits a terminal of 80 columns', async () => {
    for (const args of [['--help'], ['listen', '--help']]) {
      const help = start(args);
      await help.code;
      for (const line of help.out().split('\n')) assert.ok(line.length <= 80, line);
    }
  });

  const token = ['--token', 't', '--user-id', '1'];
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /Which command\?/],
    [['listn'], /There is no command "listn"/],
    [['listen'], /Who are you\?/],
    [['listen', '--nope'], /Unknown option '--nope'\.\n/],
    [['listen', 'extra', ...token], /Unexpected argument 'extra'/],
    [['listen', '--url'], /'--url <value>' argument missing/],
    [['listen', '--email', ' '], /--email is empty/],
    [['listen', '--email', 'a@b', '--token', 't'], /--email and --token contradict/],
    [['listen', '--password', 'x'], /--password needs --email/],
    [['listen', '--token', 't'], /--user-id is missing/],
    [['listen', '--token', 'a b', '--user-id', '1'], /--token holds characters/],
    [['listen', '--token', 't', '--user-id', '../1'], /--user-id cannot be/],
    [['listen', ...token, '--url', 'localhost:8090'], /--url is not an address/],
    [['listen', ...token, '--url', 'ftp://x'], /--url is not an address/],
    [['listen', ...token, '--url', 'http://user:pw@x'], /--url is not an address/],
    [['listen', ...token, '--api-base', 'ftp://x/api'], /--api-base is not an address/],
    [['listen', ...token, '--ws-port', '0'], /--ws-port is a number/],
    [['listen', ...token, '--ws-port', '70000'], /--ws-port is a number/],
    [['listen', ...token, '--ws-port', '80x'], /--ws-port is a number/],
    [['listen', ...token, '--scheme', 'wss'], /--scheme is http or https/],
    [['listen', ...token, '--cluster', 'eu', '--ws-host', 'x'], /--cluster and --ws-host contradict/],
    [['listen', ...token, '--key', ''], /--key is empty/],
    [['listen', ...token, '--channel', ''], /--channel is empty/],
    [['listen', ...token, '--channel', 'my news'], /--channel: "my news" is not a channel name/],
    [['listen', ...token, '--json=yes'], /--json/],
  ];
  for (const [args, pattern] of wrong) {
    it(`refuses "${args.join(' ')}" with code 2`, async () => {
      const {code, out, err} = start(args);
      assert.equal(await code, 2);
      assert.match(err(), pattern);
      assert.match(err(), /See ws-chat (listen )?--help\.\n$/);
      assert.equal(out(), '');
    });
  }
});

describe('readListenOptions', () => {
  const token = ['--token', 't', '--user-id', '1'];

  it('fits the demo server by default', () => {
    const {wsHost, wsPort, scheme, appKey, apiBase, authEndpoint} = readListenOptions(token, {});
    assert.deepEqual([wsHost, wsPort, scheme, appKey], ['127.0.0.1', 8090, 'http', 'demo-key']);
    assert.deepEqual([apiBase, authEndpoint], ['http://127.0.0.1:8090/api', 'http://127.0.0.1:8090/broadcasting/auth']);
  });

  it('takes host, port and scheme of the socket from --url, as far as they fit', () => {
    const socket = (...args: string[]): unknown[] => {
      const {wsHost, wsPort, scheme} = readListenOptions([...token, ...args], {});
      return [wsHost, wsPort, scheme];
    };
    assert.deepEqual(socket('--url', 'https://chat.example'), ['chat.example', undefined, 'https']);
    assert.deepEqual(socket('--url', 'http://x:8000', '--ws-port', '8080'), ['x', 8080, 'http']);
    assert.deepEqual(socket('--url', 'http://x:8000', '--ws-host', 'ws.x'), ['ws.x', undefined, 'http']);
    assert.deepEqual(socket('--url', 'http://x:8000', '--scheme', 'https'), ['x', undefined, 'https']);
    assert.deepEqual(socket('--cluster', 'eu'), [undefined, undefined, 'https']);
    assert.deepEqual(socket('--cluster', 'eu', '--scheme', 'http'), [undefined, undefined, 'http']);
  });

  it('takes each address as it is given, or from --url on', () => {
    const addresses = (...args: string[]): unknown[] => {
      const {apiBase, authEndpoint, origin, wsPath} = readListenOptions([...token, '--url', 'https://x:8000/app', ...args], {});
      return [apiBase, authEndpoint, origin, wsPath];
    };
    const api = ['https://x:8000/api', 'https://x:8000/broadcasting/auth'];
    assert.deepEqual(addresses(), [...api, 'https://x:8000', undefined]);
    assert.deepEqual(addresses('--origin', 'https://shop.example/cart', '--ws-path', '/ws'), [
      ...api,
      'https://shop.example',
      '/ws',
    ]);
    assert.deepEqual(addresses('--api-base', 'https://api.example/v1//', '--auth-endpoint', '/auth'), [
      'https://api.example/v1',
      'https://x:8000/auth',
      'https://x:8000',
      undefined,
    ]);
    assert.equal(readListenOptions([...token, '--key', ' k '], {}).appKey, 'k');
  });

  it('takes secrets from the environment', () => {
    const byPassword = readListenOptions(['--email', 'a@b'], {WS_CHAT_PASSWORD: 'p', WS_CHAT_TOKEN: 't'}).signIn;
    assert.deepEqual(byPassword, {by: 'password', email: 'a@b', password: 'p'});
    const given = readListenOptions(['--email', 'a@b', '--password', 'q'], {WS_CHAT_PASSWORD: 'p'}).signIn;
    assert.deepEqual(given, {by: 'password', email: 'a@b', password: 'q'}, 'but not in place of what is given');
    assert.deepEqual(readListenOptions(token, {WS_CHAT_TOKEN: 'u'}).signIn, {by: 'token', token: 't'});
    assert.throws(() => readListenOptions([], {WS_CHAT_TOKEN: ''}), /Who are you\?/);
    assert.equal(readListenOptions([...token, '--user-id', 'ali@example.com'], {}).userId, 'ali@example.com');
    assert.deepEqual(readListenOptions(['--user-id', '1'], {WS_CHAT_TOKEN: 't'}).signIn, {by: 'token', token: 't'});
    assert.deepEqual(readListenOptions(['--email', 'a@b'], {}).signIn, {by: 'password', email: 'a@b', password: null});
  });
});

describe('printable', () => {
  it('leaves nothing that a terminal would obey', () => {
    const text = printable('a\u001b[2Jb\u0007\r\nc\td\u202Ee\u2028f\u009b31m');
    assert.equal(text, 'a\\u{1b}[2Jb\\u{7} ⏎ c d\\u{202e}e ⏎ f\\u{9b}31m');
  });

  it('leaves nothing that nobody sees, or that turns a line around', () => {
    for (const code of ['61c', '200b', '200e', '200f', '2060', '2066', '2069', '202a', 'feff'])
      assert.equal(printable(`a${String.fromCharCode(parseInt(code, 16))}b`), `a\\u{${code}}b`);
  });

  it('leaves words and pictures as they are', () => {
    for (const text of ['Žluťoučký', 'שלום', '👨‍👩‍👧', 'a b']) assert.equal(printable(text), text);
  });
});
