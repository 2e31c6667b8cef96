import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {seededRandom} from '../../src/testing/random.js';
import {Bed} from './support/set-up.js';
import {settle} from './support/scripted-server.js';

const CHANNEL = 'presence-conversation.7';
const GOOD = {type: 'typing', data: {conversation_id: 7, user: {id: 45, name: 'Ali'}}};

const HOSTILE: readonly string[] = [
  '',
  '{',
  '5',
  'null',
  'true',
  '"text"',
  '[]',
  '{}',
  '{"event":7}',
  '{"event":null}',
  '{"event":{}}',
  '{"event":"x","channel":7}',
  '{"event":"x","channel":{}}',
  '{"event":"x","channel":"__proto__"}',
  '{"event":"x","channel":"constructor"}',
  '{"event":"x","channel":"toString"}',
  '{"event":"pusher:error"}',
  '{"event":"pusher:error","data":null}',
  '{"event":"pusher:error","data":"{"}',
  '{"event":"pusher:error","data":{"code":"4001","message":{}}}',
  '{"event":"pusher:connection_established","data":null}',
  '{"event":"pusher:connection_established","data":"{\\"socket_id\\":\\"9.9\\",\\"activity_timeout\\":1}"}',
  '{"event":"pusher:signin_success","data":null}',
  '{"event":"pusher:subscription_error","channel":"CHANNEL","data":null}',
  '{"event":"pusher_internal:subscription_succeeded","channel":"CHANNEL","data":null}',
  '{"event":"pusher_internal:subscription_succeeded","channel":"CHANNEL","data":"{\\"presence\\":null}"}',
  '{"event":"pusher_internal:subscription_succeeded","channel":"CHANNEL","data":"{\\"presence\\":{\\"hash\\":null}}"}',
  '{"event":"pusher_internal:subscription_count","channel":"CHANNEL","data":null}',
  '{"event":"pusher_internal:member_added","channel":"CHANNEL","data":null}',
  '{"event":"pusher_internal:member_added","channel":"CHANNEL","data":{"user_id":"__proto__","user_info":{"polluted":true}}}',
  '{"event":"pusher_internal:member_removed","channel":"CHANNEL"}',
  '{"event":"pusher_internal:member_removed","channel":"CHANNEL","data":{"user_id":{}}}',
  '{"event":"e","channel":"CHANNEL","data":{"__proto__":{"polluted":true},"type":"message"}}',
  '{"event":"e","channel":"CHANNEL","data":"{\\"type\\":\\"message\\",\\"data\\":{\\"message\\":null}}"}',
  '{"event":"client-typing","channel":"CHANNEL","data":null,"user_id":{}}',
  `{"event":"e","channel":"CHANNEL","data":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
  `{"event":"e","channel":"CHANNEL","data":"${'x'.repeat(1_100_000)}"}`,
  '\u0000\u0001\u0002',
].map((frame) => frame.replaceAll('CHANNEL', CHANNEL));

/** What got out of a handler, and so would show up in the console of the page. */
const uncaught: unknown[] = [];
const remember = (error: unknown): void => void uncaught.push(error);

async function subscribedBed(): Promise<Bed> {
  const bed = new Bed();
  bed.authorize = () => Promise.resolve({auth: 'a:b', channelData: '{"user_id":1}'});
  const handle = bed.connection.subscribe(CHANNEL);
  await bed.connect();
  await bed.pass(0);
  await handle.ready;
  return bed;
}

/** Whether a good event still comes through. */
async function hearsGoodEvent(bed: Bed): Promise<boolean> {
  let heard = 0;
  const stop = bed.connection.onEvent(() => (heard += 1));
  bed.server.last.deliver('Typing', JSON.stringify(GOOD), CHANNEL);
  await settle();
  stop();
  return heard === 1;
}

describe('frames of a hostile server', () => {
  before(() => {
    process.on('uncaughtException', remember);
    process.on('unhandledRejection', remember);
  });
  after(() => {
    process.off('uncaughtException', remember);
    process.off('unhandledRejection', remember);
  });

  for (const [index, frame] of HOSTILE.entries()) {
    it(`do no harm: ${index + 1}. ${frame.slice(0, 70) || '(empty)'}`, async () => {
      uncaught.length = 0;
      const bed = await subscribedBed();
      bed.server.last.socket.deliver(frame);
      await settle();
      assert.deepEqual(uncaught, []);
      assert.equal(bed.state, 'connected');
      assert.equal(bed.server.links.length, 1);
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
      assert.ok(await hearsGoodEvent(bed));
      bed.connection.dispose();
    });

    it(`do no harm in place of a welcome: ${index + 1}.`, async () => {
      uncaught.length = 0;
      const bed = new Bed((link) => {
        link.socket.accept();
        link.socket.deliver(frame);
        link.welcome();
        link.behave();
      });
      void bed.connection.connect();
      await bed.pass(30_000);
      assert.deepEqual(uncaught, []);
      assert.ok(['connected', 'waiting', 'refused'].includes(bed.state), bed.state);
      bed.connection.dispose();
    });
  }

  it('are reported, and a frame that is not text too', async () => {
    const bed = await subscribedBed();
    bed.server.last.socket.deliver('{');
    bed.server.last.socket.deliver(new ArrayBuffer(3) as never);
    await settle();
    assert.deepEqual(
      bed.errors.map(({code}) => code),
      ['malformed-event', 'malformed-event'],
    );
    bed.connection.dispose();
  });

  it('do no harm by the thousand (seeded)', async () => {
    uncaught.length = 0;
    const seed = Number(process.env['SEED'] ?? 20_260_101);
    const random = seededRandom(seed);
    const bed = await subscribedBed();
    for (let batch = 0; batch < 50; batch += 1) {
      for (let count = 0; count < 100; count += 1) bed.server.last.socket.deliver(mutate(pick(TEMPLATES, random), random));
      await settle();
      assert.deepEqual(uncaught, [], `seed ${seed}, batch ${batch}`);
      assert.ok(await hearsGoodEvent(bed), `seed ${seed}, batch ${batch}`);
    }
    assert.equal(bed.server.links.length, 1);
    bed.connection.dispose();
  });
});

const TEMPLATES: readonly string[] = [
  ...HOSTILE.filter((frame) => frame.length < 1000),
  JSON.stringify({event: 'Typing', channel: CHANNEL, data: JSON.stringify(GOOD)}),
  JSON.stringify({event: 'Typing', channel: CHANNEL, data: GOOD}),
  JSON.stringify({event: 'client-typing', channel: CHANNEL, data: GOOD, user_id: '45'}),
  JSON.stringify({
    event: 'pusher_internal:subscription_succeeded',
    channel: CHANNEL,
    data: JSON.stringify({presence: {count: 1, ids: ['1'], hash: {1: {}}}}),
  }),
];
const PIECES = [
  'null',
  '{}',
  '[]',
  '"',
  '\\',
  '0',
  '-1',
  '1e999',
  '__proto__',
  'pusher:',
  'pusher_internal:',
  CHANNEL,
  '\u202e',
  '\ud800',
];

function mutate(frame: string, random: () => number): string {
  let result = frame;
  for (let step = Math.floor(random() * 4); step >= 0; step -= 1) {
    const from = Math.floor(random() * result.length);
    const length = Math.floor(random() * 8);
    result = result.slice(0, from) + (random() < 0.7 ? pick(PIECES, random) : '') + result.slice(from + length);
  }
  return result;
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  return items[Math.floor(random() * items.length)]!;
}
