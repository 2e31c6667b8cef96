import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {findConversation, resumeSession} from '../../demo/page/session.js';
import type {Settings} from '../../demo/page/settings.js';
import {start} from './start.js';

/** What the demo page keeps of a session from one visit to the next, on the server that it talks to. */
describe('a session of the demo page', () => {
  const kept = new Map<string, string>();

  beforeEach(() => {
    kept.clear();
    const sessionStorage = {getItem: (key: string) => kept.get(key) ?? null, setItem: kept.set.bind(kept)};
    Object.defineProperty(globalThis, 'sessionStorage', {value: sessionStorage, configurable: true});
  });

  afterEach(() => Reflect.deleteProperty(globalThis, 'sessionStorage'));

  it('begins anew where the server has another database than when it was kept', async () => {
    const email = 'ali@example.com';
    const visit = async (url: string): Promise<string> => {
      const settings = {server: new URL(url), emails: [email], conversationId: null} as unknown as Settings;
      return findConversation(settings, await resumeSession(settings, email));
    };
    await using former = await start();
    const conversation = await visit(former.url);
    await using server = await start();
    const [session = ''] = kept.values();
    kept.clear();
    kept.set(`${server.url} ${email}`, session);
    assert.equal(await visit(server.url), conversation);
    assert.notEqual(kept.get(`${server.url} ${email}`), session);
    assert.equal(kept.size, 1);
  });
});
