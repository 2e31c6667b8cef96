import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {BrowserPage} from './browser/browser-page.js';
import {Scene} from './scene.js';

describe('two people on one page', () => {
  let scene: Scene;

  before(async () => {
    scene = await Scene.open();
    await scene.visit();
    await scene.ali.ready();
    await scene.vali.ready();
  });

  after(() => scene.close());

  it('talk both ways, each message once, under the id that the server gave', async () => {
    const {ali, vali} = scene;
    for (const [from, to, text] of [
      [ali, vali, 'Hello from Ali'],
      [vali, ali, 'Hello from Vali'],
    ] as const) {
      await from.send(text);
      const [sent, received] = [await from.sees(text), await to.sees(text)];
      assert.equal(sent.id, received.id);
      assert.notEqual(sent.tempId, null);
      assert.notEqual(sent.id, sent.tempId, 'the temp id is replaced');
      assert.match(sent.text, new RegExp(text, 'u'));
    }
    await ali.send('Once');
    await vali.sees('Once');
    // By then the echo of "Once" has long been there, if it were to show a second time.
    await vali.send('Twice would be too often');
    await ali.sees('Twice would be too often');
    assert.equal((await ali.messages('Once')).length, 1);
    assert.equal((await vali.messages('Once')).length, 1);
  });

  it('see that the other is typing, until that is over', async () => {
    const {ali, vali} = scene;
    await vali.write('I am about to say');
    // Typing is told once a second at most, so that a burst right after a message may go untold: keep on, as a person does.
    const signal = AbortSignal.timeout(10_000);
    while (!(await ali.isReading('typing-indicator', /vali/u))) {
      signal.throwIfAborted();
      await scene.page.type('.');
    }
    await ali.readsNothing('typing-indicator', 20_000);
    await scene.page.press('Enter');
    await ali.page.waitFor(
      'the message is shown',
      (dom, scope: string) => dom.all('chat-message', scope).some((row) => dom.text(row).includes('I am about to say')),
      [ali.scope],
    );
  });

  it('see that the other has read', async () => {
    const {ali, vali} = scene;
    await ali.send('Have you read this?');
    await vali.sees('Have you read this?');
    const read = await ali.sees('Have you read this?', ['read']);
    assert.equal(read.status, 'read');
  });

  it('find what was said after a reload, and load what is older on the way up', async () => {
    const {ali} = scene;
    await scene.visit();
    await ali.ready();
    await ali.sees('Hello from Vali');
    assert.equal((await ali.messages('Hello from Ali')).length, 1);
    const first = await scene.page.waitFor(
      'the first message of all is shown',
      (dom, scope: string) => {
        const rows = dom.all('chat-message', scope) as (HTMLElement & {message?: {position: number | null; content: string}})[];
        const oldest = rows.find((row) => row.message?.position === 1);
        dom.one('[part~="scroller"]', scope).scrollTop = 0;
        return oldest && dom.visible(oldest) ? dom.text(oldest) : '';
      },
      [ali.scope],
      30_000,
    );
    assert.notEqual(first, '');
    assert.deepEqual(await scene.uncaught(), []);
  });

  it('go to a message that is not loaded, and back to the latest one, in at most one request each', async () => {
    const {ali, vali, page} = scene;
    const oldest = await ali.oldestShown();
    await scene.visit();
    await ali.ready();
    // Of the requests that are counted none may be the other's first one.
    await vali.ready();
    const latest = await ali.sees('Have you read this?', ['read']);
    assert.equal(await ali.hasInView(oldest), false);
    const {length: before} = await pagesAsked(page);
    const askedSince = async (): Promise<readonly string[]> => (await pagesAsked(page)).slice(before);
    const isThere = await page.evaluate(
      (dom, scope: string, id: string) =>
        (dom.one('chat-conversation', scope) as HTMLElement & {scrollToMessage(id: string): Promise<boolean>}).scrollToMessage(
          id,
        ),
      ali.scope,
      oldest,
    );
    assert.equal(isThere, true);
    await ali.getsInView(oldest);
    const asked = await askedSince();
    assert.equal(asked.length, 1, asked.join('\n'));
    await page.click('[part~="jump-button"]', ali.scope);
    await ali.getsInView(latest.id);
    // None at all if what lies between has come with the first one.
    assert.ok((await askedSince()).length <= 2);
    assert.deepEqual(await scene.uncaught(), []);
  });
});

/** The addresses of the pages of messages that the page was given by the server. */
function pagesAsked(page: BrowserPage): Promise<readonly string[]> {
  return page.evaluate(() => {
    const urls = performance.getEntriesByType('resource').map(({name}) => name);
    return urls.filter((url) => new URL(url).pathname.endsWith('/messages'));
  });
}
