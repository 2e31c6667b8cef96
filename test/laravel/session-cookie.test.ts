import assert from 'node:assert/strict';
import {after, before, beforeEach, describe, it} from 'node:test';
import {RestChatApi} from '../../src/api/index.js';
import {ChannelAuthorizer} from '../../src/connection/channel-authorizer.js';
import {TokenSession} from '../../src/connection/token-session.js';
import {xsrfTokenFor, type HostPage} from '../../src/model/http-page.js';
import {systemClock} from '../../src/model/clock.js';
import {LaravelServer, whyNot, type Login} from './laravel-server.js';

const PORT = 18440;

/** A page of the server, with its cookies, as a browser has it. */
class Page implements HostPage {
  readonly href: string;
  /** What was asked, and the status of the answer. */
  readonly asked: string[] = [];
  readonly #cookies = new Map<string, string>();

  constructor(href: string) {
    this.href = href;
  }

  readonly cookie = (): string => [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('Origin', this.href);
    headers.set('Cookie', this.cookie());
    const response = await fetch(input, {...init, headers});
    for (const [, name = '', value = ''] of response.headers.getSetCookie().map((line) => /^([^=]+)=([^;]*)/u.exec(line) ?? []))
      this.#cookies.set(name, value);
    this.asked.push(`${init.method ?? 'GET'} ${response.status}`);
    return response;
  };

  forget(name: string): void {
    this.#cookies.delete(name);
  }
}

describe('a page that signs in by cookie, on Laravel', {skip: whyNot()}, () => {
  let server: LaravelServer;
  let page: Page;
  let api: RestChatApi;
  let authorizer: ChannelAuthorizer;
  let userId: number;

  before(async () => {
    const env = {SANCTUM_STATEFUL_DOMAINS: `127.0.0.1:${PORT}`};
    server = await LaravelServer.start({port: PORT, reverbPort: PORT + 1, env});
  });

  after(async () => assert.equal(await server.stop(), 0));

  beforeEach(async () => {
    page = new Page(server.url);
    const {fetch} = page;
    const credentials = 'same-origin';
    const tokens = new TokenSession({clock: systemClock, random: Math.random});
    api = new RestChatApi({apiBase: `${server.url}/api`, page, credentials, fetch});
    const endpoint = `${server.url}/broadcasting/auth`;
    authorizer = new ChannelAuthorizer({endpoint, tokens, headers: {}, credentials, page, fetch, clock: systemClock});
    userId = await signIn();
    page.asked.length = 0;
  });

  /** As a page does: it gets the XSRF cookie first. */
  async function signIn(): Promise<number> {
    await page.fetch(`${server.url}/sanctum/csrf-cookie`);
    const headers = {
      'Content-Type': 'application/json',
      Accept: 'application/json',
      'X-XSRF-TOKEN': xsrfTokenFor(server.url, page) ?? '',
    };
    const body = JSON.stringify({email: 'ali@example.com', password: 'password'});
    const response = await page.fetch(`${server.url}/api/login`, {method: 'POST', headers, body});
    return ((await response.json()) as Login).user.id;
  }

  const join = (): Promise<unknown> =>
    authorizer.authorize({channelName: `private-user.${userId}`, socketId: '1.1', signal: new AbortController().signal});

  it('writes, and joins its channel', async () => {
    const {content} = await api.sendMessage(1, {content: 'By cookie', tempId: crypto.randomUUID()});
    assert.equal(content, 'By cookie');
    assert.match(JSON.stringify(await join()), /"auth":"demo-key:/u);
    assert.deepEqual(page.asked, ['POST 201', 'POST 200']);
  });

  it('writes once, and joins, after its XSRF cookie has ended', async () => {
    page.forget('XSRF-TOKEN');
    const tempId = crypto.randomUUID();
    const {id} = await api.sendMessage(1, {content: 'Two hours later', tempId});
    assert.deepEqual(page.asked.splice(0), ['POST 419', 'GET 200', 'POST 201']);
    assert.equal((await api.sendMessage(1, {content: 'Two hours later', tempId})).id, id);
    page.asked.length = 0;
    page.forget('XSRF-TOKEN');
    assert.match(JSON.stringify(await join()), /"auth":"demo-key:/u);
    assert.deepEqual(page.asked, ['POST 419', 'GET 422', 'POST 200']);
  });

  it('is told to sign in again once the session has ended, too', async () => {
    for (const name of ['XSRF-TOKEN', 'chat_session']) page.forget(name);
    await assert.rejects(api.sendTyping(1), {code: 'unauthorized', status: 401});
    for (const name of ['XSRF-TOKEN', 'chat_session']) page.forget(name);
    await assert.rejects(join(), {code: 'unauthorized', status: 401});
  });
});
