import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {RestChatApi} from '../../src/api/index.js';
import type {HostPage} from '../../src/model/http-page.js';
import {ApiError, type TokenReason, type TokenSource} from '../../src/model/index.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';
import {empty, json, scriptedFetch, type Answer} from './support/scripted-fetch.js';

const good = json(200, {data: {id: 7}});
const refused = json(401, {message: 'Unauthenticated.'});

/** A token source by script; remembers what it was asked. */
function tokens(
  first: string | null,
  ...next: (string | null)[]
): TokenSource & {readonly asked: [string | null, TokenReason][]} {
  let current = first;
  const asked: [string | null, TokenReason][] = [];
  return {
    asked,
    get: async () => current,
    refresh: async (stale, reason) => {
      asked.push([stale, reason]);
      current = next.shift() ?? null;
      return current;
    },
  };
}

function page(cookie: string, href = 'https://host.example/inbox'): HostPage {
  return {href, cookie: () => cookie};
}

/** Cookies by script: each answer may set another one, which is there once the answer is. */
function jar(...given: (Answer | {readonly cookie: string; readonly status: number})[]) {
  let cookie = '';
  const answers = given.map((one): Answer =>
    typeof one === 'object' && 'cookie' in one
      ? async () => {
          await Promise.resolve();
          cookie = one.cookie;
          return new Response('{}', {status: one.status});
        }
      : one,
  );
  const {fetch, made} = scriptedFetch(...answers);
  const options = {fetch, page: {href: 'https://host.example/', cookie: () => cookie}};
  const asked = () =>
    made.map(({method, url, headers}) => [method, new URL(url, 'https://host.example').pathname, headers.get('X-XSRF-TOKEN')]);
  return {options, asked};
}

describe('RestChatApi in the name of a person', () => {
  describe('with a token', () => {
    it('sends it, and no cookie with it', async () => {
      const {fetch, made} = scriptedFetch(good);
      const options = {token: tokens('t1'), credentials: 'include', headers: {'X-App': 'a'}, page: page('XSRF-TOKEN=x')} as const;
      await new RestChatApi({...options, fetch}).getConversation(7);
      const [only] = made;
      assert.equal(only?.headers.get('Authorization'), 'Bearer t1');
      assert.equal(only.headers.get('X-XSRF-TOKEN'), null);
      assert.equal(only.credentials, 'omit');
      assert.equal(only.headers.get('Accept'), 'application/json');
      assert.equal(only.headers.get('X-App'), 'a');
    });

    it('sends no cookie with one that the page has put among its headers', async () => {
      const {fetch, made} = scriptedFetch(good);
      const headers = {authorization: 'Bearer t1'};
      const options = {credentials: 'include', headers, page: page('XSRF-TOKEN=x')} as const;
      await new RestChatApi({...options, fetch}).getConversation(7);
      const [only] = made;
      assert.equal(only?.headers.get('Authorization'), 'Bearer t1');
      assert.equal(only.headers.get('X-XSRF-TOKEN'), null);
      assert.equal(only.credentials, 'omit');
    });

    it('tries a new one once', async () => {
      const token = tokens('t1', 't2', 't3');
      const {fetch, made} = scriptedFetch(json(419, {}), json(419, {}), good);
      await assert.rejects(new RestChatApi({token, fetch, page: page('')}).getConversation(7), {code: 'unauthorized'});
      assert.equal(made.length, 2);
    });

    for (const status of [401, 419]) {
      it(`asks for a new one at ${status}, and makes the call once more`, async () => {
        const token = tokens('t1', 't2');
        const {fetch, made} = scriptedFetch(json(status, {}), good);
        await new RestChatApi({token, fetch, page: null}).sendMessage(7, {content: 'x', tempId: 't'}).catch(() => undefined);
        assert.deepEqual(token.asked, [['t1', 'refused']]);
        assert.deepEqual(
          made.map(({headers, body}) => [headers.get('Authorization'), body]),
          [
            ['Bearer t1', {content: 'x', temp_id: 't'}],
            ['Bearer t2', {content: 'x', temp_id: 't'}],
          ],
        );
      });
    }

    const hopeless: readonly (readonly [string, TokenSource, number])[] = [
      ['when the new one is refused too', tokens('t1', 't2'), 2],
      ['when there is no new one', tokens('t1', null), 1],
      ['when the new one is the old one', tokens('t1', 't1'), 1],
    ];
    for (const [what, token, requests] of hopeless) {
      it(`says unauthorized ${what}`, async () => {
        const {fetch, made} = scriptedFetch(refused, refused);
        await assert.rejects(new RestChatApi({token, fetch, page: null}).getConversation(7), {code: 'unauthorized', status: 401});
        assert.equal(made.length, requests);
      });
    }

    it('does not ask for a new one at 403', async () => {
      const token = tokens('t1', 't2');
      const {fetch} = scriptedFetch(json(403, {}));
      await assert.rejects(new RestChatApi({token, fetch, page: null}).getConversation(7), {code: 'forbidden'});
      assert.deepEqual(token.asked, []);
    });

    it('says so when the provider fails, and hides what it failed with', async () => {
      const token = {...tokens('t1'), get: () => Promise.reject(new Error('tenant secret'))};
      const {fetch, made} = scriptedFetch();
      await assert.rejects(new RestChatApi({token, fetch, page: null}).getConversation(7), (error) => {
        assert.ok(error instanceof ApiError);
        assert.equal(error.code, 'unauthorized');
        assert.ok(!error.message.includes('secret'));
        return true;
      });
      assert.equal(made.length, 0);
    });

    it('passes on what the source itself says has failed: without a network, a token may come later', async () => {
      const offline = new ApiError('network', 'No token: no network.');
      const token = {...tokens('t1'), get: () => Promise.reject(offline)};
      const failed = new RestChatApi({token, fetch: scriptedFetch().fetch, page: null}).getConversation(7);
      await assert.rejects(failed, (error) => error === offline);
    });

    it('makes the call in the name of a person who logged in meanwhile', async () => {
      for (const status of [401, 419]) {
        const token = tokens(null, 't1');
        const {fetch, made} = scriptedFetch(json(status, {}), good);
        await new RestChatApi({token, fetch, page: page('')}).getConversation(7);
        assert.deepEqual(token.asked, [[null, 'refused']]);
        assert.deepEqual(
          made.map(({headers}) => headers.get('Authorization')),
          [null, 'Bearer t1'],
        );
      }
    });

    it('does not wait for ever for a provider', async () => {
      const clock = new VirtualClock();
      const token = {...tokens('t1'), get: () => new Promise<string>(() => undefined)};
      const waiting = new RestChatApi({token, clock, page: null}).getConversation(7);
      const rejected = assert.rejects(waiting, {code: 'timeout'});
      await clock.advance(15_000);
      await rejected;
    });
  });

  describe('with the session cookie', () => {
    const attempt = async (
      options: ConstructorParameters<typeof RestChatApi>[0],
      ...script: Answer[]
    ): Promise<ReturnType<typeof scriptedFetch>['made']> => {
      const {fetch, made} = scriptedFetch(...script);
      await new RestChatApi({...options, fetch}).getConversation(7).catch(() => undefined);
      return made;
    };

    it('sends the decoded XSRF cookie to its own origin', async () => {
      for (const apiBase of ['/api', 'https://host.example/api', 'api']) {
        const [made] = await attempt({apiBase, page: page('a=b; XSRF-TOKEN=ey%3D%3D; c=d')}, good);
        assert.equal(made?.headers.get('X-XSRF-TOKEN'), 'ey==');
        assert.equal(made.headers.get('Authorization'), null);
        assert.equal(made.credentials, 'same-origin');
      }
    });

    it('does so while the token source has no token', async () => {
      const [made] = await attempt({token: tokens(null), page: page('XSRF-TOKEN=x')}, good);
      assert.equal(made?.headers.get('X-XSRF-TOKEN'), 'x');
    });

    it('sends it to the other hosts and ports of its site, which get the cookie too', async () => {
      for (const apiBase of ['https://api.host.example/v1', 'https://host.example:8443', '//host.example:8000/api']) {
        const [made] = await attempt({apiBase, credentials: 'include', page: page('XSRF-TOKEN=x')}, good);
        assert.equal(made?.headers.get('X-XSRF-TOKEN'), 'x', apiBase);
      }
    });

    it('sends it to no other site', async () => {
      for (const apiBase of ['https://other.example/api', 'http://host.example/api', '//other.example/']) {
        const [made] = await attempt({apiBase, credentials: 'include', page: page('XSRF-TOKEN=x')}, good);
        assert.equal(made?.headers.get('X-XSRF-TOKEN'), null, apiBase);
        assert.equal(made.credentials, 'include');
      }
    });

    it('sends none from a page without an origin', async () => {
      const [made] = await attempt({apiBase: 'data:x', page: page('XSRF-TOKEN=x', 'data:text/html,x')}, good);
      assert.equal(made?.headers.get('X-XSRF-TOKEN'), null);
    });

    it('takes no other cookie for it, and survives one that is badly encoded', async () => {
      const xsrf = async (cookie: string): Promise<string | null | undefined> =>
        (await attempt({page: page(cookie)}, good))[0]?.headers.get('X-XSRF-TOKEN');
      assert.equal(await xsrf('MY-XSRF-TOKEN=x; XSRF-TOKEN-2=y'), null);
      assert.equal(await xsrf('XSRF-TOKEN=%E0%A4%A'), '%E0%A4%A');
      assert.equal(await xsrf('XSRF-TOKEN='), null);
      assert.equal(await xsrf(''), null);
    });

    it('tries once more at 419 when the cookie has changed meanwhile', async () => {
      let cookie = 'XSRF-TOKEN=old';
      const changing: Answer = () => {
        cookie = 'XSRF-TOKEN=new';
        return new Response(null, {status: 419});
      };
      const token = tokens(null);
      const made = await attempt({token, page: {href: 'https://host.example/', cookie: () => cookie}}, changing, good);
      assert.deepEqual(token.asked, []);
      assert.deepEqual(
        made.map(({headers}) => headers.get('X-XSRF-TOKEN')),
        ['old', 'new'],
      );
    });

    describe('whose cookie has ended, as it does after two hours without a request', () => {
      const stale = json(419, {message: 'CSRF token mismatch.'});

      it('reads something, as a new one comes with that, and makes the call again', async () => {
        const {options, asked} = jar(stale, {cookie: 'XSRF-TOKEN=new', status: 200}, empty());
        await new RestChatApi(options).sendTyping(7);
        assert.deepEqual(asked(), [
          ['POST', '/api/conversations/7/typing', null],
          ['GET', '/api/conversations', null],
          ['POST', '/api/conversations/7/typing', 'new'],
        ]);
      });

      it('does so with an answer that refuses to be read, too: then it is known that the session has ended', async () => {
        const {options, asked} = jar(
          stale,
          {cookie: 'XSRF-TOKEN=new', status: 401},
          {cookie: 'XSRF-TOKEN=newer', status: 401},
          good,
        );
        const sent = new RestChatApi(options).sendTyping(7);
        await assert.rejects(sent, (error) => error instanceof ApiError && error.code === 'unauthorized' && error.status === 401);
        assert.equal(asked().length, 3);
      });

      it('makes the call again after the token provider has renewed the cookie, without reading anything', async () => {
        const {options, asked} = jar(stale, empty());
        let cookie = '';
        const token: TokenSource = {get: async () => null, refresh: async () => ((cookie = 'XSRF-TOKEN=new'), null)};
        const page = {href: 'https://host.example/', cookie: () => cookie};
        await new RestChatApi({...options, token, page}).sendTyping(7);
        assert.deepEqual(
          asked().map(([method, , xsrf]) => [method, xsrf]),
          [
            ['POST', null],
            ['POST', 'new'],
          ],
        );
      });

      it('does it once more where another request has changed the session meanwhile, and then gives up', async () => {
        const {options, asked} = jar(
          stale,
          {cookie: 'XSRF-TOKEN=first', status: 200},
          stale,
          {cookie: 'XSRF-TOKEN=second', status: 200},
          stale,
        );
        const sent = new RestChatApi(options).sendTyping(7);
        await assert.rejects(sent, (error) => error instanceof ApiError && error.code === 'unauthorized' && error.status === 419);
        assert.deepEqual(
          asked().map(([method, , xsrf]) => [method, xsrf]),
          [
            ['POST', null],
            ['GET', null],
            ['POST', 'first'],
            ['GET', 'first'],
            ['POST', 'second'],
          ],
        );
      });

      it('gives up where no cookie comes', async () => {
        const {options, asked} = jar(stale, json(200, {}));
        await assert.rejects(new RestChatApi(options).sendTyping(7), {code: 'unauthorized', status: 419});
        assert.equal(asked().length, 2);
      });
    });

    it('does not try again when nothing has changed', async () => {
      assert.equal((await attempt({page: page('XSRF-TOKEN=x')}, refused, good)).length, 1);
      assert.equal((await attempt({page: null}, refused, good)).length, 1);
    });
  });
});
