import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {ConnectionController} from '../../src/connection/connection-controller.js';
import type {Transport, TransportHandler} from '../../src/connection/transport.js';
import {seededRandom} from '../../src/testing/random.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';
import {endpoint} from './support/set-up.js';

/** A server that many clients talk to without sockets. */
class Crowd {
  readonly clock = new VirtualClock({drain: () => Promise.resolve()});
  readonly attempts: {readonly client: number; readonly at: number}[] = [];
  readonly back = new Map<number, number>();
  readonly #handlers = new Map<number, TransportHandler>();
  readonly #connections: ConnectionController[] = [];
  isUp = true;

  constructor(size: number, seed: number) {
    const random = seededRandom(seed);
    for (let client = 0; client < size; client += 1) {
      this.#connections.push(
        new ConnectionController({
          endpoint,
          authorize: () => Promise.resolve({auth: 'a:b'}),
          createTransport: (_, handler) => this.#transport(client, handler),
          environment: {clock: this.clock, random, createWebSocket: () => assert.fail('a socket'), page: null},
        }),
      );
    }
  }

  async connect(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.connect()));
  }

  /** The server goes away, as at `reverb:restart`: no close frame. */
  drop(): void {
    this.attempts.length = 0;
    for (const [client, handler] of [...this.#handlers]) {
      this.#handlers.delete(client);
      handler.onClose({code: 1006, reason: '', opened: true, welcomed: true});
    }
  }

  dispose(): void {
    for (const connection of this.#connections) connection.dispose();
  }

  /** How many attempts came in each second since `start`. */
  perSecond(start: number): number[] {
    const bins: (number | undefined)[] = [];
    for (const {at} of this.attempts) {
      const second = Math.floor((at - start) / 1000);
      bins[second] = (bins[second] ?? 0) + 1;
    }
    return Array.from(bins, (count) => count ?? 0);
  }

  #transport(client: number, handler: TransportHandler): Transport {
    return {
      open: () => {
        this.attempts.push({client, at: this.clock.now()});
        queueMicrotask(() => {
          if (!this.isUp) return handler.onClose({code: 1006, reason: '', opened: false, welcomed: false});
          this.#handlers.set(client, handler);
          this.back.set(client, this.clock.now());
          handler.onWelcome(`${client}.1`);
        });
      },
      close: () => this.#handlers.delete(client),
      subscribe: () => undefined,
      unsubscribe: () => undefined,
      send: () => {
        queueMicrotask(() => handler.onFrame());
        return true;
      },
    };
  }
}

/** 122 is the worst of the first 150: with a growth by 5, 78 of its clients came in one second. */
const SEEDS = [122, 2, 3, 5, 7, 11, 13, 17];

async function spreadOut(seed: number): Promise<void> {
  const crowd = new Crowd(500, seed);
  await crowd.connect();
  await crowd.clock.advance(11_000);
  const start = crowd.clock.now();
  crowd.back.clear();
  crowd.isUp = false;
  crowd.drop();
  await crowd.clock.advance(10_000);
  crowd.isUp = true;
  await crowd.clock.advance(35_000);
  assert.equal(crowd.back.size, 500, 'all are back within 45 s');
  const late = crowd.perSecond(start).slice(5);
  assert.ok(Math.max(...late) <= 75, `${Math.max(...late)} of 500 in one second (seed ${seed})`);
  const last = new Map<number, number>();
  for (const {client, at} of crowd.attempts) {
    assert.ok(at - (last.get(client) ?? Number.NEGATIVE_INFINITY) >= 1000, `client ${client} tries twice within a second`);
    last.set(client, at);
  }
  crowd.dispose();
}

describe('many clients of one server', () => {
  it('do not come back in one second after a restart: 1,000 of them', async () => {
    const crowd = new Crowd(1000, 1);
    await crowd.connect();
    await crowd.clock.advance(11_000);
    const start = crowd.clock.now();
    crowd.back.clear();
    crowd.drop();
    await crowd.clock.advance(3000);
    assert.equal(crowd.back.size, 1000, 'all are back');
    const times = [...crowd.back.values()];
    assert.ok(Math.max(...times) - Math.min(...times) > 1000, 'spread over more than a second');
    const busiest = Math.max(...bins(times, start, 100));
    assert.ok(busiest <= 120, `${busiest} in the busiest 100 ms`);
    crowd.dispose();
    assert.equal(crowd.clock.pending, 0);
  });

  it('spread out while the server is away for ten seconds: 500 of them, however the dice fall', async () => {
    for (const seed of SEEDS) await spreadOut(seed);
  });
});

function bins(times: readonly number[], start: number, width: number): number[] {
  const counts = new Map<number, number>();
  for (const time of times) {
    const bin = Math.floor((time - start) / width);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  return [...counts.values()];
}
