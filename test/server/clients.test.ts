import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import Echo from 'laravel-echo';
import PusherServer from 'pusher';
import pusherJs from 'pusher-js';
import {start, type Caller, type TestServer} from './start.js';

// Its types promise a `default` that the CommonJS build for Node does not have: there, the module is the class.
const Pusher = pusherJs as unknown as typeof pusherJs.default;

/** pusher-js as a Laravel page configures it, but with a token where the page has a cookie. */
function options(server: TestServer, person: Caller) {
  return {
    cluster: '',
    wsHost: '127.0.0.1',
    wsPort: server.port,
    forceTLS: false,
    enabledTransports: ['ws' as const],
    channelAuthorization: {
      endpoint: `${server.url}/broadcasting/auth`,
      transport: 'ajax' as const,
      headers: {Authorization: `Bearer ${person.token}`},
    },
  };
}

/** Resolves with the first data of an event on something with `bind`. */
function heard<Data>(source: {bind(event: string, listener: (data: Data) => void): unknown}, event: string): Promise<Data> {
  return new Promise((resolve) => source.bind(event, resolve));
}

interface Members {
  readonly count: number;
  readonly myID: string;
}

describe('pusher-js', () => {
  it('subscribes to a private channel through the form-encoded auth route and hears a message', async () => {
    await using server = await start();
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    const pusher = new Pusher('demo-key', options(server, vali));
    try {
      const channel = pusher.subscribe(`private-user.${vali.userId}`);
      await heard(channel, 'pusher:subscription_succeeded');
      const event = heard<{type: string; data: {message: {content: string}}}>(channel, 'App\\Events\\MessageSentEvent');
      await ali.send(1, 'Salom');
      const {type, data} = await event;
      assert.equal(type, 'message');
      assert.equal(data.message.content, 'Salom');
    } finally {
      pusher.disconnect();
    }
  });

  it('sees who is present, who comes and who goes, and whispers with a name that cannot be forged', async () => {
    await using server = await start();
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    const first = new Pusher('demo-key', options(server, ali));
    const second = new Pusher('demo-key', options(server, vali));
    try {
      const mine = first.subscribe('presence-conversation.1');
      assert.equal((await heard<Members>(mine, 'pusher:subscription_succeeded')).myID, '1');
      const added = heard<{id: string; info: {name: string}}>(mine, 'pusher:member_added');
      const theirs = second.subscribe('presence-conversation.1');
      assert.equal((await heard<Members>(theirs, 'pusher:subscription_succeeded')).count, 2);
      assert.equal((await added).info.name, 'Vali Yusupov');

      const whisper = new Promise((resolve) => {
        mine.bind('client-typing', (data: unknown, metadata: unknown) => resolve([data, metadata]));
      });
      theirs.trigger('client-typing', {type: 'typing', user_id: 1});
      assert.deepEqual(await whisper, [{type: 'typing', user_id: 1}, {user_id: '2'}]);

      const removed = heard<{id: string}>(mine, 'pusher:member_removed');
      second.disconnect();
      assert.equal((await removed).id, '2');
    } finally {
      first.disconnect();
      second.disconnect();
    }
  });

  it('is refused the channel of somebody else', async () => {
    await using server = await start();
    const pusher = new Pusher('demo-key', options(server, await server.signIn('ali')));
    try {
      const refusal = await heard<{status: number}>(pusher.subscribe('private-user.2'), 'pusher:subscription_error');
      assert.equal(refusal.status, 403);
    } finally {
      pusher.disconnect();
    }
  });

  it('gives up for good on a wrong app key', async ({mock}) => {
    await using server = await start();
    // Refused by a close frame, pusher-js closes the closed socket once more, and its WebSocket for Node (faye-websocket) then
    // waits 30 s for an answer to that. Nothing hands this timer out, so it is caught where it is made.
    const timeout = mock.method(globalThis, 'setTimeout');
    const pusher = new Pusher('wrong-key', options(server, await server.signIn('ali')));
    const error = await heard<{error: {data: {code: number}}}>(pusher.connection, 'error');
    assert.equal(error.error.data.code, 4001);
    assert.equal(pusher.connection.state, 'disconnected');
    for (const {
      arguments: [, delay],
      result,
    } of timeout.mock.calls)
      if (delay === 30_000) clearTimeout(result);
  });
});

describe('laravel-echo', () => {
  it('listens by the name of the Laravel event and whispers', async () => {
    await using server = await start();
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    const [echo, peer] = [vali, ali].map((person) => {
      const client = new Pusher('demo-key', options(server, person));
      return new Echo({broadcaster: 'pusher', key: 'demo-key', client, withoutInterceptors: true});
    });
    assert.ok(echo && peer);
    try {
      const message = new Promise<{data: {message: {content: string}}}>((resolve, reject) => {
        echo
          .private('user.2')
          .listen('MessageSentEvent', resolve)
          .error(reject)
          .subscribed(() => void ali.send(1, 'Echo?'));
      });
      assert.equal((await message).data.message.content, 'Echo?');

      const room = echo.join('conversation.1');
      const whisper = new Promise((resolve) => room.listenForWhisper('typing', resolve));
      await new Promise<void>((resolve) => room.here(() => resolve()));
      const peerRoom = peer.join('conversation.1');
      await new Promise<void>((resolve) => peerRoom.here(() => resolve()));
      peerRoom.whisper('typing', {name: 'Ali'});
      assert.deepEqual(await whisper, {name: 'Ali'});
    } finally {
      echo.disconnect();
      peer.disconnect();
    }
  });
});

describe('the official pusher package', () => {
  function backend(server: TestServer, secret = 'demo-secret'): PusherServer {
    return new PusherServer({
      appId: '1001',
      key: 'demo-key',
      secret,
      host: '127.0.0.1',
      port: String(server.port),
      useTLS: false,
    });
  }

  it('triggers single events and batches, and leaves out the socket that it names', async () => {
    await using server = await start();
    const vali = await server.signIn('vali');
    const pusher = new Pusher('demo-key', options(server, vali));
    try {
      const channel = pusher.subscribe('private-user.2');
      await heard(channel, 'pusher:subscription_succeeded');
      const single = heard(channel, 'single');
      const batched = heard(channel, 'batched');
      let excluded = false;
      channel.bind('excluded', () => (excluded = true));
      await backend(server).trigger('private-user.2', 'excluded', {}, {socket_id: pusher.connection.socket_id});
      await backend(server).trigger(['private-user.2', 'private-user.3'], 'single', {n: 1});
      await backend(server).triggerBatch([{channel: 'private-user.2', name: 'batched', data: {n: 2}}]);
      assert.deepEqual(await single, {n: 1});
      assert.deepEqual(await batched, {n: 2});
      assert.equal(excluded, false);
    } finally {
      pusher.disconnect();
    }
  });

  it('asks about channels and their users', async () => {
    await using server = await start();
    const pusher = new Pusher('demo-key', options(server, await server.signIn('ali')));
    const ask = async (path: string, params = {}): Promise<unknown> => (await backend(server).get({path, params})).json();
    try {
      await heard(pusher.subscribe('presence-conversation.1'), 'pusher:subscription_succeeded');
      await heard(pusher.subscribe('news'), 'pusher:subscription_succeeded');
      assert.deepEqual(await ask('/channels', {filter_by_prefix: 'presence-', info: 'user_count'}), {
        channels: {'presence-conversation.1': {user_count: 1}},
      });
      assert.deepEqual(await ask('/channels/news', {info: 'subscription_count'}), {occupied: true, subscription_count: 1});
      assert.deepEqual(await ask('/channels/nobody'), {occupied: false});
      assert.deepEqual(await ask('/channels/presence-conversation.1/users'), {users: [{id: '1'}]});
    } finally {
      pusher.disconnect();
    }
  });

  it('ends the connections of one user and of nobody else', async () => {
    await using server = await start();
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    const gone = new Pusher('demo-key', options(server, ali));
    const stays = new Pusher('demo-key', options(server, vali));
    try {
      await heard(gone.subscribe('private-user.1'), 'pusher:subscription_succeeded');
      await heard(stays.subscribe('private-user.2'), 'pusher:subscription_succeeded');
      const ended = heard(gone.connection, 'disconnected');
      await backend(server).terminateUserConnections('1');
      await ended;
      assert.equal(stays.connection.state, 'connected');
    } finally {
      gone.disconnect();
      stays.disconnect();
    }
  });

  it('is refused with a wrong secret, and with more than 10,000 bytes in all', async () => {
    await using server = await start();
    const status = async (attempt: Promise<unknown>): Promise<unknown> =>
      attempt.then(
        () => 200,
        (error: unknown) => (error as {status?: number}).status,
      );
    assert.equal(await status(backend(server, 'wrong').trigger('news', 'x', {})), 401);
    assert.equal(await status(backend(server).trigger('news', 'x', 'a'.repeat(9_000))), 200);
    assert.equal(await status(backend(server).trigger('news', 'x', 'a'.repeat(9_950))), 413);
  });
});
