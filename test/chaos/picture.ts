import type {Tab} from './tab.js';

/** What a tab knows by now, as text: of the list of conversations, of the conversation that it shows, and of each message there. */
export interface Picture {
  /** Whether all of it is loaded, and kept up to date. */
  readonly isSettled: boolean;
  readonly list: readonly string[];
  readonly conversation: string;
  /** From the oldest that is loaded to the newest. */
  readonly messages: readonly string[];
}

/** Takes the picture of a tab, at the end of its conversation. */
export async function takePicture(tab: Tab): Promise<Picture> {
  return tab.page.evaluate(() => {
    const connection = document.querySelector('chat-connection');
    const widget = document.querySelector('chat-conversation');
    const id = widget?.getAttribute('conversation-id');
    const {client} = connection ?? {};
    if (!widget || !client || !id) throw new Error('There is no conversation.');
    widget.scrollToLatest();
    const conversation = client.conversation(id);
    const {phase, sync, unreadCount, hasNewer, draft} = conversation.snapshot();
    const list = client.conversations.snapshot();
    const shown = widget.shadowRoot?.querySelector('chat-message-list')?.messages ?? [];
    return {
      isSettled: client.isConnected && phase === 'ready' && sync === 'live' && list.phase === 'ready',
      list: list.conversations.map((one) =>
        JSON.stringify([one.id, one.unreadCount, one.lastMessage?.id, one.lastMessage?.content]),
      ),
      conversation: JSON.stringify({id, unreadCount, hasNewer, draft}),
      messages: shown.map((message) => JSON.stringify(message)),
    };
  }, null);
}

/** In what two pictures differ, or what is not settled in one; empty if nothing is. How far back each tab has loaded is no difference. */
export function compare(one: Picture, other: Picture): readonly string[] {
  if (!one.isSettled || !other.isSettled) return ['not settled'];
  const size = Math.min(one.messages.length, other.messages.length);
  const [mine, wanted] = [one, other].map(({list, conversation, messages}) => [
    list.join(' '),
    conversation,
    messages.length > 0 ? 'some messages' : 'no messages',
    ...messages.slice(messages.length - size),
  ]) as [string[], string[]];
  return mine.flatMap((line, index) => (line === wanted[index] ? [] : [`${line} and not ${wanted[index]}`]));
}
