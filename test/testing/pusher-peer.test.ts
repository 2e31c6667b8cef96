import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import type {PresenceChannel} from 'pusher-js';
import {createFakeServer, type FakeServer} from '../../src/testing/fake-server.js';
import {stockPusher, type Pusher} from './stock-pusher.js';

describe('the fake server, to the published pusher-js', () => {
  let server: FakeServer;
  let pushers: Pusher[];

  const connect = async (userId: number): Promise<Pusher> => {
    const pusher = stockPusher(server, server.token(userId));
    pushers.push(pusher);
    await server.settle();
    return pusher;
  };

  beforeEach(() => {
    pushers = [];
    server = createFakeServer({
      users: [
        {id: 1, name: 'Ali'},
        {id: 2, name: 'Vali'},
      ],
      conversations: [{id: 10}],
      conversationChannel: 'presence-conversation.{id}',
    });
  });

  afterEach(async () => {
    for (const pusher of pushers) pusher.disconnect();
    await server.settle();
    server.dispose();
  });

  it('welcomes it', async () => {
    const pusher = await connect(1);
    assert.equal(pusher.connection.state, 'connected');
    assert.deepEqual(server.socketIds, [pusher.connection.socket_id]);
    assert.match(server.log.attempts[0]!.url, /^ws:\/\/fake-\d+\.test:80\/app\/fake-key\?protocol=7/u);
  });

  it('turns away an unknown app with 4001, and closes', async () => {
    const pusher = stockPusher(server, null, 'other-key');
    await server.settle();
    assert.equal(pusher.connection.state, 'disconnected');
    assert.equal(server.socketIds.length, 0);
  });

  it('subscribes a private channel by its own signature, and delivers what is stored', async () => {
    const pusher = await connect(1);
    const channel = pusher.subscribe('private-user.1');
    const events: unknown[] = [];
    channel.bind('MessageSentEvent', (data: unknown) => events.push(data));
    await server.settle();
    assert.equal(channel.subscribed, true);
    const message = server.message({conversationId: 10, from: 2, content: 'hello'});
    await server.settle();
    assert.deepEqual(events, [{type: 'message', data: {message, tempId: null}}]);
  });

  it('refuses another person’s channel on the authorization route', async () => {
    const pusher = await connect(1);
    const channel = pusher.subscribe('private-user.2');
    const errors: unknown[] = [];
    channel.bind('pusher:subscription_error', (error: unknown) => errors.push(error));
    await server.settle();
    assert.equal(errors.length, 1);
    assert.equal(server.log.requestsTo('POST', '/broadcasting/auth')[0]!.status, 403);
  });

  it('refuses a signature of another socket with 4009, naming no channel and closing nothing', async () => {
    const pusher = await connect(1);
    const errors: unknown[] = [];
    pusher.connection.bind('error', (error: unknown) => errors.push(error));
    const auth = server.sign({socketId: '1.1', channel: 'private-user.1'});
    pusher.send_event('pusher:subscribe', {channel: 'private-user.1', auth});
    await server.settle();
    assert.deepEqual(errors, [{type: 'PusherError', data: {code: 4009, message: 'Connection is unauthorized'}}]);
    assert.equal(pusher.connection.state, 'connected');
  });

  it('keeps the members of a presence channel, one person with two sockets counted once', async () => {
    const [ali, vali, valiToo] = [await connect(1), await connect(2), await connect(2)];
    const channel = ali.subscribe('presence-conversation.10') as unknown as Pick<PresenceChannel, 'bind' | 'members'>;
    const seen: string[] = [];
    channel.bind('pusher:member_added', (member: {id: string}) => seen.push(`+${member.id}`));
    channel.bind('pusher:member_removed', (member: {id: string}) => seen.push(`-${member.id}`));
    await server.settle();
    vali.subscribe('presence-conversation.10');
    valiToo.subscribe('presence-conversation.10');
    await server.settle();
    assert.equal(channel.members.count, 2);
    assert.deepEqual((channel.members.get('2') as {info: unknown}).info, {id: 2, name: 'Vali', avatar_url: null});
    vali.unsubscribe('presence-conversation.10');
    await server.settle();
    assert.deepEqual(seen, ['+2']);
    valiToo.disconnect();
    await server.settle();
    assert.deepEqual(seen, ['+2', '-2']);
  });

  it('hands a whisper to the others, with who sent it', async () => {
    const [ali, vali] = [await connect(1), await connect(2)];
    const heard: unknown[] = [];
    const own = ali.subscribe('presence-conversation.10');
    own.bind('client-typing', () => assert.fail('the sender heard itself'));
    vali.subscribe('presence-conversation.10').bind('client-typing', (data: unknown, meta: unknown) => heard.push([data, meta]));
    await server.settle();
    own.trigger('client-typing', {conversation_id: 10});
    await server.settle();
    assert.deepEqual(heard, [[{conversation_id: 10}, {user_id: '1'}]]);
  });

  it('refuses a whisper from outside the channel', async () => {
    const pusher = await connect(1);
    const errors: {data: {code: number}}[] = [];
    pusher.connection.bind('error', (error: {data: {code: number}}) => errors.push(error));
    pusher.send_event('client-typing', {}, 'presence-conversation.10');
    await server.settle();
    assert.equal(errors[0]!.data.code, 4009);
  });

  it('closes with 1009 what sends a frame over 10,000 bytes', async () => {
    const socket = server.environment.createWebSocket('ws://fake.test/app/fake-key?protocol=7');
    const codes: number[] = [];
    socket.addEventListener('close', (event) => codes.push(event.code));
    await server.settle();
    socket.send(JSON.stringify({event: 'client-x', data: {text: 'x'.repeat(10_000)}}));
    await server.settle();
    assert.deepEqual(codes, [1009]);
    assert.equal(server.socketIds.length, 0);
  });

  it('answers a ping', async () => {
    const pusher = await connect(1);
    pusher.send_event('pusher:ping', {});
    await server.settle();
    assert.deepEqual(
      server.log.frames.filter((frame) => frame.event?.startsWith('pusher:p')).map((frame) => [frame.direction, frame.event]),
      [
        ['in', 'pusher:ping'],
        ['out', 'pusher:pong'],
      ],
    );
  });

  it('breaks the link of everybody when it stops, and takes nobody until it starts', async () => {
    const pusher = await connect(1);
    server.stop('sockets');
    await server.settle();
    assert.equal(server.socketIds.length, 0);
    pusher.disconnect();
    pusher.connect();
    await server.settle();
    assert.equal(pusher.connection.state, 'connecting');
    assert.equal(server.socketIds.length, 0);
    pusher.disconnect();
    server.start();
    pusher.connect();
    await server.settle();
    assert.equal(pusher.connection.state, 'connected');
  });
});
