import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {createFakeServer, type FakeServer} from '../../src/testing/fake-server.js';
import {stockPusher, type Pusher} from './stock-pusher.js';

describe('a fault of the fake server', () => {
  let server: FakeServer;
  let pusher: Pusher | undefined;

  const get = (path = '/conversations', init: RequestInit = {}): Promise<Response> =>
    server.environment.fetch(`${server.address.apiBase}${path}`, {
      headers: {Authorization: `Bearer ${server.token(1)}`, 'Content-Type': 'application/json'},
      ...init,
    });

  const listen = async (): Promise<unknown[]> => {
    pusher = stockPusher(server, server.token(1));
    const contents: unknown[] = [];
    pusher.subscribe('private-user.1').bind('MessageSentEvent', (event: {data: {message: {content: string}}}) => {
      contents.push(event.data.message.content);
    });
    await server.settle();
    return contents;
  };

  const say = (content: string): unknown => server.message({conversationId: 10, from: 2, content});

  const openSocket = async (): Promise<string[]> => {
    const heard: string[] = [];
    const socket = server.environment.createWebSocket(`ws://${server.address.wsHost}/app/fake-key?protocol=7`);
    socket.onopen = () => heard.push('open');
    socket.onmessage = (event: MessageEvent<string>) => heard.push((JSON.parse(event.data) as {event: string}).event);
    socket.onclose = (event) => heard.push(`close ${event.code}`);
    await server.settle();
    return heard;
  };

  beforeEach(() => {
    pusher = undefined;
    server = createFakeServer({users: [{id: 1}, {id: 2}], conversations: [{id: 10}]});
  });

  afterEach(async () => {
    pusher?.disconnect();
    await server.settle();
    server.dispose();
  });

  it('strikes once unless told otherwise, and only what it matches', async () => {
    server.faults.rest({status: 503, match: 'GET /api/conversations', headers: {'Retry-After': '7'}});
    const statuses = [await get('/attachments', {method: 'POST', body: '{}'}), await get(), await get()].map(
      ({status}) => status,
    );
    assert.deepEqual(statuses, [422, 503, 200]);
  });

  it('waits for what reaches the server, and so is not used up while that is stopped', async () => {
    server.faults.rest({status: 503});
    server.faults.sockets({neverWelcome: true});
    server.stop();
    await assert.rejects(get());
    assert.deepEqual(await openSocket(), ['close 1006']);
    server.start();
    assert.equal((await get()).status, 503);
    assert.deepEqual(await openSocket(), ['open']);
  });

  it('waits for a broadcast that goes out, and so is not used up by what happens while that is stopped', async () => {
    server.faults.events({drop: true, match: 'private-user.1 MessageSentEvent'});
    server.stop('sockets');
    say('while it is stopped');
    server.start();
    const contents = await listen();
    say('dropped');
    say('heard');
    await server.settle();
    assert.deepEqual(contents, ['heard']);
  });

  it('strikes as often as it says, until it is taken back', async () => {
    const takeBack = server.faults.rest({status: 500, times: Infinity});
    assert.equal((await get()).status, 500);
    assert.equal((await get()).status, 500);
    takeBack();
    assert.equal((await get()).status, 200);
  });

  it('does not strike where it is to strike no times', async () => {
    server.faults.rest({status: 500, times: 0});
    assert.equal((await get()).status, 200);
  });

  it('strikes every case that an expression matches, also one that looks for all matches', async () => {
    server.faults.rest({status: 500, match: /conversations/g, times: 2});
    assert.deepEqual([(await get()).status, (await get()).status], [500, 500]);
  });

  for (const status of [204, 205, 304]) {
    it(`answers ${status} without a body, as no answer of this status has one`, async () => {
      server.faults.rest({status});
      const response = await get();
      assert.equal(response.status, status);
      assert.equal(await response.text(), '');
    });
  }

  it('strikes its share of cases, the same ones for the same seed', async () => {
    const run = async (seed: number): Promise<string> => {
      const other = createFakeServer({seed, users: [{id: 1}]});
      other.faults.rest({status: 500, share: 0.3});
      const statuses: number[] = [];
      for (let count = 0; count < 200; count += 1) {
        statuses.push((await other.environment.fetch(`${other.address.apiBase}/conversations`)).status);
      }
      other.dispose();
      return statuses.join();
    };
    const one = await run(7);
    const struck = one.split('500').length - 1;
    assert.ok(struck > 40 && struck < 80, `${struck} of 200`);
    assert.equal(await run(7), one);
    assert.notEqual(await run(8), one);
  });

  it('loses an answer after the message is stored', async () => {
    server.faults.rest({lost: true, match: 'POST'});
    const body = JSON.stringify({content: 'kept', temp_id: 't'});
    await assert.rejects(get('/conversations/10/messages', {method: 'POST', body}), TypeError);
    assert.equal(server.messages(10).length, 1);
    assert.equal((await get('/conversations/10/messages', {method: 'POST', body})).status, 200);
  });

  it('lets a request hang until it is aborted, and comes to rest meanwhile', async () => {
    server.faults.rest({hang: true});
    const aborting = new AbortController();
    const answer = assert.rejects(get('/conversations', {signal: aborting.signal}), {name: 'AbortError'});
    await server.settle();
    aborting.abort();
    await answer;
  });

  it('delays an answer by the virtual clock', async () => {
    server.faults.rest({delay: 500});
    let status = 0;
    void get().then((response) => (status = response.status));
    await server.advance(499);
    assert.equal(status, 0);
    await server.advance(1);
    assert.equal(status, 200);
  });

  it('answers with HTML where JSON is due', async () => {
    server.faults.rest({html: true});
    const response = await get();
    assert.equal(response.status, 200);
    await assert.rejects(response.json(), SyntaxError);
  });

  it('refuses one channel and lets others through', async () => {
    server.faults.auth({status: 403, match: 'private-user.1'});
    pusher = stockPusher(server, server.token(1));
    const [refused, fine] = [pusher.subscribe('private-user.1'), pusher.subscribe('private-else')];
    await server.settle();
    assert.deepEqual([refused.subscribed, fine.subscribed], [false, true]);
  });

  it('drops, doubles and delays events', async () => {
    const contents = await listen();
    server.faults.events({drop: true, match: 'private-user.1'});
    say('dropped');
    server.faults.events({duplicate: true, match: 'private-user.1'});
    say('doubled');
    server.faults.events({delay: 1000, match: 'private-user.1'});
    say('late');
    say('last');
    await server.settle();
    assert.deepEqual(contents, ['doubled', 'doubled', 'last']);
    await server.advance(1000);
    assert.deepEqual(contents, ['doubled', 'doubled', 'last', 'late']);
  });

  it('shuffles events in a window, and lets go of a window that does not fill', async () => {
    const contents = await listen();
    server.faults.events({shuffle: 20, times: Infinity, match: 'private-user.1'});
    const all = Array.from({length: 25}, (_, index) => String(index));
    for (const content of all) say(content);
    await server.settle();
    assert.equal(contents.length, 20);
    await server.advance(200);
    assert.notDeepEqual(contents, all);
    assert.deepEqual([...contents].sort(), [...all].sort());
  });

  const attempts = [
    ['refuses', {refuse: true}, ['close 1006']],
    ['hangs', {hang: true}, []],
    ['never welcomes', {neverWelcome: true}, ['open']],
    ['begins with an error and stays open', {error: {code: 4004}}, ['open', 'pusher:error']],
    ['closes before the welcome', {close: {code: 4200, before: true}}, ['open', 'close 4200']],
    ['closes after the welcome', {close: {code: 1012}}, ['open', 'pusher:connection_established', 'close 1012']],
  ] as const;
  for (const [name, fault, expected] of attempts) {
    it(`${name} on an attempt to connect`, async () => {
      server.faults.sockets(fault);
      assert.deepEqual(await openSocket(), expected);
      assert.deepEqual(await openSocket(), ['open', 'pusher:connection_established'], 'the next attempt is as usual');
    });
  }

  it('makes a link half-open: nothing passes, and a close is given up only after a while', async () => {
    const heard: string[] = [];
    server.faults.sockets({silent: true});
    const socket = server.environment.createWebSocket('ws://fake.test/app/fake-key?protocol=7');
    socket.onmessage = (event: MessageEvent<string>) => heard.push(event.data);
    socket.onclose = (event) => heard.push(`close ${event.code}`);
    await server.settle();
    heard.length = 0;
    socket.send('{"event":"pusher:ping","data":{}}');
    server.closeAll();
    await server.settle();
    assert.deepEqual(heard, []);
    assert.equal(socket.readyState, socket.OPEN);
    socket.close();
    await server.advance(9_999);
    assert.deepEqual(heard, []);
    await server.advance(1);
    assert.deepEqual(heard, ['close 1006']);
  });
});
