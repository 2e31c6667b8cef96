import assert from 'node:assert/strict';
import type {Check} from './check-backend.js';

/** Where the routes that need somebody to be signed in begin; `7` stands for any id. */
const GUARDED: readonly (readonly [string, string, readonly (string | number)[]])[] = [
  ['GET', '/conversations', []],
  ['GET', '/conversations/{id}', [1]],
  ['GET', '/conversations/{id}/messages', [1]],
  ['GET', '/conversations/{id}/changes', [1]],
  ['POST', '/conversations/{id}/messages', [1]],
  ['POST', '/conversations/{id}/read', [1]],
  ['POST', '/conversations/{id}/typing', [1]],
  ['PATCH', '/messages/{id}', [1]],
  ['DELETE', '/messages/{id}', [1]],
  ['PUT', '/messages/{id}/reactions/{emoji}', [1, '👍']],
  ['DELETE', '/messages/{id}/reactions/{emoji}', [1, '👍']],
  ['POST', '/attachments', []],
];
const NOBODYS_ID = 987_654_321;

/** Signing in, and who may do what. */
export const checkAccess: readonly Check[] = [
  {
    name: 'refuses a wrong password, and says which field',
    run: async ({ali}) => {
      const body = await ali.ask('POST', '/login', 422, {body: {email: 'ali@example.com', password: 'wrong'}, token: null});
      assert.ok((body as {errors: Record<string, unknown>}).errors['email']);
      await ali.ask('POST', '/login', 422, {body: {}, token: null});
    },
  },
  ...GUARDED.map(([method, path, segments]) => ({
    name: `answers ${method} ${path} with 401 to nobody, and to a wrong token`,
    run: async ({ali}: Parameters<Check['run']>[0]) => {
      await ali.ask(method, path, 401, {path: segments, token: null});
      await ali.ask(method, path, 401, {path: segments, token: '1|wrong'});
    },
  })),
  {
    name: 'knows no conversation and no message that does not exist',
    run: async ({ali}) => {
      const path = [NOBODYS_ID];
      const none = [403, 404];
      await ali.ask('GET', '/conversations/{id}', none, {path});
      await ali.ask('GET', '/conversations/{id}/messages', none, {path});
      await ali.ask('GET', '/conversations/{id}/changes', none, {path, query: {since: 0}});
      await ali.ask('POST', '/conversations/{id}/messages', none, {path, body: {content: 'x', temp_id: crypto.randomUUID()}});
      await ali.ask('POST', '/conversations/{id}/typing', none, {path});
      await ali.ask('PATCH', '/messages/{id}', none, {path, body: {content: 'x'}});
      await ali.ask('DELETE', '/messages/{id}', none, {path});
      await ali.ask('PUT', '/messages/{id}/reactions/{emoji}', none, {path: [NOBODYS_ID, '👍']});
    },
  },
  {
    name: 'lets nobody edit or delete the message of another',
    run: async ({ali, vali, shared}) => {
      const {id} = await ali.say(shared.id, 'mine');
      await vali.ask('PATCH', '/messages/{id}', 403, {path: [id], body: {content: 'forged'}});
      await vali.ask('DELETE', '/messages/{id}', 403, {path: [id]});
    },
  },
  {
    name: 'signs the own channel, and the presence channel of the own conversation with who joins',
    run: async ({ali, shared}) => {
      const own = {socket_id: '1234.5678', channel_name: `private-user.${ali.id}`};
      const {auth} = (await ali.ask('POST', '/broadcasting/auth', 200, {body: own})) as {auth: string};
      assert.match(auth, /^demo-key:/);
      const presence = {socket_id: '1234.5678', channel_name: `presence-conversation.${shared.id}`};
      const answer = (await ali.ask('POST', '/broadcasting/auth', 200, {body: presence})) as {channel_data: string};
      assert.equal(String((JSON.parse(answer.channel_data) as {user_id: unknown}).user_id), String(ali.id));
    },
  },
  {
    name: 'signs no channel of another, none that does not exist, and nothing for nobody',
    run: async ({ali, vali}) => {
      const socket_id = '1234.5678';
      for (const channel_name of [
        `private-user.${vali.id}`,
        `private-user.0${ali.id}`,
        `private-user.${ali.id}x`,
        `presence-user.${ali.id}`,
        `private-unknown.${ali.id}`,
        `presence-conversation.${NOBODYS_ID}`,
      ]) {
        await ali.ask('POST', '/broadcasting/auth', [403, 404, 422], {body: {socket_id, channel_name}});
      }
      await ali.ask('POST', '/broadcasting/auth', [401, 403], {
        body: {socket_id, channel_name: `private-user.${ali.id}`},
        token: null,
      });
    },
  },
  {
    name: 'signs for no socket id that is none, which could be made into a signature for another channel',
    run: async ({ali}) => {
      for (const socket_id of ['', '1', '1.2.3', `1.2:private-user.1`, '1.2\n', 'a.b', null, {}]) {
        await ali.ask('POST', '/broadcasting/auth', [403, 422], {body: {socket_id, channel_name: `private-user.${ali.id}`}});
      }
    },
  },
];
