import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {recordParity} from './parity.js';
import {start} from './start.js';

describe('the parity script', () => {
  it('hears from the embedded server what Reverb says', async () => {
    await using server = await start();
    const target = {
      wsUrl: server.url.replace('http', 'ws'),
      httpUrl: server.url,
      appId: '1001',
      key: 'demo-key',
      secret: 'demo-secret',
    };
    const transcript = new Map((await recordParity(target)).map(({step, heard}) => [step, heard]));
    assert.deepEqual(transcript.get('private unsigned'), [
      '{"event":"pusher:error","data":{"code":4009,"message":"Connection is unauthorized"}}',
    ]);
    assert.deepEqual(transcript.get('whisper'), ['{"event":"client-x","channel":"private-a","data":{"a":1}}']);
    assert.deepEqual(transcript.get('presence: whisper'), [
      '{"event":"client-x","channel":"presence-room","data":{"b":2},"userId":"u2"}',
    ]);
    assert.deepEqual(transcript.get('trigger'), ['{"event":"ev","channel":"private-a","data":{"n":1}}']);
    assert.deepEqual(transcript.get('trigger without this socket'), []);
    assert.deepEqual(
      ['forged', 'too large', 'unknown presence', 'users of a private channel'].map((step) => transcript.get(step)?.[0]),
      ['401', '413', '404', '400'],
    );
    assert.deepEqual(transcript.get('frame of 10,001 bytes'), ['1009']);
  });
});
