import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {readEndpoint, type EndpointSettings} from '../../src/connection/settings.js';

const HTTPS = {protocol: 'https:'};
const HTTP = {protocol: 'http:'};
const GOOD: EndpointSettings = {appKey: 'demo-key', wsHost: 'chat.test'};

describe('readEndpoint', () => {
  it('fills in what may be left away', () => {
    assert.deepEqual(readEndpoint(GOOD, HTTPS).endpoint, {
      appKey: 'demo-key',
      wsHost: 'chat.test',
      wsPort: null,
      wsPath: '',
      scheme: 'https',
      cluster: null,
    });
    assert.equal(readEndpoint(GOOD, HTTP).endpoint?.scheme, 'http');
    assert.equal(readEndpoint(GOOD, null).endpoint?.scheme, 'https');
    assert.equal(readEndpoint({appKey: 'k', cluster: 'eu'}, HTTP).endpoint?.scheme, 'https');
  });

  it('takes texts, as attributes are', () => {
    const {endpoint} = readEndpoint({...GOOD, wsPort: ' 8080 ', wsPath: 'reverb/', wsHost: '::1', scheme: ''}, HTTPS);
    assert.ok(endpoint);
    assert.equal(endpoint.wsPort, 8080);
    assert.equal(endpoint.wsPath, '/reverb');
    assert.equal(endpoint.wsHost, '[::1]');
  });

  for (const [what, settings, names] of [
    ['no app key', {wsHost: 'chat.test'}, 'app-key'],
    ['no host', {appKey: 'k'}, 'ws-host'],
    ['host and cluster', {...GOOD, cluster: 'eu'}, 'cluster'],
    ['port and cluster', {appKey: 'k', cluster: 'eu', wsPort: 1}, 'ws-port'],
    ['a host with a scheme', {...GOOD, wsHost: 'wss://chat.test'}, 'ws-host'],
    ['a host with a port', {...GOOD, wsHost: 'chat.test:8080'}, 'ws-port'],
    ['a host with a path', {...GOOD, wsHost: 'chat.test/app'}, 'ws-path'],
    ['a host with spaces', {...GOOD, wsHost: 'chat test'}, 'ws-host'],
    ['port 0', {...GOOD, wsPort: 0}, 'ws-port'],
    ['port 65536', {...GOOD, wsPort: '65536'}, 'ws-port'],
    ['a port that is no number', {...GOOD, wsPort: 'http'}, 'ws-port'],
    ['a path with a query', {...GOOD, wsPath: '/a?b'}, 'ws-path'],
    ['an unknown scheme', {...GOOD, scheme: 'wss'}, 'scheme'],
    ['ws:// on an https page', {...GOOD, scheme: 'http'}, 'scheme'],
    ['a strange cluster', {appKey: 'k', cluster: 'eu.evil.test/'}, 'cluster'],
  ] as const satisfies readonly (readonly [string, EndpointSettings, string])[]) {
    it(`refuses ${what}, in one sentence that names ${names}`, () => {
      const {endpoint, errors} = readEndpoint(settings, HTTPS);
      assert.equal(endpoint, null);
      assert.equal(errors.length, 1);
      assert.match(errors[0]!.message, new RegExp(names));
    });
  }
});
