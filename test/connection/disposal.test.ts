import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {ConnectionRegistry} from '../../src/connection/registry.js';
import {TokenSession} from '../../src/connection/token-session.js';
import {ConfigError, SubscriptionError, type TokenProvider} from '../../src/model/index.js';
import {keyOf} from '../../src/model/key-of.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';
import {settle, unreachable} from './support/scripted-server.js';
import {Bed, endpoint} from './support/set-up.js';

describe('ConnectionController at its end', () => {
  it('leaves no timer, listener or socket, in whatever state it is', async () => {
    for (const ms of [null, 0, 1, 5000, 8000, 20_000]) {
      const bed = new Bed(ms === 5000 ? (link) => link.socket.accept() : undefined);
      for (let id = 0; id < 20; id += 1) bed.connection.subscribe(`private-user.${id}`);
      if (ms !== null) {
        void bed.connection.connect();
        await bed.pass(ms);
      }
      bed.connection.dispose();
      bed.connection.dispose();
      assert.equal(bed.clock.pending, 0, `after ${ms} ms`);
      assert.equal(bed.page.listeners, 0);
      await bed.pass(0);
      assert.equal(bed.server.open.length, 0);
      assert.equal(bed.state, 'disposed');
      const {length} = bed.states;
      bed.connection.retry();
      assert.equal(await bed.connection.connect(), false);
      await bed.pass(60_000);
      assert.equal(bed.states.length, length);
      assert.ok(bed.server.links.length <= 1);
    }
  });

  it('says why settings cannot work, and opens nothing', async () => {
    const error = new ConfigError('ws-host is missing.');
    const bed = new Bed(undefined, {endpoint: [error]});
    assert.equal(bed.state, 'failed');
    assert.equal(bed.connection.socketId, null);
    assert.equal(await bed.connect(), false);
    bed.connection.retry();
    assert.deepEqual(bed.errors, [error]);
    assert.equal(bed.server.links.length, 0);
    bed.connection.dispose();
    assert.equal(bed.state, 'disposed');
  });

  it('looks for another token from time to time while it is unauthorized', async () => {
    const clock = new VirtualClock();
    const answers = ['old', 'new'];
    let asked = 0;
    const provider = (): string => answers[(asked += 1) > 2 ? 1 : 0]!;
    const tokens = new TokenSession({token: 'old', provider, clock, random: () => 0});
    const bed = new Bed(undefined, {tokens, environment: {clock}});
    bed.authorize = async () => {
      if ((await tokens.get()) === 'new') return {auth: 'a:b'};
      throw new SubscriptionError('unauthorized', 'private-a', 'Unknown token', 401);
    };
    const handle = bed.connection.subscribe('private-a');
    await bed.connect();
    await settle();
    assert.equal(bed.state, 'unauthorized');
    const waits: number[] = [];
    const isUnauthorized = (): boolean => bed.state === 'unauthorized';
    while (isUnauthorized() && waits.length < 5) {
      const wait = bed.connection.status.retryAt! - clock.now();
      waits.push(wait);
      await clock.advance(wait);
      await settle();
    }
    assert.equal(asked, 3);
    assert.equal(bed.server.links.length, 2, 'it did not come with a token that was refused');
    assert.ok(
      waits.every((wait, index) => wait >= 30_000 && wait > (waits[index - 1] ?? 0)),
      `waits ${waits.join()}`,
    );
    await clock.advance(1000);
    await settle();
    assert.equal(bed.state, 'connected');
    assert.equal(handle.state, 'subscribed');
    bed.connection.dispose();
    tokens.dispose();
  });

  for (const [what, happens] of [
    ['somebody comes back to the page', (bed: Bed) => bed.page.show()],
    ['somebody asks for a try', (bed: Bed) => bed.connection.retry()],
  ] as const) {
    it(`asks for another token at once when ${what}`, async () => {
      const clock = new VirtualClock();
      const reasons: string[] = [];
      const provider: TokenProvider = ({reason}) => (reasons.push(reason), reasons.length > 1 ? 'new' : 'old');
      const tokens = new TokenSession({token: 'old', provider, clock, random: () => 0});
      const bed = new Bed(undefined, {tokens, environment: {clock}});
      bed.authorize = async () => {
        const token = await tokens.get();
        if (token === 'new') return {auth: 'a:b'};
        await tokens.refresh(token, 'refused');
        throw new SubscriptionError('unauthorized', 'private-a', 'Unknown token', 401);
      };
      const handle = bed.connection.subscribe('private-a');
      await bed.connect();
      await settle();
      assert.equal(bed.state, 'unauthorized');
      await clock.advance(6000);
      assert.deepEqual(reasons, ['refused']);
      happens(bed);
      await clock.advance(1000);
      await settle();
      assert.deepEqual(reasons, ['refused', 'refused']);
      assert.equal(bed.state, 'connected');
      assert.equal(handle.state, 'subscribed');
      bed.connection.dispose();
      tokens.dispose();
    });
  }

  it('stays away after disconnect(), whatever comes of the token that it has asked for', async () => {
    for (const answer of [() => Promise.resolve('new'), () => Promise.reject(new Error('No network'))]) {
      const tokens = new TokenSession({token: 'old', provider: answer, clock: new VirtualClock(), random: () => 0});
      const bed = new Bed(undefined, {tokens});
      bed.authorize = () => Promise.reject(new SubscriptionError('unauthorized', 'private-a', 'Unknown token', 401));
      bed.connection.subscribe('private-a');
      await bed.connect();
      await bed.pass(0);
      assert.equal(bed.state, 'unauthorized');
      bed.connection.retry();
      bed.connection.disconnect();
      await bed.pass(600_000);
      assert.equal(bed.state, 'idle');
      assert.equal(bed.server.links.length, 1);
      bed.connection.dispose();
      tokens.dispose();
    }
  });

  it('asks for no other token when it is the network that is missed', async () => {
    let asked = 0;
    const provider = (): string => `new-${(asked += 1)}`;
    const tokens = new TokenSession({token: 'old', provider, clock: new VirtualClock(), random: () => 0});
    const bed = new Bed(unreachable, {tokens});
    await bed.connect();
    bed.page.show();
    bed.connection.retry();
    await bed.pass(10_000);
    assert.equal(asked, 0);
    bed.connection.dispose();
    tokens.dispose();
  });

  it('tries again by cookie when somebody asks for it: there may be a session again', async () => {
    const tokens = new TokenSession({clock: new VirtualClock(), random: () => 0});
    const bed = new Bed(undefined, {tokens});
    bed.authorize = () => Promise.reject(new SubscriptionError('unauthorized', 'private-a', 'Unauthenticated', 401));
    const handle = bed.connection.subscribe('private-a');
    await bed.connect();
    await bed.pass(5000);
    assert.equal(bed.state, 'unauthorized');
    bed.authorize = () => Promise.resolve({auth: 'a:b'});
    bed.connection.retry();
    await bed.pass(1000);
    assert.equal(handle.state, 'subscribed');
    bed.connection.dispose();
    tokens.dispose();
  });

  it('tells whoever waits for connect() that the token was refused, also where the link was in doubt', async () => {
    const bed = new Bed();
    let refuse: (error: Error) => void = () => undefined;
    bed.authorize = () => new Promise((_, reject) => (refuse = reject));
    bed.connection.subscribe('private-a');
    await bed.connect();
    bed.server.last.socket.silence();
    bed.page.show();
    await bed.pass(2000);
    assert.equal(bed.state, 'connecting');
    const connected = bed.connection.connect();
    refuse(new SubscriptionError('unauthorized', 'private-a', 'Unknown token', 401));
    assert.equal(await connected, false);
    assert.equal(bed.state, 'unauthorized');
    bed.connection.dispose();
  });

  it('does not come back with a token that was refused, where there is no way to another, whoever looks at the page', async () => {
    const clock = new VirtualClock();
    const tokens = new TokenSession({token: 'old', clock, random: () => 0});
    const bed = new Bed(undefined, {tokens, environment: {clock}});
    bed.authorize = () => Promise.reject(new SubscriptionError('unauthorized', 'private-a', 'Unknown token', 401));
    bed.connection.subscribe('private-a');
    await bed.connect();
    await settle();
    assert.equal(bed.state, 'unauthorized');
    await clock.advance(600_000);
    bed.page.show();
    bed.page.goOnline();
    bed.connection.hope();
    await clock.advance(600_000);
    await settle();
    assert.equal(bed.server.links.length, 1);
    assert.equal(bed.errors.length, 1);
    bed.connection.retry();
    await clock.advance(1000);
    assert.equal(bed.server.links.length, 2, 'but when somebody asks for it');
    bed.connection.dispose();
  });

  it('connects again once there is another token', async () => {
    const clock = new VirtualClock();
    const tokens = new TokenSession({token: 'old', clock, random: () => 0});
    const bed = new Bed(undefined, {tokens});
    bed.authorize = () => Promise.reject(new SubscriptionError('unauthorized', 'private-a', 'Unknown token', 401));
    const handle = bed.connection.subscribe('private-a');
    await bed.connect();
    await bed.pass(5000);
    assert.equal(bed.state, 'unauthorized');
    bed.authorize = () => Promise.resolve({auth: 'a:b'});
    tokens.setToken('new');
    await bed.pass(1000);
    assert.equal(bed.state, 'connected');
    assert.equal(handle.state, 'subscribed');
    bed.connection.dispose();
  });
});

describe('ConnectionRegistry', () => {
  it('gives one connection to those of the same host, key and identity', () => {
    const registry = new ConnectionRegistry<Bed['connection']>(new VirtualClock());
    const provider = (): string => 'a';
    const key = keyOf([endpoint, 1, provider]);
    const first = registry.acquire(key, () => new Bed().connection);
    const second = registry.acquire(keyOf([{...endpoint}, 1, provider]), () => assert.fail('a second one'));
    assert.equal(first.shared, second.shared);
    for (const other of [
      keyOf([endpoint, 2, provider]),
      keyOf([endpoint, 1, () => 'a']),
      keyOf([{...endpoint, wsPort: 1}, 1, provider]),
    ]) {
      assert.notEqual(other, key);
    }
    first.shared.dispose();
  });

  it('lets go two seconds after the last user, and not of one that comes back', async () => {
    const clock = new VirtualClock();
    const registry = new ConnectionRegistry<Bed['connection']>(clock);
    const {connection} = new Bed();
    const first = registry.acquire('k', () => connection);
    first.release();
    first.release();
    await clock.advance(1999);
    const second = registry.acquire('k', () => assert.fail('a second one'));
    registry.acquire('k', () => assert.fail('a third one')).release();
    await clock.advance(10_000);
    assert.equal(connection.status.state, 'idle');
    second.release();
    await clock.advance(2000);
    assert.equal(connection.status.state, 'disposed');
    assert.equal(registry.size, 0);
    assert.equal(clock.pending, 0);
  });
});
