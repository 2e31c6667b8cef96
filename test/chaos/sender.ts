import type {Tab} from './tab.js';
import {show} from './screen.js';

/** Keeps these conversations open, so that their unsent messages are known and each is sent. */
export async function openAll(tab: Tab, conversationIds: readonly number[]): Promise<void> {
  await tab.page.until('there is a client', () => document.querySelector('chat-connection')?.client !== undefined, null);
  await tab.page.evaluate((ids) => {
    for (const id of ids) document.querySelector('chat-connection')?.client?.conversation(id).open();
  }, conversationIds);
}

/** Writes into a conversation, one message after the other: with real keys in the composer, or by the method of the element. Does not wait for the server. */
export async function compose(tab: Tab, conversationId: number, texts: readonly string[], how: 'keys' | 'method'): Promise<void> {
  await show(tab, conversationId);
  await tab.page.evaluate(() => document.querySelector('chat-conversation')?.updateComplete, null);
  if (how === 'keys') return writeWithKeys(tab, texts);
  await tab.page.evaluate((all) => {
    const widget = document.querySelector('chat-conversation');
    for (const text of all) void widget?.send(text);
  }, texts);
}

async function writeWithKeys({page}: Tab, texts: readonly string[]): Promise<void> {
  await page.click('textarea');
  for (const text of texts) {
    await page.type(text);
    await page.press('Enter');
  }
}

/** The messages of these conversations that the server has not confirmed, as the page knows it: for each, what it says and how it stands. */
export async function findUnsent(tab: Tab, conversationIds: readonly number[]): Promise<readonly string[]> {
  return tab.page.evaluate((ids) => {
    const client = document.querySelector('chat-connection')?.client;
    return ids.flatMap((id) => {
      const messages = client?.conversation(id).messages;
      const all = messages?.slice(0, messages.size) ?? [];
      const unsent = all.filter(({status}) => !['sent', 'delivered', 'read'].includes(status));
      return unsent.map(({content, status, error}) => `"${content}" is ${status}${error ? `: ${error.message}` : ''}`);
    });
  }, conversationIds);
}

/**
 * Tries again what has failed in a conversation, as a person does: each message in one tab, which is one that has its files if there is one. Where
 * a page was left before they were uploaded, only the text is.
 */
export async function retryFailed(tabs: readonly Tab[], conversationId: number): Promise<void> {
  const ways = new Map<string, {readonly tab: Tab; readonly files: number}>();
  for (const tab of tabs) {
    for (const {tempId, files} of await findFailed(tab, conversationId)) {
      if (files > (ways.get(tempId)?.files ?? -1)) ways.set(tempId, {tab, files});
    }
  }
  for (const [tempId, {tab}] of ways) {
    await tab.page.evaluate(
      ([id, which]) => {
        const conversation = document.querySelector('chat-connection')?.client?.conversation(id);
        // It may have been sent meanwhile.
        conversation?.retry(which).catch(() => undefined);
      },
      [conversationId, tempId] as const,
    );
  }
}

async function findFailed(
  tab: Tab,
  conversationId: number,
): Promise<readonly {readonly tempId: string; readonly files: number}[]> {
  return tab.page.evaluate((id) => {
    const messages = document.querySelector('chat-connection')?.client?.conversation(id).messages;
    const failed = (messages?.slice(0, messages.size) ?? []).filter(({status}) => status === 'failed');
    return failed.flatMap(({tempId, attachments}) => (tempId === null ? [] : [{tempId, files: attachments.length}]));
  }, conversationId);
}
