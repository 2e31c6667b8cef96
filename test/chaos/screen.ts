import type {ChatMessageElement} from '../../src/elements/chat-message.js';
import type {Tab} from './tab.js';

/** Lets the widget show this conversation. */
export async function show(tab: Tab, conversationId: number): Promise<void> {
  await tab.page.evaluate((id) => {
    document.querySelector('chat-conversation')?.setAttribute('conversation-id', String(id));
  }, conversationId);
}

/**
 * Shows a conversation and scrolls through all of it, from the top to the end. Returns the ids of the messages in the order in
 * which they are on the screen; one that stands there twice is there twice.
 */
export async function readScreen(tab: Tab, conversationId: number): Promise<readonly number[]> {
  await tab.page.front();
  await show(tab, conversationId);
  return tab.page.evaluate(async (wanted) => {
    const client = document.querySelector('chat-connection')?.client;
    const widget = document.querySelector('chat-conversation');
    const conversation = client?.conversation(wanted);
    if (!conversation || !widget) throw new Error('There is no conversation.');
    while (conversation.snapshot().hasOlder) await conversation.loadOlder();
    const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
    const root = (): ShadowRoot | null | undefined => widget.shadowRoot?.querySelector('chat-message-list')?.shadowRoot;
    const rows = (): number[] =>
      [...(root()?.querySelectorAll<ChatMessageElement>('chat-message') ?? [])].map(({message}) => Number(message?.id));
    const isThere = (): boolean => rows().length > 0 || conversation.messages.size === 0;
    const belongs = (): boolean => rows().every((id) => conversation.messages.indexOf(id) >= 0);
    while (!isThere() || !belongs()) await frame();
    const scroller = root()?.querySelector('.scroller');
    if (!scroller) return [];
    const seen: number[] = [];
    // What is drawn at each stop overlaps with what was drawn at the last one.
    const take = (): void => {
      const drawn = rows();
      const known = drawn.lastIndexOf(seen.at(-1) ?? Number.NaN);
      seen.push(...drawn.slice(known + 1));
    };
    const settle = async (): Promise<void> => {
      for (let frames = 0; frames < 3; frames += 1) await frame();
    };
    do {
      scroller.scrollTop = 0;
      await settle();
    } while (scroller.scrollTop > 0);
    for (;;) {
      take();
      const before = scroller.scrollTop;
      scroller.scrollTop += scroller.clientHeight * 0.7;
      await settle();
      if (scroller.scrollTop <= before) break;
    }
    take();
    return seen;
  }, conversationId);
}
