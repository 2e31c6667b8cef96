import {html, type TemplateResult} from 'lit';
import '../../src/define/chat-composer.js';
import '../../src/define/chat-message-list.js';
import '../../src/define/chat-toast.js';
import '../../src/define/typing-indicator.js';
import {ApiError, type MessageInput} from '../../src/model/index.js';
import {message, messages} from '../elements/messages.js';

const file = (id: number, url: string) => ({
  id,
  name: `A report with a long name ${id}.pdf`,
  mimeType: 'application/pdf',
  size: 182_000,
  url,
  thumbnailUrl: null,
  width: null,
  height: null,
});

/** What a message can look like, by name. */
const MESSAGES: Readonly<Record<string, Partial<MessageInput>>> = {
  plain: {},
  link: {content: 'https://staging.example.com/a-path-that-is-rather-long-and-must-wrap'},
  lyingLink: {content: 'see https://google.com@evil.example/ and https://example.com/ as well'},
  edited: {editedAt: '2026-01-05T17:09:00'},
  deleted: {content: '', deletedAt: '2026-01-05T17:09:00'},
  answer: {replyTo: {id: 9, sender: {id: 3, name: 'Nodira'}, content: 'And with the keyboard open?'}},
  files: {attachments: [file(1, 'https://files.example/1.pdf'), file(2, 'javascript:alert(1)')]},
  reactions: {reactions: [{emoji: '👍', count: 3, userIds: [1, 2, 3]}]},
  emoji: {content: '👍🏽🎉❤️'},
  arabic: {content: 'مرحبا، كيف الحال؟'},
  longWord: {content: 'Donaudampfschifffahrtsgesellschaft'.repeat(8)},
  folded: {content: 'All of it is kept. '.repeat(1500)},
  nameless: {sender: {id: 2, name: ''}},
};

const OWN: Readonly<Record<string, Partial<MessageInput>>> = {
  queued: {status: 'queued'},
  sending: {status: 'sending'},
  sent: {status: 'sent'},
  delivered: {status: 'delivered'},
  read: {status: 'read'},
  ownAnswer: {status: 'read', replyTo: {id: 9, sender: {id: 1, name: 'Me'}, content: 'What I said'}},
  ownFiles: {status: 'read', attachments: [file(3, 'https://files.example/3.pdf')]},
  failed: {status: 'failed', error: new ApiError('too-large', 'The message is too large.')},
};

const single = (name: string, own: boolean, more: Partial<MessageInput>): TemplateResult => html`
  <section data-state=${name}>
    <chat-message ?own=${own} .message=${message(1, {...(own && {sender: {id: 1, name: 'Me'}}), ...more})}></chat-message>
  </section>
`;

const LIST = 'block-size: 320px';
const loadError = new ApiError('network', 'no answer');

/** Every state of what can be shown without a server, on one page. */
export const states = (): TemplateResult => html`
  <main style="background: Canvas; color: CanvasText">
    ${Object.entries(MESSAGES).map(([name, more]) => single(name, false, more))}
    ${Object.entries(OWN).map(([name, more]) => single(name, true, more))}
    <section data-state="list">
      <chat-message-list style=${LIST} current-user-id="1" .messages=${messages(1, 40)} .firstUnreadId=${39}></chat-message-list>
    </section>
    <section data-state="empty list"><chat-message-list style=${LIST} .hasOlder=${false}></chat-message-list></section>
    <section data-state="list that loads">
      <chat-message-list style=${LIST} .messages=${messages(1, 3)} .loadingOlder=${true} .newWhileAway=${12}></chat-message-list>
    </section>
    <section data-state="list that could not load">
      <chat-message-list style=${LIST} .messages=${messages(1, 3)} .olderError=${loadError}></chat-message-list>
    </section>
    <section data-state="composer"><chat-composer accept="*/*"></chat-composer></section>
    <section data-state="composer with text"><chat-composer .value=${'What is written'}></chat-composer></section>
    <section data-state="composer, too long"><chat-composer max-length="5" .value=${'What is written'}></chat-composer></section>
    <section data-state="composer, disabled"><chat-composer disabled accept="*/*"></chat-composer></section>
    <section data-state="composer with files">
      <chat-composer accept="*/*" .files=${[new File(['a'], 'a-file-with-a-name-that-is-rather-long.txt')]}></chat-composer>
    </section>
    <section data-state="typing"><typing-indicator .users=${[{id: 2, name: 'Ana'}]}></typing-indicator></section>
    <section data-state="toast"><chat-toast></chat-toast></section>
  </main>
`;

/** All elements of a page, those in shadow roots too. */
export function all(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) => [
    element,
    ...(element.shadowRoot ? all(element.shadowRoot) : []),
  ]);
}

/** Where an element stands, to be read. */
export function nameOf(element: Element): string {
  const root = element.getRootNode();
  const host = root instanceof ShadowRoot ? `${nameOf(root.host)} ` : '';
  const state = element.closest('[data-state]')?.getAttribute('data-state');
  return `${host}${state ? `[${state}] ` : ''}${element.localName}.${element.className || element.getAttribute('part') || ''}`;
}
