import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {Faults} from '../../demo/server/faults.js';
import {call, start, type TestMessage} from './start.js';
import {Wire} from './wire.js';

describe('the fault switches', () => {
  it('are not there unless the server was started with them', async () => {
    await using server = await start();
    for (const path of ['/__faults', '/__emit']) assert.equal((await call(server.url, 'POST', path, {body: {}})).status, 404);
  });

  it('keep what they know and of the right type', async () => {
    await using server = await start({faults: true});
    await server.fault({rest5xx: 'all', nothing: 1, authStatus: 419, __proto__: {rest5xx: 100}});
    const {body} = await call<Record<string, unknown>>(server.url, 'GET', '/__faults');
    assert.deepEqual([body['rest5xx'], body['authStatus'], 'nothing' in body], [0, 419, false]);
  });

  it('lose the answer of a write that was done, so that the same temp id finds it', async () => {
    await using server = await start({faults: true});
    const ali = await server.signIn('ali');
    await server.fault({dropAfterCommit: 100});
    await assert.rejects(ali.send(1, 'lost answer', 'the-temp-id'));
    await server.fault({dropAfterCommit: 0});
    const again = await ali.send(1, 'lost answer', 'the-temp-id');
    assert.equal(again.status, 200);
  });

  it('answer with what they are told, and never answer', async () => {
    await using server = await start({faults: true});
    const ali = await server.signIn('ali');
    await server.fault({restStatus: 429});
    const limited = await ali.call('GET', '/api/conversations');
    assert.deepEqual([limited.status, limited.headers['retry-after']], [429, '1']);
    await server.fault({restStatus: null, authHang: 100});
    const abort = new AbortController();
    const hanging = fetch(`${server.url}/broadcasting/auth`, {method: 'POST', signal: abort.signal});
    assert.equal((await ali.call('GET', '/api/conversations')).status, 200, 'others are answered meanwhile');
    abort.abort();
    await assert.rejects(hanging);
    await server.fault({authHang: 0, auth5xx: 100});
    assert.equal((await ali.call('POST', '/broadcasting/auth', {})).status, 503);
  });

  it('drop, double and shuffle broadcasts, the same way for the same seed', () => {
    const run = (settings: object): number[] => {
      const sent: number[] = [];
      const faults = new Faults();
      faults.apply({seed: 7, ...settings});
      for (let event = 0; event < 100; event += 1) faults.broadcast(() => sent.push(event));
      faults.close();
      return sent;
    };
    const dropped = run({eventDrop: 30}).length;
    assert.ok(dropped > 50 && dropped < 90);
    assert.ok(run({eventDup: 30}).length > 110);
    const shuffled = run({eventShuffle: 20});
    assert.deepEqual(
      [...shuffled].sort((a, b) => a - b),
      Array.from({length: 100}, (_, event) => event),
    );
    assert.notDeepEqual(shuffled, run({}));
    assert.deepEqual(run({eventDrop: 30, eventDup: 30, eventShuffle: 5}), run({eventDrop: 30, eventDup: 30, eventShuffle: 5}));
  });

  it('close sockets with a code or without a word, refuse them, and never welcome them', async () => {
    await using server = await start({faults: true});
    const coded = await Wire.connect(server.wsUrl);
    await server.fault({closeAll: 4200});
    assert.equal(await coded.closed, 4200);
    const cut = await Wire.connect(server.wsUrl);
    await server.fault({closeAll: 'terminate'});
    assert.equal(await cut.closed, 1006);
    await server.fault({refuseSockets: true});
    assert.equal(await new Wire(server.wsUrl).closed, 1006);
    await server.fault({refuseSockets: false, firstError: 4301});
    assert.equal(await new Wire(server.wsUrl).closed, 4301);
    await server.fault({firstError: null, acceptThenDrop: true});
    assert.equal(await new Wire(server.wsUrl).closed, 1006);
    await server.fault({acceptThenDrop: false, welcomeNever: true});
    using ignored = new Wire(server.wsUrl);
    await new Promise((resolve) => ignored.socket.once('open', resolve));
    await ignored.settle();
    assert.deepEqual(
      ignored.frames.map(({event}) => event),
      ['pusher:pong'],
    );
  });

  it('make links half-open and whole again', async () => {
    await using server = await start({faults: true});
    using wire = await Wire.connect(server.wsUrl);
    await server.fault({pauseSockets: true});
    wire.send('pusher:ping');
    assert.equal((await call(server.url, 'GET', '/up')).status, 200);
    assert.equal(wire.frames.length, 1);
    await server.fault({pauseSockets: false});
    await wire.next('pusher:pong');
  });

  it('send whatever frame a test wants to be sent', async () => {
    await using server = await start({faults: true});
    using wire = await Wire.connect(server.wsUrl);
    await wire.subscribe('news');
    await call(server.url, 'POST', '/__emit', {body: {channel: 'news', frame: {event: 'x', data: {broken: '<'}}}});
    assert.deepEqual((await wire.next('x')).data, {broken: '<'});
  });

  it('expire and revoke tokens', async () => {
    await using server = await start({faults: true});
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    await server.fault({revoke: 2});
    assert.equal((await vali.call('GET', '/api/conversations')).status, 401);
    assert.equal((await ali.call<{data: TestMessage[]}>('GET', '/api/conversations')).status, 200);
    await server.fault({expireTokens: true});
    assert.equal((await ali.call('GET', '/api/conversations')).status, 401);
  });
});
