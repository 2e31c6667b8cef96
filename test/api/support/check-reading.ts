import assert from 'node:assert/strict';
import type {Check, Walk} from './check-backend.js';
import type {ConversationRow, MessageRow} from './visitor.js';

interface Page {
  readonly data: readonly MessageRow[];
  readonly has_more_before: boolean;
  readonly has_more_after: boolean;
  readonly revision: number;
}

interface Changes {
  readonly data: readonly MessageRow[];
  readonly revision: number;
  readonly has_more: boolean;
  readonly reset: boolean;
}

const messages = async ({ali, shared}: Walk, query: Record<string, string | number> = {}): Promise<Page> =>
  (await ali.ask('GET', '/conversations/{id}/messages', 200, {path: [shared.id], query})) as Page;

const changes = async ({ali, shared}: Walk, query: Record<string, string | number>): Promise<Changes> =>
  (await ali.ask('GET', '/conversations/{id}/changes', 200, {path: [shared.id], query})) as Changes;

const positions = (rows: readonly MessageRow[]): number[] => rows.map(({position}) => position);
const ascending = (numbers: readonly number[]): boolean => numbers.every((n, i) => i === 0 || n > (numbers[i - 1] ?? n));

/** Conversations, messages and changes, read page by page. */
export const checkReading: readonly Check[] = [
  {
    name: 'pages through conversations, each once',
    run: async ({ali, shared}) => {
      const seen: (number | string)[] = [];
      let cursor: string | null = null;
      do {
        const query: Record<string, string | number> = cursor === null ? {limit: 1} : {limit: 1, cursor};
        const page = (await ali.ask('GET', '/conversations', 200, {query})) as {
          data: ConversationRow[];
          next_cursor: string | null;
        };
        assert.ok(page.data.length <= 1);
        seen.push(...page.data.map(({id}) => id));
        cursor = page.next_cursor;
      } while (cursor !== null && seen.length < 1000);
      assert.equal(new Set(seen).size, seen.length);
      assert.ok(seen.includes(shared.id));
      await ali.ask('GET', '/conversations', 422, {query: {limit: 0}});
      await ali.ask('GET', '/conversations', 422, {query: {limit: 100_000}});
    },
  },
  {
    name: 'shows a conversation to those who are in it, and knows its features',
    run: async ({ali, vali, shared}) => {
      const row = await ali.conversation(shared.id);
      assert.deepEqual((await vali.conversation(shared.id)).features, row.features);
      const known = new Set(['edit', 'delete', 'reply', 'react', 'attach', 'search', 'mention']);
      assert.deepEqual(
        row.features.filter((feature) => !known.has(feature)),
        [],
      );
    },
  },
  {
    name: 'pages back to the first message without a hole, oldest first',
    run: async (walk) => {
      for (let i = 0; i < 5; i += 1) await walk.ali.say(walk.shared.id, `page ${i}`);
      let page = await messages(walk, {limit: 3});
      assert.equal(page.has_more_after, false);
      const all = [...page.data];
      while (page.has_more_before && all.length < 10_000) {
        page = await messages(walk, {limit: 200, before: all[0]?.id ?? 0});
        assert.equal(page.has_more_after, true);
        all.unshift(...page.data);
      }
      assert.ok(ascending(positions(all)));
      assert.equal(new Set(all.map(({id}) => id)).size, all.length);
      assert.deepEqual((await messages(walk, {limit: 200})).data, all.slice(-200));
    },
  },
  {
    name: 'pages forward from a message, and finds the neighbours of one',
    run: async (walk) => {
      for (let i = 0; i < 5; i += 1) await walk.ali.say(walk.shared.id, `around ${i}`);
      const newest = (await messages(walk, {limit: 5})).data;
      const [first, , middle] = newest;
      assert.ok(first && middle);
      const after = await messages(walk, {after: first.id, limit: 2});
      assert.deepEqual(positions(after.data), positions(newest.slice(1, 3)));
      assert.deepEqual([after.has_more_before, after.has_more_after], [true, true]);
      const rest = await messages(walk, {after: first.id});
      assert.deepEqual([positions(rest.data), rest.has_more_after], [positions(newest.slice(1)), false]);

      const around = await messages(walk, {around: middle.id, limit: 3});
      assert.ok(around.data.some(({id}) => id === middle.id) && around.data.length <= 3);
      assert.ok(ascending(positions(around.data)));
    },
  },
  {
    name: 'finds messages by their text, and takes the text literally',
    run: async (walk) => {
      const word = `needle${Date.now()}`;
      const {id} = await walk.ali.say(walk.shared.id, `a ${word} with 100%_done`);
      assert.deepEqual(
        (await messages(walk, {search: word})).data.map((row) => row.id),
        [id],
      );
      assert.ok((await messages(walk, {search: `${word} with 100%_`})).data.some((row) => row.id === id));
      assert.deepEqual((await messages(walk, {search: `${word}%done`})).data, []);
    },
  },
  {
    name: 'refuses queries that mean nothing',
    run: async ({ali, shared}) => {
      const path = [shared.id];
      const none = [404, 422];
      for (const query of [{before: 1, after: 1}, {limit: 0}, {limit: 'many'}, {limit: 100_000}] as const) {
        await ali.ask('GET', '/conversations/{id}/messages', 422, {path, query: {...query}});
      }
      await ali.ask('GET', '/conversations/{id}/messages', none, {path, query: {before: 987_654_321}});
      await ali.ask('GET', '/conversations/{id}/changes', 422, {path});
      await ali.ask('GET', '/conversations/{id}/changes', 422, {path, query: {since: -1}});
    },
  },
  {
    name: 'tells what changed, in order, page by page, up to what it says',
    run: async (walk) => {
      const {revision: since} = await messages(walk, {limit: 1});
      const sent: MessageRow[] = [];
      for (let i = 0; i < 4; i += 1) sent.push(await walk.vali.say(walk.shared.id, `change ${i}`));
      const seen: MessageRow[] = [];
      let page = await changes(walk, {since, limit: 3});
      seen.push(...page.data);
      assert.deepEqual([page.has_more, page.revision, page.reset], [true, page.data.at(-1)?.revision, false]);
      page = await changes(walk, {since: page.revision, limit: 3});
      seen.push(...page.data);
      assert.deepEqual(seen, sent);
      assert.deepEqual([page.has_more, page.revision], [false, since + 4]);
      assert.deepEqual(await changes(walk, {since: since + 4}), {data: [], revision: since + 4, has_more: false, reset: false});
    },
  },
  {
    name: 'tells a client that is ahead of it to load afresh',
    run: async (walk) => {
      const {revision} = await messages(walk, {limit: 1});
      assert.equal((await changes(walk, {since: revision + 1000})).reset, true);
    },
  },
];
