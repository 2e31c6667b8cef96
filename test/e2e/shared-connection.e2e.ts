import assert from 'node:assert/strict';
import {after, before, beforeEach, describe, it} from 'node:test';
import {Backend, type Account} from './backend/backend.js';
import {ChromiumTabs, type Tab} from './browser/chromium-tabs.js';
import type {PageTools} from './browser/page-tools.js';
import {readEnvironment} from './environment.js';
import {Person} from './person.js';

const ALI = 'ali@example.com';

const environment = readEnvironment();
const skip = environment.browser === 'chromium' ? false : 'needs Chromium';

/** A tab in which Ali has the conversation open. */
interface AliTab {
  readonly tab: Tab;
  readonly ali: Person;
}

type ConnectionElement = HTMLElement & {
  readonly client: {readonly socketId: string | null; readonly channels: ReadonlyMap<string, {readonly state: string}>};
};

describe('tabs of one person with share-connection', {skip}, () => {
  let backend: Backend;
  let browser: ChromiumTabs;
  let vali: Account;
  let channel: string;
  let conversationId: string;
  let tabs: AliTab[];

  before(async () => {
    backend = new Backend(environment);
    await backend.start();
    vali = await backend.signIn('vali@example.com');
    browser = await ChromiumTabs.open(environment.browserPath);
    const ali = await backend.signIn(ALI);
    channel = `private-user.${ali.id}`;
    conversationId = await backend.sharedConversation(ali, vali);
  });

  after(async () => {
    await backend.dispose();
    await browser.close();
  });

  beforeEach(async () => {
    tabs = [];
    await browser.reset();
    await browser.prepare(() => {
      addEventListener('pageshow', ({persisted}) => {
        // The page that a tab is sent away to is shown, too, and says so at a time of its own.
        if (location.pathname.endsWith('.css')) return;
        const [navigation] = performance.getEntriesByType('navigation') as (PerformanceEntry & {notRestoredReasons?: unknown})[];
        localStorage.setItem('shown', JSON.stringify({persisted, reasons: navigation?.notRestoredReasons ?? null}));
      });
      document.addEventListener('chat-message-received', ({detail}) =>
        localStorage.setItem(`received ${detail.message.content} ${performance.timeOrigin}`, ''),
      );
    });
  });

  const openTabs = async (count: number, query: Readonly<Record<string, string>> = {'share-connection': ''}): Promise<void> => {
    const url = new URL(environment.page);
    url.search = new URLSearchParams({backend: environment.server, user: ALI, conversation: conversationId, ...query}).toString();
    for (let opened = 0; opened < count; opened += 1) {
      const tab = await browser.openTab();
      const ali = new Person(tab.browserPage, ALI);
      tabs.push({tab, ali});
      await tab.goto(url.href);
      await ali.ready();
    }
  };

  const say = (content: string): Promise<number> => backend.write(vali, conversationId, content);

  /** Every tab shows each of these, once. */
  const allSee = async (...contents: readonly string[]): Promise<void> => {
    for (const {ali} of tabs) for (const content of contents) await ali.sees(content);
  };

  const sockets = (): Promise<number> => backend.subscribers(channel);

  it('would have three sockets without it', async () => {
    await openTabs(3, {});
    assert.equal(await sockets(), 3);
  });

  it('have one socket, and all see what comes over it', async () => {
    await openTabs(3);
    assert.equal(await sockets(), 1);
    await say('To all three');
    await allSee('To all three');
    await tabs[2]?.ali.send('From the third');
    await allSee('From the third');
    assert.equal(await sockets(), 1);
  });

  for (const [what, end] of [
    ['is closed', (tab: Tab) => tab.close()],
    ['crashes', (tab: Tab) => tab.crash()],
  ] as const) {
    it(`lose nothing and show nothing twice when the one with the socket ${what}, until the last`, async () => {
      await openTabs(3);
      const said: string[] = [];
      for (const round of ['first', 'second']) {
        const contents = [1, 2, 3, 4, 5, 6].map((number) => `${what}: ${number} of the ${round} round`);
        // Some of them are said while nobody has a socket.
        const ended = end(tabs.shift()!.tab);
        for (const content of contents) await say(content);
        await ended;
        said.push(...contents);
        await allSee(...said);
        said.push(`${what}: after the ${round} round`);
        await say(said.at(-1)!);
        await allSee(...said);
        assert.equal(await sockets(), 1);
      }
      assert.equal(tabs.length, 1);
    });
  }

  it('leave the one with the socket its place in the back/forward cache, and take it in again', async () => {
    await openTabs(2);
    const {tab, ali} = tabs.shift()!;
    const [watcher] = tabs as [AliTab];
    const former = await watcher.tab.browserPage.evaluate(readSocketId);
    await tab.goto(new URL('index.css?away', environment.page).href);
    await watcher.tab.browserPage.waitFor(
      'the other is subscribed on another socket',
      (dom, id: string | null) => {
        const {client} = dom.one('chat-connection') as ConnectionElement;
        return client.socketId !== id && [...client.channels.values()].every(({state}) => state === 'subscribed');
      },
      [former],
    );
    assert.equal(await sockets(), 1);
    await watcher.tab.browserPage.evaluate(() => localStorage.removeItem('shown'));
    await tab.goBack();
    const shown = await watcher.tab.browserPage.waitFor('the page is shown again', () => localStorage.getItem('shown'), []);
    // Neither socket nor lock may cost it its place. A word of the other tab, as that something was read, may: so Chromium has it.
    const {persisted, reasons} = JSON.parse(shown ?? '') as {persisted: boolean; reasons: {reasons: {reason: string}[]} | null};
    const others = reasons?.reasons.filter(({reason}) => reason !== 'broadcastchannel-message') ?? [];
    assert.deepEqual(others, []);
    assert.ok(persisted || reasons);
    // Where it was loaded anew, what is said before it has done so comes with its first page, and is no news.
    await ali.ready();
    await say('Both are back');
    await watcher.tab.browserPage.waitFor(
      'both have received it',
      () => Object.keys(localStorage).filter((key) => key.startsWith('received Both are back ')).length === 2,
      [],
    );
    assert.equal(await sockets(), 1);
  });
});

function readSocketId(dom: PageTools): string | null {
  return (dom.one('chat-connection') as ConnectionElement).client.socketId;
}
