import assert from 'node:assert/strict';
import {after, before, beforeEach, describe, it} from 'node:test';
import {Backend, type Account} from './backend/backend.js';
import {ChromiumTabs, type Tab} from './browser/chromium-tabs.js';
import {readEnvironment} from './environment.js';
import {Person} from './person.js';

const ALI = 'ali@example.com';

const environment = readEnvironment();
// Killing a page, and going back to one, is what playwright can do with Chromium alone. What tabs share is tried in every engine by
// `test/client/kept.browser.test.ts`.
const skip = environment.browser === 'chromium' ? false : 'needs Chromium';

/** A tab in which Ali has the conversation open. */
interface AliTab {
  readonly tab: Tab;
  readonly ali: Person;
}

describe('several tabs of one person', {skip}, () => {
  let backend: Backend;
  let vali: Account;
  let browser: ChromiumTabs;
  let conversationId: number;

  const url = new URL(environment.page);
  url.searchParams.set('backend', environment.server);
  url.searchParams.set('user', ALI);

  const openTab = async (): Promise<AliTab> => {
    const tab = await browser.openTab();
    const ali = new Person(tab.browserPage, ALI);
    await tab.goto(url.href);
    await ali.ready();
    const id = await tab.browserPage.evaluate((dom) => dom.one('chat-conversation').getAttribute('conversation-id') ?? '');
    conversationId = Number(id);
    return {tab, ali};
  };

  const stored = (content: string): number =>
    backend.storedMessages([conversationId]).filter((message) => message.content === content).length;

  /** What is kept in the composer. */
  const readsDraft = async ({tab}: AliTab, draft: string): Promise<void> => {
    await tab.browserPage.waitFor(
      `the composer holds "${draft}"`,
      (dom, wanted: string) => {
        const {value} = dom.one('chat-composer') as HTMLElement & {value: string};
        if (value !== wanted) throw new Error(`It holds "${value}".`);
        return true;
      },
      [draft],
    );
  };

  /** Waits until this text is on the disk: as a draft, or as a message that waits. */
  const keeps = async ({tab}: AliTab, text: string): Promise<void> => {
    await tab.browserPage.waitFor(
      `"${text}" is kept`,
      async (_dom, wanted: string) => {
        const found = (await indexedDB.databases()).find(({name}) => name?.startsWith('ws-chat-elements:'));
        const opening = indexedDB.open(found?.name ?? '');
        await new Promise((resolve) => (opening.onsuccess = resolve));
        const reading = opening.result.transaction('outbox').objectStore('outbox').getAll() as IDBRequest<unknown[]>;
        await new Promise((resolve) => (reading.onsuccess = resolve));
        opening.result.close();
        return reading.result.some((value) => value === wanted || (value as {content?: string}).content === wanted);
      },
      [text],
    );
  };

  before(async () => {
    backend = new Backend(environment);
    await backend.start();
    vali = await backend.signIn('vali@example.com');
    browser = await ChromiumTabs.open(environment.browserPath);
  });

  after(async () => {
    await backend.dispose();
    await browser.close();
  });

  beforeEach(async () => {
    await browser.reset();
    // What a tab is told of, and what becomes of it, for other tabs to read. It stands in the storage, which all of them share.
    await browser.prepare(() => {
      document.addEventListener('chat-notify', ({detail}) => {
        localStorage.setItem(`notified ${detail.message.content} ${performance.timeOrigin}`, '');
      });
      document.addEventListener('ws-state-change', ({detail}) => localStorage.setItem('state', detail.state));
      document.addEventListener('chat-message-received', ({detail}) => localStorage.setItem('received', detail.message.content));
      addEventListener('pageshow', ({persisted}) => {
        // The page that a tab is sent away to is shown, too, and says so at a time of its own.
        if (location.pathname.endsWith('.css')) return;
        const [navigation] = performance.getEntriesByType('navigation') as (PerformanceEntry & {notRestoredReasons?: unknown})[];
        localStorage.setItem('shown', JSON.stringify({persisted, reasons: navigation?.notRestoredReasons ?? null}));
      });
    });
  });

  it('agree on what is written, sent and read, and log out together', async () => {
    const [here, there] = [await openTab(), await openTab()];
    await here.ali.write('Half a thought');
    await readsDraft(there, 'Half a thought');
    await here.tab.browserPage.press('Enter');
    await there.ali.sees('Half a thought');
    await readsDraft(there, '');
    await here.tab.browserPage.evaluate((dom) =>
      (dom.one('chat-connection') as HTMLElement & {shutdown(): Promise<void>}).shutdown(),
    );
    await there.ali.becomes('idle');
    for (const {tab} of [here, there]) {
      await tab.browserPage.waitFor(
        'nothing of the person is left',
        async (dom) => {
          const names = (await indexedDB.databases()).filter(({name}) => name?.startsWith('ws-chat-elements:'));
          return names.length === 0 && dom.all('chat-message').length === 0;
        },
        [],
      );
    }
  });

  it('keep the draft over a reload and a crash', async () => {
    const first = await openTab();
    await first.ali.write('Not yet sent');
    await keeps(first, 'Not yet sent');
    await first.tab.reload();
    await first.ali.ready();
    await readsDraft(first, 'Not yet sent');
    await first.tab.crash();
    await readsDraft(await openTab(), 'Not yet sent');
  });

  it('send what was written offline in a page that crashed: once, in order', async () => {
    const first = await openTab();
    const texts = ['Offline 1', 'Offline 2', 'Offline 3'];
    await browser.setOffline(true);
    for (const text of texts) {
      await first.ali.send(text);
      await first.ali.sees(text, ['queued', 'sending']);
      await keeps(first, text);
    }
    await first.tab.crash();
    await browser.setOffline(false);
    const next = await openTab();
    for (const text of texts) await next.ali.sees(text);
    const rows = backend.storedMessages([conversationId]).map(({content}) => content);
    assert.deepEqual(
      rows.filter((content) => texts.includes(content)),
      texts,
    );
  });

  it('send what was written right before a reload, while another tab keeps the disk busy: once, in order', async () => {
    const {tab, ali} = await openTab();
    await ali.write('Makes a storage');
    await keeps({tab, ali}, 'Makes a storage');
    const busy = await browser.openTab();
    await busy.goto(new URL('index.css', environment.page).href);
    await busy.browserPage.evaluate(async () => {
      const found = (await indexedDB.databases()).find(({name}) => name?.startsWith('ws-chat-elements:'));
      const opening = indexedDB.open(found?.name ?? '');
      await new Promise((resolve) => (opening.onsuccess = resolve));
      const store = opening.result.transaction('outbox', 'readwrite').objectStore('outbox');
      // A transaction ends when nothing is asked of it any more.
      const goOn = (): void => {
        if (document.title !== 'idle') store.count().onsuccess = goOn;
        else opening.result.close();
      };
      goOn();
    });
    const texts = Array.from({length: 10}, (_, index) => `Last words ${index}`);
    await busy.browserPage.evaluate(() => localStorage.removeItem('shown'));
    await tab.browserPage.evaluate((dom, all: readonly string[]) => {
      const widget = dom.one('chat-conversation') as HTMLElement & {send(content: string): Promise<unknown>};
      for (const text of all) void widget.send(text);
      location.reload();
    }, texts);
    await busy.browserPage.waitFor('the page is loaded again', () => localStorage.getItem('shown'), []);
    await busy.browserPage.evaluate(() => void (document.title = 'idle'));
    for (const text of texts) await ali.sees(text);
    const rows = backend.storedMessages([conversationId]).map(({content}) => content);
    assert.deepEqual(
      rows.filter((content) => texts.includes(content)),
      texts,
    );
    const left = await tab.browserPage.evaluate(() =>
      Object.keys(localStorage).filter((key) => key.startsWith('ws-chat-elements:')),
    );
    assert.deepEqual(left, []);
  });

  it('send what a page had under way when it crashed, from the tab that is left', async () => {
    const [doomed, left] = [await openTab(), await openTab()];
    await doomed.tab.hang(/\/messages$/u);
    await doomed.ali.send('Under way');
    await doomed.ali.sees('Under way', ['sending']);
    await left.ali.sees('Under way', ['queued']);
    await doomed.tab.crash();
    await left.ali.sees('Under way');
    assert.equal(stored('Under way'), 1);
  });

  it('tell of a message once, and not at all while somebody looks at it', async () => {
    const tabs = [await openTab(), await openTab(), await openTab()];
    const setVisible = ({tab}: AliTab, visible: boolean): Promise<void> =>
      tab.browserPage.evaluate(
        (_dom, state: string) => {
          Object.defineProperty(document, 'visibilityState', {configurable: true, get: () => state});
          document.dispatchEvent(new Event('visibilitychange'));
        },
        visible ? 'visible' : 'hidden',
      );
    for (const tab of tabs) await setVisible(tab, false);
    const [{tab: asked}] = tabs as [AliTab];
    const notified = (content: string): Promise<number> =>
      asked.browserPage.evaluate(
        (_dom, wanted: string) => Object.keys(localStorage).filter((key) => key.startsWith(`notified ${wanted} `)).length,
        content,
      );
    const told = async (content: string): Promise<void> => {
      await asked.browserPage.waitFor(
        `somebody is told of "${content}"`,
        (_dom, wanted: string) => Object.keys(localStorage).some((key) => key.startsWith(`notified ${wanted} `)),
        [content],
      );
    };
    await backend.write(vali, String(conversationId), 'Nobody looks');
    await told('Nobody looks');
    await setVisible(tabs[1]!, true);
    await backend.write(vali, String(conversationId), 'Somebody looks');
    for (const {ali} of tabs) await ali.sees('Somebody looks');
    await setVisible(tabs[1]!, false);
    // By the time that somebody was told of this one, the ones before are settled.
    await backend.write(vali, String(conversationId), 'Again nobody looks');
    await told('Again nobody looks');
    assert.deepEqual(
      [await notified('Nobody looks'), await notified('Somebody looks'), await notified('Again nobody looks')],
      [1, 0, 1],
    );
  });

  for (const [what, underWay] of [
    ['at rest', false],
    ['with a message under way', true],
  ] as const) {
    it(`come out of the back/forward cache connected, when left ${what}`, async () => {
      const watcher = await browser.openTab();
      await watcher.goto(new URL('index.css', environment.page).href);
      const {tab, ali} = await openTab();
      if (underWay) {
        await tab.hang(/\/messages$/u);
        await ali.send('Left behind');
        await ali.sees('Left behind', ['sending']);
      }
      await tab.goto(new URL('index.css?away', environment.page).href);
      await watcher.browserPage.evaluate(() => {
        localStorage.removeItem('shown');
        localStorage.removeItem('state');
      });
      await tab.goBack();
      const shown = await watcher.browserPage.waitFor('the page is shown again', () => localStorage.getItem('shown'), []);
      assert.deepEqual(JSON.parse(shown ?? ''), {persisted: true, reasons: null});
      await watcher.browserPage.waitFor('it is connected', () => localStorage.getItem('state') === 'connected', []);
      await backend.write(vali, String(conversationId), `Welcome back ${what}`);
      await watcher.browserPage.waitFor(
        'it hears of a message',
        (_dom, wanted: string) => localStorage.getItem('received') === wanted,
        [`Welcome back ${what}`],
      );
    });
  }
});
