import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {Logger} from '../../src/logging/index.js';
import {ApiError, ConfigError, SubscriptionError, type ChannelState, type ChatError} from '../../src/model/index.js';
import {Bed} from './support/set-up.js';
import {healthy, type Script} from './support/scripted-server.js';

const CHANNEL = 'private-user.1';

/** Welcomes, and confirms nothing. */
const mute: Script = (link) => {
  link.welcome();
  link.onReceive = (frame) => frame.event === 'pusher:ping' && link.deliver('pusher:pong', {});
};

function statesOf(bed: Bed, channel = CHANNEL): ChannelState[] {
  const states: ChannelState[] = [];
  bed.connection.subscribe(channel).onStateChange((state) => states.push(state));
  return states;
}

/** A channel that has failed three times, because the backend cannot be reached. */
async function openUnreachable(): Promise<{readonly bed: Bed; readonly states: ChannelState[]}> {
  const bed = new Bed();
  bed.authorize = () => Promise.reject(new TypeError('Failed to fetch'));
  const states = statesOf(bed);
  await bed.connect();
  await bed.pass(60_000);
  assert.equal(states.at(-1), 'denied');
  return {bed, states};
}

async function rejectionOf(promise: Promise<unknown>): Promise<ChatError> {
  return promise.then(
    () => assert.fail('it resolved'),
    (error: unknown) => error as ChatError,
  );
}

describe('channels of a ConnectionController', () => {
  it('go from authorizing over subscribing to subscribed', async () => {
    const bed = new Bed();
    const states = statesOf(bed);
    await bed.connect();
    await bed.pass(0);
    assert.deepEqual(states, ['authorizing', 'subscribing', 'subscribed']);
    assert.deepEqual(bed.server.last.sent[0], {
      event: 'pusher:subscribe',
      data: {auth: 'demo-key:signature', channel: CHANNEL},
    });
    assert.equal(bed.asked[0]?.socketId, '1.1');
    bed.connection.dispose();
  });

  it('tell each state when they enter it, also on the next try', async () => {
    const bed = new Bed();
    const handle = bed.connection.subscribe(CHANNEL);
    const told: (readonly [ChannelState, ChannelState])[] = [];
    handle.onStateChange((state) => told.push([state, handle.state]));
    bed.authorize = () => Promise.reject(new ApiError('network', 'No network.'));
    await bed.connect();
    bed.authorize = () => Promise.resolve({auth: 'demo-key:signature'});
    await bed.pass(5_000);
    const states: ChannelState[] = ['authorizing', 'waiting', 'idle', 'authorizing', 'subscribing', 'subscribed'];
    assert.deepEqual(
      told,
      states.map((state) => [state, state]),
    );
    bed.connection.dispose();
  });

  it('are joined once, however many hold them, and left with the last', async () => {
    const bed = new Bed();
    const first = bed.connection.subscribe(CHANNEL);
    const second = bed.connection.subscribe(CHANNEL);
    await bed.connect();
    await bed.pass(0);
    await Promise.all([first.ready, second.ready]);
    first.unsubscribe();
    first.unsubscribe();
    await bed.pass(0);
    assert.equal(bed.server.last.count('pusher:unsubscribe'), 0);
    assert.equal(second.state, 'subscribed');
    const third = bed.connection.subscribe(CHANNEL);
    await third.ready;
    third.unsubscribe();
    second.unsubscribe();
    await bed.pass(0);
    assert.equal(bed.server.last.count('pusher:subscribe'), 1);
    assert.equal(bed.server.last.count('pusher:unsubscribe'), 1);
    assert.equal(bed.connection.channels.size, 0);
    bed.connection.dispose();
  });

  it('ask nobody where they are public', async () => {
    const bed = new Bed();
    const handle = bed.connection.subscribe('news');
    await bed.connect();
    await bed.pass(0);
    await handle.ready;
    assert.equal(bed.asked.length, 0);
    bed.connection.dispose();
  });

  it('refuse names that the protocol does not allow', () => {
    const bed = new Bed();
    for (const name of [
      '',
      'a b',
      'private-a:b',
      '#server',
      'ä',
      'x'.repeat(201),
      '__proto__',
      'constructor',
      'private-encrypted-a',
    ]) {
      assert.throws(() => bed.connection.subscribe(name), ConfigError, name);
    }
    assert.equal(bed.connection.channels.size, 0);
    bed.connection.dispose();
  });

  it('know who is there on presence channels', async () => {
    const bed = new Bed();
    bed.authorize = () => Promise.resolve({auth: 'a:b', channelData: '{"user_id":1,"user_info":{}}'});
    const handle = bed.connection.subscribe('presence-conversation.7');
    await bed.connect();
    await bed.pass(0);
    await handle.ready;
    const members = () => [...(bed.connection.channels.get('presence-conversation.7')?.members?.keys() ?? [])];
    assert.deepEqual(members(), ['1']);
    bed.server.last.deliver(
      'pusher_internal:member_added',
      '{"user_id":45,"user_info":{"name":"Vali"}}',
      'presence-conversation.7',
    );
    await bed.pass(0);
    assert.deepEqual(members(), ['1', '45']);
    bed.server.last.deliver('pusher_internal:member_removed', '{"user_id":1}', 'presence-conversation.7');
    await bed.pass(0);
    assert.deepEqual(members(), ['45']);
    bed.connection.dispose();
  });

  it('know who is there also where that is 2,000 people', async () => {
    const ids = Array.from({length: 2_000}, (_, i) => i + 1);
    // As Reverb writes it.
    const hash = Object.fromEntries(ids.map((id) => [id, {id, name: `Person ${id}`, avatar_url: `/avatars/${id}.png`}]));
    const bed = new Bed((link) => {
      healthy(link);
      link.onReceive = ({event, data}) => {
        if (event === 'pusher:subscribe') link.confirm(String(data['channel']), {presence: {count: ids.length, ids, hash}});
      };
    });
    bed.authorize = () => Promise.resolve({auth: 'a:b', channelData: '{"user_id":1}'});
    bed.connection.subscribe('presence-conversation.7');
    await bed.connect();
    await bed.pass(0);
    assert.equal(bed.connection.channels.get('presence-conversation.7')?.members?.size, 2_000);
    bed.connection.dispose();
  });

  it('tell their holders who is there, and when that changes', async () => {
    const bed = new Bed();
    bed.authorize = () => Promise.resolve({auth: 'a:b', channelData: '{"user_id":1}'});
    const handle = bed.connection.subscribe('presence-c.7');
    const heard: string[] = [];
    const states: ChannelState[] = [];
    handle.onMembersChange((members) => heard.push([...members.keys()].join()));
    handle.onStateChange((state) => states.push(state));
    await bed.connect();
    await bed.pass(0);
    const told = bed.connection.channels.get('presence-c.7')?.members;
    bed.server.last.deliver('pusher_internal:member_added', '{"user_id":45,"user_info":{}}', 'presence-c.7');
    bed.server.last.deliver('pusher_internal:member_removed', '{"user_id":1}', 'presence-c.7');
    await bed.pass(0);
    assert.deepEqual(heard, ['1', '1,45', '45']);
    assert.deepEqual([...(told?.keys() ?? [])], ['1'], 'what was handed out stays as it was');
    assert.deepEqual(states, ['authorizing', 'subscribing', 'subscribed'], 'nobody subscribed again');
    handle.unsubscribe();
    bed.connection.dispose();
  });

  it('take no answer of a host for a presence channel without the member in it', async () => {
    const bed = new Bed();
    const handle = bed.connection.subscribe('presence-c.7');
    await bed.connect();
    await bed.pass(60_000);
    assert.equal(handle.state, 'denied');
    assert.deepEqual(bed.server.last.subscribed, []);
    bed.connection.dispose();
  });

  it('take from a host what its backend answered, too', async () => {
    for (const [name, answer] of Object.entries({
      'presence-c.7': {auth: 'a:b', channel_data: '{"user_id":1}'},
      'private-c.7': {auth: 'a:b', channel_data: null},
    })) {
      const bed = new Bed();
      bed.authorize = () => Promise.resolve(answer);
      const handle = bed.connection.subscribe(name);
      await bed.connect();
      await bed.pass(0);
      assert.equal(handle.state, 'subscribed', name);
      const asked = bed.server.last.sent.find(({event}) => event === 'pusher:subscribe');
      assert.equal(asked?.data['channel_data'], answer.channel_data ?? undefined);
      bed.connection.dispose();
    }
  });

  it('whisper only while subscribed, and never more than the server takes', async () => {
    const bed = new Bed();
    const handle = bed.connection.subscribe(CHANNEL);
    assert.equal(handle.whisper('client-typing', {}), false);
    let answer: () => void = () => undefined;
    bed.authorize = () => new Promise((resolve) => (answer = () => resolve({auth: 'a:b'})));
    await bed.connect();
    await bed.pass(0);
    assert.equal(handle.state, 'authorizing');
    assert.equal(handle.whisper('client-typing', {}), false);
    answer();
    await bed.pass(0);
    assert.equal(bed.server.last.count('client-typing'), 0);
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    assert.equal(handle.whisper('typing', {}), false);
    assert.equal(handle.whisper('client-typing', {text: 'x'.repeat(10_000)}), false);
    assert.equal(handle.whisper('client-typing', circular), false);
    assert.equal(handle.whisper('client-typing', {on: true}), true);
    await bed.pass(0);
    assert.deepEqual(bed.server.last.sent.at(-1), {event: 'client-typing', data: {on: true}, channel: CHANNEL});
    handle.unsubscribe();
    assert.equal(handle.whisper('client-typing', {on: true}), false);
    bed.connection.dispose();
  });

  it('begin at most five at once and ten a second', async () => {
    const bed = new Bed();
    let running = 0;
    let most = 0;
    const starts: number[] = [];
    bed.authorize = async () => {
      starts.push(bed.clock.now());
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => bed.clock.setTimeout(resolve, 30));
      running -= 1;
      return {auth: 'a:b'};
    };
    for (let index = 0; index < 40; index += 1) bed.connection.subscribe(`private-c.${index}`);
    await bed.connect();
    await bed.pass(6000);
    assert.equal(bed.server.last.subscribed.length, 40);
    assert.equal(most, 5);
    for (const start of starts) {
      const within = starts.filter((other) => other >= start && other < start + 1000).length;
      assert.ok(within <= 10, `${within} within a second`);
    }
    bed.connection.dispose();
  });

  it('begin after that second also where nothing else happens by then', async () => {
    const bed = new Bed();
    const handles = Array.from({length: 12}, (_, index) => bed.connection.subscribe(`news.${index}`));
    await bed.connect();
    await bed.pass(0);
    assert.equal(handles.filter(({state}) => state === 'subscribed').length, 10);
    await bed.pass(1000);
    assert.ok(handles.every(({state}) => state === 'subscribed'));
    bed.connection.dispose();
  });

  it('whisper nearly as much as Reverb takes: a frame of 10,000 bytes, with what is around the data', async () => {
    const bed = new Bed();
    const handle = bed.connection.subscribe(CHANNEL);
    await bed.connect();
    await bed.pass(0);
    const lengths = Array.from({length: 300}, (_, index) => 9750 + index);
    const longest = lengths.findLast((length) => handle.whisper('client-typing', {text: 'x'.repeat(length)}));
    await bed.pass(0);
    const sizes = bed.server.last.sent.map((frame) => JSON.stringify(frame).length);
    assert.ok(Math.max(...sizes) <= 10_000);
    assert.ok(longest! > 9800 && longest! < 9999, String(longest));
    bed.connection.dispose();
  });

  it('count as begun until the server has confirmed them', async () => {
    const bed = new Bed(mute);
    for (let index = 0; index < 12; index += 1) bed.connection.subscribe(`private-c.${index}`);
    await bed.connect();
    await bed.pass(5000);
    assert.equal(bed.server.last.count('pusher:subscribe'), 5);
    for (const name of bed.server.last.subscribed) bed.server.last.confirm(name);
    await bed.pass(2000);
    assert.equal(bed.server.last.count('pusher:subscribe'), 10);
    bed.connection.dispose();
  });

  it('make room for the next when one is given back', async () => {
    const bed = new Bed(mute);
    const handles = Array.from({length: 6}, (_, index) => bed.connection.subscribe(`private-c.${index}`));
    await bed.connect();
    await bed.pass(0);
    assert.equal(handles[5]!.state, 'idle');
    handles[0]!.unsubscribe();
    await bed.pass(0);
    assert.equal(handles[5]!.state, 'subscribing');
    bed.connection.dispose();
  });

  it('are not held with a signal that is aborted already', async () => {
    const bed = new Bed();
    const handle = bed.connection.subscribe(CHANNEL, AbortSignal.abort());
    await bed.connect();
    await bed.pass(0);
    assert.match((await rejectionOf(handle.ready)).message, /given back/);
    assert.deepEqual(bed.asked, []);
    assert.equal(bed.connection.channels.size, 0);
    bed.connection.dispose();
  });

  it('subscribe again after a drop, each once', async () => {
    const bed = new Bed();
    const names = ['private-a', 'private-b', 'news'];
    for (const name of names) bed.connection.subscribe(name);
    await bed.connect();
    await bed.pass(10_000);
    bed.server.last.socket.drop();
    await bed.pass(2000);
    assert.equal(bed.server.links.length, 2);
    assert.deepEqual([...bed.server.last.subscribed].sort(), [...names].sort());
    assert.ok([...bed.connection.channels.values()].every(({state}) => state === 'subscribed'));
    bed.connection.dispose();
  });

  it('are not subscribed again once given back: no zombies', async () => {
    const bed = new Bed(mute);
    let answer: () => void = () => undefined;
    bed.authorize = () => new Promise((resolve) => (answer = () => resolve({auth: 'a:b'})));
    const pending = bed.connection.subscribe('private-authorizing');
    const waiting = bed.connection.subscribe('public-subscribing');
    await bed.connect();
    await bed.pass(0);
    pending.unsubscribe();
    waiting.unsubscribe();
    assert.equal(bed.asked[0]?.signal.aborted, true);
    answer();
    bed.server.last.confirm('public-subscribing');
    await bed.pass(10_000);
    bed.server.last.socket.drop();
    await bed.pass(3000);
    assert.equal(bed.server.links.length, 2);
    assert.deepEqual(bed.server.last.subscribed, []);
    assert.equal(bed.server.links[0]!.count('pusher:unsubscribe'), 1);
    assert.match((await rejectionOf(pending.ready)).message, /given back/);
    bed.connection.dispose();
  });

  it('survive leaving and joining again in one go', async () => {
    const bed = new Bed();
    const first = bed.connection.subscribe(CHANNEL);
    await bed.connect();
    await bed.pass(0);
    first.unsubscribe();
    const second = bed.connection.subscribe(CHANNEL);
    const heard: string[] = [];
    second.onEvent((event) => heard.push(event.type));
    await bed.pass(0);
    await second.ready;
    bed.server.last.deliver('e', {type: 'read', data: {conversation_id: 1, reader_id: 2, message_ids: [3]}}, CHANNEL);
    await bed.pass(0);
    assert.deepEqual(heard, ['read']);
    bed.connection.dispose();
  });

  it('are handed back when the connection is disposed of', async () => {
    const bed = new Bed();
    const handle = bed.connection.subscribe(CHANNEL);
    bed.connection.dispose();
    assert.match((await rejectionOf(handle.ready)).message, /given back/);
    assert.equal(handle.state, 'idle');
  });
});

describe('a channel whose subscription goes wrong', () => {
  it('is tried again when no confirmation comes, and denied after three times', async () => {
    const bed = new Bed(mute);
    const states = statesOf(bed);
    await bed.connect();
    await bed.pass(60_000);
    assert.deepEqual(states.filter((state) => state === 'subscribing').length, 3);
    assert.equal(states.at(-1), 'denied');
    assert.equal(bed.server.last.count('pusher:unsubscribe'), 3);
    assert.equal(bed.errors.length, 1);
    assert.equal(bed.errors[0]?.code, 'subscription-failed');
    assert.equal(bed.state, 'connected', 'the rest works on');
    bed.connection.dispose();
  });

  it('is found at once when the server complains (4009, 4301) without naming it', async () => {
    for (const code of [4009, 4301]) {
      let complaints = 0;
      const bed = new Bed((link) => {
        link.welcome();
        link.onReceive = ({event, data}) => {
          if (event !== 'pusher:subscribe') return;
          complaints += 1;
          if (complaints === 1) link.complain(code, 'Connection is unauthorized');
          else link.confirm(String(data['channel']));
        };
      });
      const states = statesOf(bed);
      await bed.connect();
      await bed.pass(0);
      assert.equal(states.at(-1), 'waiting');
      await bed.pass(12_000);
      assert.equal(states.at(-1), 'subscribed', String(code));
      assert.equal(bed.asked.length, 2, 'with a new authorization');
      assert.deepEqual(bed.errors, [], 'nobody need hear of it');
      bed.connection.dispose();
    }
  });

  it('waits for the watchdog when two may be meant', async () => {
    const bed = new Bed(mute);
    const first = statesOf(bed, 'private-a');
    const second = statesOf(bed, 'private-b');
    await bed.connect();
    await bed.pass(0);
    bed.server.last.complain(4009, 'Connection is unauthorized');
    bed.server.last.confirm('private-b');
    await bed.pass(0);
    assert.equal(first.at(-1), 'subscribing');
    assert.equal(second.at(-1), 'subscribed');
    await bed.pass(10_000);
    assert.equal(first.at(-1), 'waiting');
    await bed.pass(4_000);
    assert.equal(first.at(-1), 'subscribing');
    bed.server.last.complain(4009, 'Connection is unauthorized');
    await bed.pass(0);
    assert.equal(first.at(-1), 'waiting', 'the other one is joined, so it is not the one that is meant');
    bed.connection.dispose();
  });

  it('is tried again when the server refuses it by name', async () => {
    const bed = new Bed(mute);
    const states = statesOf(bed);
    await bed.connect();
    await bed.pass(0);
    bed.server.last.deliver('pusher:subscription_error', {type: 'AuthError', error: 'no', status: 401}, CHANNEL);
    await bed.pass(0);
    assert.equal(states.at(-1), 'waiting');
    bed.connection.dispose();
  });

  for (const {status, known} of [
    {status: 401, known: 401},
    {status: 403, known: 403},
    {status: 500, known: null},
  ]) {
    it(`is refused by name with status ${status}: its holders are told ${known ?? 'none, as that is no refusal of the person'}`, async () => {
      const bed = new Bed((link) => {
        link.welcome();
        link.onReceive = ({event}) =>
          event === 'pusher:subscribe' && link.deliver('pusher:subscription_error', {type: 'AuthError', status}, CHANNEL);
      });
      const handle = bed.connection.subscribe(CHANNEL);
      await bed.connect();
      await bed.pass(60_000);
      const error = await rejectionOf(handle.ready);
      assert.ok(error instanceof SubscriptionError);
      assert.deepEqual([error.code, error.status], ['subscription-failed', known]);
      assert.match(error.message, /refused.*the key and secret/);
      bed.connection.dispose();
    });
  }

  it('gets no authorization that was made for another socket', async () => {
    const bed = new Bed();
    const answers: (() => void)[] = [];
    bed.authorize = ({socketId}) => new Promise((resolve) => answers.push(() => resolve({auth: `for ${socketId}`})));
    bed.connection.subscribe(CHANNEL);
    await bed.connect();
    bed.server.last.socket.drop();
    await bed.pass(5000);
    assert.equal(bed.server.links.length, 2);
    assert.equal(bed.asked.length, 2);
    assert.equal(bed.asked[0]?.signal.aborted, true);
    for (const answer of answers) answer();
    await bed.pass(0);
    assert.deepEqual(
      bed.server.last.sent.filter(({event}) => event === 'pusher:subscribe').map(({data}) => data['auth']),
      ['for 2.1'],
    );
    bed.connection.dispose();
  });

  it('is not hurt by a refusal that was meant for another socket', async () => {
    const bed = new Bed();
    const answers: ((error: unknown) => void)[] = [];
    bed.authorize = ({socketId}) =>
      socketId === '1.1' ? new Promise((_, reject) => answers.push(reject)) : Promise.resolve({auth: 'a:b'});
    const states = statesOf(bed);
    await bed.connect();
    bed.server.last.socket.drop();
    await bed.pass(5000);
    assert.equal(states.at(-1), 'subscribed');
    for (const answer of answers) answer(new SubscriptionError('subscription-denied', CHANNEL, 'no', 403));
    await bed.pass(0);
    assert.equal(states.at(-1), 'subscribed');
    assert.deepEqual(bed.errors, []);
    bed.connection.dispose();
  });
});

describe('a channel whose authorization goes wrong', () => {
  const denied = new SubscriptionError('subscription-denied', CHANNEL, 'Forbidden.', 403);

  it('is denied by 403, asks no more, and leaves the others alone', async () => {
    const bed = new Bed();
    bed.authorize = ({channelName}) => (channelName === CHANNEL ? Promise.reject(denied) : Promise.resolve({auth: 'a:b'}));
    const handle = bed.connection.subscribe(CHANNEL);
    const other = bed.connection.subscribe('private-other');
    await bed.connect();
    await bed.pass(600_000);
    assert.equal(handle.state, 'denied');
    assert.equal(other.state, 'subscribed');
    assert.equal(await rejectionOf(handle.ready), denied);
    assert.deepEqual(bed.errors, [denied]);
    bed.server.last.socket.drop();
    await bed.pass(5000);
    assert.equal(other.state, 'subscribed');
    const late = bed.connection.subscribe(CHANNEL);
    assert.equal(await rejectionOf(late.ready), denied);
    late.unsubscribe();
    handle.unsubscribe();
    await bed.pass(0);
    assert.equal(bed.asked.filter(({channelName}) => channelName === CHANNEL).length, 1);
    assert.equal(bed.server.last.count('pusher:unsubscribe'), 0, 'it was never asked for');
    bed.connection.dispose();
  });

  it('asks again after retry()', async () => {
    const bed = new Bed();
    bed.authorize = () => Promise.reject(denied);
    const handle = bed.connection.subscribe(CHANNEL);
    await bed.connect();
    await bed.pass(0);
    bed.authorize = () => Promise.resolve({auth: 'a:b'});
    bed.connection.retry();
    await bed.pass(0);
    assert.equal(handle.state, 'subscribed');
    await bed.connection.subscribe(CHANNEL).ready;
    bed.server.last.socket.drop();
    await bed.pass(5000);
    assert.equal(handle.state, 'subscribed', 'on the next socket, too');
    assert.equal(bed.server.last.count('pusher:subscribe'), 1);
    bed.connection.dispose();
  });

  it('asks again after retry() once a second at most, however often somebody presses the button', async () => {
    const bed = new Bed();
    bed.authorize = () => Promise.reject(denied);
    bed.connection.subscribe(CHANNEL);
    await bed.connect();
    for (const asked of [2, 3]) {
      for (let press = 0; press < 5; press += 1) {
        bed.connection.retry();
        await bed.pass(10);
      }
      assert.equal(bed.asked.length, asked);
      await bed.pass(1000);
    }
    bed.connection.dispose();
  });

  it('asks after retry() for none that is subscribed', async () => {
    const bed = new Bed();
    const handle = bed.connection.subscribe(CHANNEL);
    const states = statesOf(bed);
    await bed.connect();
    await bed.pass(0);
    bed.connection.retry();
    await bed.pass(2000);
    assert.equal(bed.asked.length, 1);
    assert.equal(handle.state, 'subscribed');
    assert.equal(states.at(-1), 'subscribed');
    bed.connection.dispose();
  });

  it('has three tries again after retry(), and on the next socket', async () => {
    const bed = new Bed();
    bed.authorize = () => Promise.reject(new Error('broken'));
    const handle = bed.connection.subscribe(CHANNEL);
    await bed.connect();
    for (const again of [() => bed.connection.retry(), () => bed.server.last.socket.drop()]) {
      await bed.pass(60_000);
      assert.equal(handle.state, 'denied');
      bed.asked.length = 0;
      again();
      await bed.pass(60_000);
      assert.equal(handle.state, 'denied');
      assert.equal(bed.asked.length, 3);
    }
    bed.connection.dispose();
  });

  for (const [what, error] of [
    ['a 500', new ApiError('server', 'Server error', {status: 500})],
    ['a 408', new ApiError('server', 'Timeout', {status: 408})],
    ['no network', new ApiError('network', 'No network')],
    ['a timeout', new ApiError('timeout', 'No answer')],
    ['a call that the host has ended', new ApiError('aborted', 'Ended')],
  ] as const) {
    it(`is tried again after ${what}, for as long as it takes`, async () => {
      const bed = new Bed();
      bed.authorize = () => Promise.reject(error);
      const states = statesOf(bed);
      await bed.connect();
      await bed.pass(120_000);
      assert.equal(states.at(-1), 'waiting');
      assert.ok(bed.asked.length > 5 && bed.asked.length < 25, `${bed.asked.length} questions in two minutes`);
      bed.authorize = () => Promise.resolve({auth: 'a:b'});
      await bed.pass(21_000);
      assert.equal(states.at(-1), 'subscribed');
      assert.deepEqual(bed.errors, []);
      bed.connection.dispose();
    });
  }

  it('says in the log why it waits, as nothing else does', async (test) => {
    const lines: string[] = [];
    Logger.setSink(({level, tag, fields}) => level === 'warn' && lines.push(`${tag} ${JSON.stringify(fields)}`));
    Logger.enable('ChannelAuthorizer');
    test.after(() => {
      Logger.disable();
      Logger.setSink(null);
    });
    const bed = new Bed();
    bed.authorize = () => Promise.reject(new ApiError('server', 'auth-endpoint answered 500.', {status: 500}));
    const states = statesOf(bed);
    await bed.connect();
    await bed.pass(0);
    assert.equal(states.at(-1), 'waiting');
    assert.deepEqual(lines, [`ChannelAuthorizer {"channel":"${CHANNEL}","why":"auth-endpoint answered 500."}`]);
    bed.connection.dispose();
  });

  it('is tried again after a handler of the host that never answers, and keeps no other channel waiting for ever', async () => {
    const bed = new Bed();
    const given: AbortSignal[] = [];
    bed.authorize = ({signal}) => {
      given.push(signal);
      return new Promise(() => undefined);
    };
    for (let index = 0; index < 6; index += 1) bed.connection.subscribe(`private-c.${index}`);
    await bed.connect();
    await bed.pass(59_000);
    assert.equal(bed.asked.length, 5);
    bed.authorize = () => Promise.resolve({auth: 'a:b'});
    await bed.pass(5_000);
    const states = [...bed.connection.channels.values()].map(({state}) => state);
    assert.deepEqual(states, Array(6).fill('subscribed'));
    assert.deepEqual(
      given.map(({aborted}) => aborted),
      Array(5).fill(true),
    );
    bed.connection.dispose();
  });

  it('holds all channels back after a 429, for as long as the server says', async () => {
    const bed = new Bed();
    bed.authorize = () => Promise.reject(new ApiError('rate-limited', 'Slow down', {status: 429, retryAfter: 30_000}));
    for (let index = 0; index < 8; index += 1) bed.connection.subscribe(`private-c.${index}`);
    await bed.connect();
    // Which asks for a shorter pause.
    bed.server.last.complain(4301, 'Rate limit exceeded');
    await bed.pass(29_000);
    const before = bed.asked.length;
    assert.ok(before <= 5, `${before} questions`);
    const states = [...bed.connection.channels.values()].map(({state}) => state);
    assert.deepEqual(states.slice(0, before), Array(before).fill('waiting'), 'those who asked have been told to wait');
    bed.authorize = () => Promise.resolve({auth: 'a:b'});
    await bed.pass(5000);
    assert.ok([...bed.connection.channels.values()].every(({state}) => state === 'subscribed'));
    bed.connection.dispose();
  });

  it('holds all channels back for five seconds after a 429 that does not say how long', async () => {
    const bed = new Bed();
    bed.authorize = () => Promise.reject(new ApiError('rate-limited', 'Slow down', {status: 429}));
    const states = statesOf(bed);
    await bed.connect();
    bed.authorize = () => Promise.resolve({auth: 'a:b'});
    await bed.pass(4900);
    assert.equal(states.at(-1), 'waiting');
    await bed.pass(1100);
    assert.equal(states.at(-1), 'subscribed');
    bed.connection.dispose();
  });

  it('holds all channels back for five seconds when the server got too many messages (4301), and says so', async () => {
    const bed = new Bed();
    await bed.connect();
    bed.server.last.complain(4301, 'Rate limit exceeded');
    await bed.pass(0);
    const handle = bed.connection.subscribe(CHANNEL);
    await bed.pass(5000);
    assert.equal(handle.state, 'idle');
    assert.match(bed.errors[0]!.message, /had too many messages \(4301\)/);
    await bed.pass(5000);
    assert.equal(handle.state, 'subscribed');
    bed.server.last.complain(4301, 'Rate limit exceeded');
    await bed.pass(0);
    bed.connection.dispose();
    assert.equal(bed.clock.pending, 0);
  });

  it('is joined soon enough also where the clock is set back after a 429', async () => {
    const bed = new Bed();
    const refused = new ApiError('rate-limited', 'Slow down', {status: 429, retryAfter: 1_000});
    bed.authorize = () => Promise.reject(refused);
    const first = bed.connection.subscribe(CHANNEL);
    await bed.connect();
    bed.authorize = () => Promise.resolve({auth: 'a:b'});
    await bed.pass(5_000);
    assert.equal(first.state, 'subscribed');
    bed.clock.jump(-3 * 3_600_000);
    const late = bed.connection.subscribe('private-late');
    await bed.pass(1_000);
    assert.equal(late.state, 'subscribed');
    bed.connection.dispose();
    assert.equal(bed.clock.pending, 0);
  });

  it('is given up after three answers that are none, and tried on the next socket', async () => {
    const bed = new Bed();
    bed.authorize = () => Promise.reject(new SubscriptionError('subscription-failed', CHANNEL, 'Not JSON', 200));
    const states = statesOf(bed);
    await bed.connect();
    await bed.pass(60_000);
    assert.equal(states.at(-1), 'denied');
    assert.equal(bed.asked.length, 3);
    assert.equal(bed.errors.length, 1);
    bed.authorize = () => Promise.resolve({auth: 'a:b'});
    bed.server.last.socket.drop();
    await bed.pass(5000);
    assert.equal(states.at(-1), 'subscribed');
    bed.connection.dispose();
  });

  it('is given up after three answers that call the question wrong, which an API of the host may give', async () => {
    const bed = new Bed();
    bed.authorize = () => Promise.reject(new ApiError('invalid', 'No such channel', {status: 422}));
    const states = statesOf(bed);
    await bed.connect();
    await bed.pass(60_000);
    assert.equal(states.at(-1), 'denied');
    assert.equal(bed.asked.length, 3);
    bed.connection.dispose();
  });

  it('is tried again five minutes after such answers on the same socket, which may last for days', async () => {
    const {bed, states} = await openUnreachable();
    bed.authorize = () => Promise.resolve({auth: 'a:b'});
    await bed.pass(300_000);
    assert.equal(states.at(-1), 'subscribed');
    assert.equal(bed.server.links.length, 1);
    bed.connection.dispose();
    assert.equal(bed.clock.pending, 0);
  });

  it('is left alone when it was refused in the meantime, also five minutes after such answers', async () => {
    const {bed} = await openUnreachable();
    bed.authorize = () => Promise.reject(new SubscriptionError('subscription-denied', CHANNEL, 'No.', 403));
    bed.connection.retry();
    await bed.pass(1000);
    const asked = bed.asked.length;
    await bed.pass(300_000);
    assert.equal(bed.asked.length, asked);
    bed.connection.dispose();
  });

  it('is given up after three failures of a handler of the host, whatever that throws', async () => {
    for (const thrown of [new Error('broken'), 'text', undefined, null]) {
      const bed = new Bed();
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what a host might do is what this is about
      bed.authorize = () => Promise.reject(thrown);
      const states = statesOf(bed);
      await bed.connect();
      await bed.pass(60_000);
      assert.equal(states.at(-1), 'denied');
      assert.equal(bed.errors.length, 1);
      bed.connection.dispose();
    }
  });

  it('is tried again after a handler of the host that disconnects', async () => {
    const bed = new Bed();
    bed.authorize = () => {
      bed.connection.disconnect();
      return Promise.resolve({auth: 'demo-key:signature'});
    };
    const handle = bed.connection.subscribe('private-a');
    await bed.connect();
    assert.equal(bed.state, 'idle');
    assert.equal(handle.state, 'idle');
    bed.authorize = () => Promise.resolve({auth: 'demo-key:signature'});
    await bed.pass(1000);
    await bed.connect();
    await bed.pass(0);
    assert.equal(handle.state, 'subscribed');
    bed.connection.dispose();
  });

  it('is unauthorized as a whole after a final 401: socket closed, one error', async () => {
    const bed = new Bed();
    const error = new SubscriptionError('unauthorized', CHANNEL, 'Unknown token', 401);
    bed.authorize = () => Promise.reject(error);
    for (let index = 0; index < 4; index += 1) bed.connection.subscribe(`private-c.${index}`);
    await bed.connect();
    await bed.pass(600_000);
    assert.equal(bed.state, 'unauthorized');
    assert.equal(bed.connection.status.retryAt, null);
    assert.equal(bed.server.open.length, 0);
    assert.deepEqual(bed.errors, [error]);
    bed.authorize = () => Promise.resolve({auth: 'a:b'});
    bed.connection.retry();
    await bed.pass(1000);
    assert.equal(bed.state, 'connected');
    assert.ok([...bed.connection.channels.values()].every(({state}) => state === 'subscribed'));
    bed.connection.dispose();
  });
});
