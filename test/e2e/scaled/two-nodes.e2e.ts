import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Account} from '../backend/backend.js';
import type {Person} from '../person.js';
import {Cluster} from './cluster.js';

/** Long enough for the longest wait between two attempts, and the attempt. */
const RECONNECTION = 60_000;

describe('two people on two nodes', () => {
  let cluster: Cluster;
  let ali: Person;
  let vali: Person;
  let writer: Account;
  let conversationId: string;

  before(async () => {
    cluster = await Cluster.open();
    ({ali, vali} = cluster);
    const one = await cluster.backend.signIn(ali.email);
    writer = await cluster.backend.signIn(vali.email);
    conversationId = await cluster.backend.sharedConversation(one, writer);
    await cluster.visit(ali, inPresence());
    assert.deepEqual(await cluster.sockets(), [1, 0]);
    await cluster.visit(vali, inPresence());
    assert.deepEqual(await cluster.sockets(), [1, 1]);
  });

  afterEach(async () => {
    assert.deepEqual(await cluster.uncaught(), []);
  });

  after(() => cluster.close());

  const inPresence = (): Record<string, string> => ({
    conversation: conversationId,
    'conversation-channel': 'presence-conversation.{id}',
  });

  /** Waits until both see each of these once, and compares what they see, in its order. */
  async function bothSee(contents: readonly string[], deadline?: number): Promise<void> {
    for (const person of [ali, vali]) for (const content of contents) await person.sees(content, undefined, deadline);
    assert.deepEqual(await shown(ali, contents), contents);
    assert.deepEqual(await shown(vali, contents), contents);
  }

  it('see what the other says, once, whichever node Laravel calls', async () => {
    const said: string[] = [];
    for (let turn = 1; turn <= 4; turn += 1) {
      for (const [from, name] of [
        [ali, 'Ali'],
        [vali, 'Vali'],
      ] as const) {
        const text = `${name} says ${turn}`;
        said.push(text);
        await from.send(text);
        await ali.sees(text);
        await vali.sees(text);
      }
    }
    await bothSee(said);
  });

  it('see that the other is typing, by whispers that cross from node to node', async () => {
    await vali.write('About');
    const signal = AbortSignal.timeout(10_000);
    while (!(await ali.isReading('typing-indicator', /vali/u))) {
      signal.throwIfAborted();
      await vali.page.type('.');
    }
    const requests = await vali.page.evaluate(
      () => performance.getEntriesByType('resource').filter(({name}) => name.endsWith('/typing')).length,
    );
    assert.equal(requests, 0, 'nobody was told by REST');
    await ali.readsNothing('typing-indicator', 20_000);
    await vali.page.press('Enter');
  });

  it('are not told of each other by the presence channel, which is of one node', async () => {
    for (const person of [ali, vali]) await cluster.visit(person, {conversation: conversationId});
    const channel = `presence-conversation.${conversationId}`;
    const ids = [await membersSeenBy(ali, channel), await membersSeenBy(vali, channel)];
    assert.deepEqual(
      ids.map((members) => members.length),
      [1, 1],
    );
    assert.notDeepEqual(ids[0], ids[1]);
  });

  it('lose nothing when a node is killed: its people come to the other, and catch up', async () => {
    const meanwhile = ['With one node, 1', 'With one node, 2', 'With one node, 3'];
    await cluster.killNode(1);
    await cluster.write(writer, conversationId, meanwhile);
    await ali.send('Sent into the gap');
    await ali.becomes('connected', RECONNECTION);
    await ali.ready();
    await bothSee([...meanwhile, 'Sent into the gap'], RECONNECTION);
    assert.deepEqual(await cluster.sockets(), [0, 2]);
    await vali.send('Both on one node');
    await bothSee(['Both on one node']);
  });

  it('lose nothing when the other one is killed once the first is back', async () => {
    const meanwhile = ['And back, 1', 'And back, 2', 'And back, 3'];
    await cluster.startNode(1);
    await cluster.killNode(2);
    await cluster.write(writer, conversationId, meanwhile);
    for (const person of [ali, vali]) {
      await person.becomes('connected', RECONNECTION);
      await person.ready();
    }
    await bothSee(meanwhile, RECONNECTION);
    assert.deepEqual(await cluster.sockets(), [2, 0]);
    await cluster.startNode(2);
    await cluster.visit(vali, {conversation: conversationId});
    assert.deepEqual(await cluster.sockets(), [1, 1]);
  });

  it('hear nothing live without Redis, have what they sent, and see the rest on coming back to the page', async () => {
    await cluster.killRedis();
    await ali.send('Without Redis');
    await ali.sees('Without Redis');
    await cluster.write(writer, conversationId, ['Unheard']);
    assert.equal(await ali.state(), 'connected');
    assert.equal((await vali.messages('Without Redis')).length, 0);
    assert.equal((await ali.messages('Unheard')).length, 0);
    for (const person of [ali, vali]) await person.page.evaluate(() => dispatchEvent(new Event('online')));
    await bothSee(['Without Redis', 'Unheard']);
  });

  it('see what Redis lost with the first message after it, and nothing twice', async () => {
    const lost = ['Lost, 1', 'Lost, 2', 'Lost, 3'];
    await cluster.write(writer, conversationId, lost);
    await cluster.startRedis();
    await vali.send('Redis is back');
    await bothSee([...lost, 'Redis is back']);
    assert.deepEqual(await cluster.sockets(), [1, 1], 'and nobody had to connect anew');
  });
});

/** Which of these messages somebody is shown, in the order shown; one that is there twice is there twice. */
function shown({page, scope}: Person, contents: readonly string[]): Promise<readonly string[]> {
  return page.evaluate(
    (dom, within: string, wanted: readonly string[]) =>
      (dom.all('chat-message', within) as (HTMLElement & {message?: {content: string}})[])
        .map((row) => row.message?.content ?? '')
        .filter((content) => wanted.includes(content)),
    scope,
    contents,
  );
}

/** Joins a presence channel as somebody, and resolves with the ids of those whom it lists. */
function membersSeenBy({page, scope}: Person, channel: string): Promise<readonly string[]> {
  return page.evaluate(
    (dom, within: string, name: string) => {
      interface Handle {
        onMembersChange(listener: (members: ReadonlyMap<string, unknown>) => void): void;
      }
      const {client} = dom.one('chat-connection', within) as HTMLElement & {client: {subscribe(channel: string): Handle}};
      return new Promise<readonly string[]>((resolve) => {
        client.subscribe(name).onMembersChange((members) => resolve([...members.keys()]));
      });
    },
    scope,
    channel,
  );
}
