import assert from 'node:assert/strict';
import type {Check, Walk} from './check-backend.js';
import type {MessageRow} from './visitor.js';

/** One pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const revisionOf = async ({ali, shared}: Walk): Promise<number> => (await ali.conversation(shared.id)).revision;

const changesSince = async ({ali, shared}: Walk, since: number): Promise<readonly MessageRow[]> =>
  ((await ali.ask('GET', '/conversations/{id}/changes', 200, {path: [shared.id], query: {since}})) as {data: MessageRow[]}).data;

/** Sending, changing, reacting, reading, and files. */
export const checkChanging: readonly Check[] = [
  {
    name: 'stores a message, raises the revision by one, and makes it the last of the conversation',
    run: async (walk) => {
      const before = await revisionOf(walk);
      const message = await walk.ali.say(walk.shared.id, 'Salom! <b>&amp;</b> "quoted" 👨‍👩‍👧 שלום\nline');
      assert.equal(message.content, 'Salom! <b>&amp;</b> "quoted" 👨‍👩‍👧 שלום\nline');
      assert.deepEqual([message.position, message.revision], [before + 1, before + 1]);
      assert.deepEqual([message.sender.id, message.conversation_id], [walk.ali.id, walk.shared.id]);
      const row = await walk.vali.conversation(walk.shared.id);
      assert.deepEqual([row.revision, row.last_message?.id], [before + 1, message.id]);
    },
  },
  {
    name: 'stores a message once, however often it is sent, also at the same time',
    run: async (walk) => {
      const before = await revisionOf(walk);
      const send = (): Promise<MessageRow> => {
        const body = {content: 'once', temp_id: tempId};
        return walk.ali.message('POST', '/conversations/{id}/messages', [200, 201], {path: [walk.shared.id], body});
      };
      const tempId = crypto.randomUUID();
      const [first, ...others] = await Promise.all([send(), send(), send()]);
      others.push(await send());
      for (const {id} of others) assert.equal(id, first.id);
      assert.equal(first.temp_id, tempId);
      assert.equal(await revisionOf(walk), before + 1);

      // The temp id is the sender's own: somebody else's message with the same one is another message.
      const other = await walk.vali.message('POST', '/conversations/{id}/messages', 201, {
        path: [walk.shared.id],
        body: {content: 'other', temp_id: tempId},
      });
      assert.notEqual(other.id, first.id);
    },
  },
  {
    name: 'gives revisions without holes to many at once',
    run: async (walk) => {
      const before = await revisionOf(walk);
      const people = [walk.ali, walk.vali];
      const rows = await Promise.all(
        Array.from({length: 8}, (_, i) => (people[i % 2] ?? walk.ali).say(walk.shared.id, `at once ${i}`)),
      );
      const revisions = rows.map(({revision}) => revision).sort((a, b) => a - b);
      assert.deepEqual(
        revisions,
        Array.from({length: 8}, (_, i) => before + 1 + i),
      );
    },
  },
  {
    name: 'refuses a message that is none, and says which field',
    run: async ({ali, shared}) => {
      const path = [shared.id];
      const temp_id = crypto.randomUUID();
      const refuse = async (body: unknown): Promise<unknown> =>
        ali.ask('POST', '/conversations/{id}/messages', 422, {path, body});
      for (const content of [undefined, null, '', '   \n', 5, ['x']]) {
        const refusal = (await refuse({content, temp_id})) as {errors: Record<string, unknown>};
        assert.ok(refusal.errors['content'], JSON.stringify(refusal));
      }
      await ali.ask('POST', '/conversations/{id}/messages', [413, 422], {path, body: {content: 'x'.repeat(60_000), temp_id}});
      await refuse({content: 'x', temp_id: 'not/an id'});
      await refuse({content: 'x', temp_id, reply_to_id: 987_654_321});
      await refuse({content: 'x', temp_id, attachment_ids: [987_654_321]});
    },
  },
  {
    name: 'answers a message with a preview of the other',
    run: async ({ali, vali, shared}) => {
      const question = await ali.say(shared.id, 'Qalaysan?');
      const answer = await vali.say(shared.id, 'Yaxshi', {reply_to_id: question.id});
      assert.deepEqual([answer.reply_to?.id, answer.reply_to?.content], [question.id, 'Qalaysan?']);
    },
  },
  {
    name: 'edits a message: same place, new revision, told among the changes',
    run: async (walk) => {
      const message = await walk.ali.say(walk.shared.id, 'frist');
      const edited = await walk.ali.message('PATCH', '/messages/{id}', 200, {path: [message.id], body: {content: 'first'}});
      assert.deepEqual([edited.content, edited.position, edited.revision], ['first', message.position, message.revision + 1]);
      assert.ok(edited.edited_at);
      assert.deepEqual(await changesSince(walk, message.revision), [edited]);
      await walk.ali.ask('PATCH', '/messages/{id}', 422, {path: [message.id], body: {content: ''}});
    },
  },
  {
    name: 'deletes a message: what is left stays in its place without its text',
    run: async (walk) => {
      const message = await walk.ali.say(walk.shared.id, 'regret');
      const deleted = await walk.ali.message('DELETE', '/messages/{id}', 200, {path: [message.id]});
      assert.ok(deleted.deleted_at);
      assert.equal(deleted.content, '');
      assert.deepEqual([deleted.position, deleted.revision], [message.position, message.revision + 1]);
      assert.deepEqual(await changesSince(walk, message.revision), [deleted]);
      const page = (await walk.vali.ask('GET', '/conversations/{id}/messages', 200, {path: [walk.shared.id]})) as {
        data: MessageRow[];
      };
      assert.deepEqual(page.data.at(-1), deleted);
      await walk.ali.ask('PATCH', '/messages/{id}', [403, 404, 422], {path: [message.id], body: {content: 'back'}});
    },
  },
  {
    name: 'counts reactions, each person and emoji once',
    run: async (walk) => {
      const {id, revision} = await walk.ali.say(walk.shared.id, 'react to me');
      const react = (who: Walk['ali'], method: string, emoji: string): Promise<MessageRow> =>
        who.message(method, '/messages/{id}/reactions/{emoji}', 200, {path: [id, emoji]});
      await react(walk.ali, 'PUT', '👍🏽');
      await react(walk.ali, 'PUT', '👍🏽');
      const both = await react(walk.vali, 'PUT', '👍🏽');
      assert.deepEqual(both.reactions, [{emoji: '👍🏽', count: 2, user_ids: [walk.ali.id, walk.vali.id]}]);
      assert.equal(both.revision, revision + 2);
      const one = await react(walk.ali, 'DELETE', '👍🏽');
      assert.deepEqual(one.reactions, [{emoji: '👍🏽', count: 1, user_ids: [walk.vali.id]}]);
      await react(walk.ali, 'DELETE', '👍🏽');
      assert.deepEqual((await react(walk.vali, 'DELETE', '👍🏽')).reactions, []);
      await walk.ali.ask('PUT', '/messages/{id}/reactions/{emoji}', 422, {path: [id, 'thumbs']});
    },
  },
  {
    name: 'keeps who has read how far, and what is unread',
    run: async ({ali, vali, shared}) => {
      const first = await ali.say(shared.id, 'read me');
      const second = await ali.say(shared.id, 'and me');
      assert.ok((await vali.conversation(shared.id)).unread_count >= 2);
      await vali.ask('POST', '/conversations/{id}/read', 204, {path: [shared.id], body: {message_ids: [first.id, second.id]}});
      const row = await ali.conversation(shared.id);
      assert.equal(row.participants.find(({id}) => id === vali.id)?.last_read_message_id, second.id);
      assert.equal((await vali.conversation(shared.id)).unread_count, 0);

      await vali.ask('POST', '/conversations/{id}/read', 204, {path: [shared.id], body: {message_ids: [first.id]}});
      const again = await ali.conversation(shared.id);
      assert.equal(again.participants.find(({id}) => id === vali.id)?.last_read_message_id, second.id, 'a mark went back');
      await vali.ask('POST', '/conversations/{id}/read', 422, {path: [shared.id], body: {}});
      await vali.ask('POST', '/conversations/{id}/read', 422, {path: [shared.id], body: {message_ids: 'all'}});
    },
  },
  {
    name: 'takes that somebody is writing, and stores nothing of it',
    run: async (walk) => {
      const before = await revisionOf(walk);
      await walk.vali.ask('POST', '/conversations/{id}/typing', 204, {path: [walk.shared.id]});
      assert.equal(await revisionOf(walk), before);
    },
  },
  {
    name: 'keeps a file, sends it with a message, and serves it so that it cannot run',
    run: async ({ali, vali, shared}) => {
      const form = new FormData();
      form.append('file', new File([PNG], 'pixel č.png', {type: 'image/png'}));
      const {data} = (await ali.ask('POST', '/attachments', 201, {raw: form})) as {data: MessageRow['attachments'][number]};
      assert.deepEqual([data.name, data.size], ['pixel č.png', PNG.byteLength]);
      const theirs = {content: 'not yours', temp_id: crypto.randomUUID(), attachment_ids: [data.id]};
      await vali.ask('POST', '/conversations/{id}/messages', 422, {path: [shared.id], body: theirs});

      const message = await ali.say(shared.id, '', {attachment_ids: [data.id]});
      const [sent] = message.attachments;
      assert.equal(sent?.id, data.id);
      const file = await fetch(sent.url);
      assert.deepEqual(Buffer.from(await file.arrayBuffer()), PNG);
      assert.equal(file.headers.get('X-Content-Type-Options'), 'nosniff');
      await ali.ask('POST', '/attachments', 422, {raw: new FormData()});
    },
  },
  {
    name: 'refuses a body that is no JSON without losing its manners',
    run: async ({ali, shared}) => {
      for (const raw of ['{"content":', '[]', '"x"', 'null']) {
        await ali.ask('POST', '/conversations/{id}/messages', 422, {path: [shared.id], raw});
      }
    },
  },
];
