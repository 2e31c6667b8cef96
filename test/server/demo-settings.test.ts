import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {readSettings} from '../../demo/page/settings.js';

const read = (query: string): ReturnType<typeof readSettings> => readSettings(new URLSearchParams(query), '');

describe('the address of the demo page', () => {
  it('names a server and a socket', () => {
    assert.deepEqual(read('').socket, {host: '127.0.0.1', port: 8090});
    assert.deepEqual(read('backend=laravel').socket, {host: '127.0.0.1', port: 8080});
    assert.deepEqual(read('server=http://chat.test:81&ws=ws.test:82').socket, {host: 'ws.test', port: 82});
    assert.equal(read('server=http://chat.test:81&ws=ws.test:82').complaint, null);
  });

  it('means the usual port where it names none', () => {
    assert.deepEqual(read('server=https://chat.test').socket, {host: 'chat.test', port: 443});
    assert.deepEqual(read('server=http://chat.test').socket, {host: 'chat.test', port: 80});
    assert.deepEqual(read('server=https://chat.test&ws=ws.test').socket, {host: 'ws.test', port: 443});
  });

  it('is told to be wrong where it names none that can be', () => {
    for (const server of ['bar', 'ftp://chat.test', 'http://', 'localhost:8090']) {
      assert.equal(read(`server=${server}`).complaint, `?server=${server} is no http or https address.`);
    }
    for (const ws of ['foo:bar', 'ws://foo', '', 'foo:99999']) {
      assert.equal(read(`ws=${ws}`).complaint, `?ws=${ws} is no HOST:PORT.`);
    }
  });

  it('has no look that there is not', () => {
    const {theme, direction} = read('theme=pink&dir=up');
    assert.deepEqual({theme, direction}, {theme: 'system', direction: null});
  });
});
