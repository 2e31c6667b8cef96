import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {VirtualClock} from '../../src/testing/virtual-clock.js';

describe('VirtualClock', () => {
  it('stands still until it is turned', async () => {
    const clock = new VirtualClock({now: 1000});
    const ran: string[] = [];
    clock.setTimeout(() => ran.push('late'), 50);
    assert.equal(clock.pending, 1);
    await clock.advance(49);
    assert.deepEqual(ran, []);
    await clock.advance(1);
    assert.deepEqual(ran, ['late']);
    assert.equal(clock.now(), 1050);
    assert.equal(clock.pending, 0);
  });

  it('runs timers by due time, and those of one moment as they were set', async () => {
    const clock = new VirtualClock();
    const ran: string[] = [];
    for (const [name, ms] of [
      ['c', 30],
      ['a', 10],
      ['b', 10],
      ['d', 30],
    ] as const)
      clock.setTimeout(() => ran.push(name), ms);
    await clock.advance(30);
    assert.deepEqual(ran, ['a', 'b', 'c', 'd']);
  });

  it('shows each timer its own moment, and runs what a timer sets if it falls due in time', async () => {
    const clock = new VirtualClock({now: 0});
    const moments: number[] = [];
    clock.setTimeout(() => {
      moments.push(clock.now());
      clock.setTimeout(() => moments.push(clock.now()), 15);
      clock.setTimeout(() => moments.push(clock.now()), 100);
    }, 10);
    await clock.advance(50);
    assert.deepEqual(moments, [10, 25]);
    assert.equal(clock.now(), 50);
    assert.equal(clock.untilNext, 60);
  });

  it('lets what a timer set off come to rest before the next one', async () => {
    const clock = new VirtualClock();
    const ran: string[] = [];
    clock.setTimeout(() => void Promise.resolve().then(() => setTimeout(() => ran.push('set off'), 0)), 10);
    clock.setTimeout(() => ran.push('next'), 11);
    await clock.advance(10);
    await clock.advance(1);
    assert.deepEqual(ran, ['set off', 'next']);
  });

  it('does not run what was cleared', async () => {
    const clock = new VirtualClock();
    const timer = clock.setTimeout(() => assert.fail('it ran'), 10);
    clock.clearTimeout(timer);
    clock.clearTimeout(undefined);
    await clock.advance(20);
  });

  it('moves the wall clock without running timers', async () => {
    const clock = new VirtualClock({now: 0});
    let ran = false;
    clock.setTimeout(() => (ran = true), 1000);
    clock.jump(3_600_000);
    assert.equal(clock.now(), 3_600_000);
    await clock.advance(999);
    assert.equal(ran, false);
    await clock.advance(1);
    assert.equal(ran, true);
  });
});
