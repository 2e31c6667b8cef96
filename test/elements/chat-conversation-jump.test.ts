import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import '../../src/define/chat-connection.js';
import '../../src/define/chat-conversation.js';
import type {ChatConversationElement} from '../../src/elements/chat-conversation.js';
import type {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import type {ChatClientOptions} from '../../src/client/types.js';
import type {ChatMessagesVisibleEvent} from '../../src/elements/dom-events.js';
import {ApiError, type Id} from '../../src/model/index.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {chatServer, textOf, within} from '../support/chat.js';

const HOUR = 3_600_000;

describe('a jump in <chat-conversation>', () => {
  let server: FakeServer;
  let el: ChatConversationElement;
  let list: ChatMessageListElement;

  async function settle(): Promise<void> {
    await server.settle();
    await el.updateComplete;
    await list.updateComplete;
  }

  /**
   * A conversation with messages of two people in turns of three, each of which says its number. After every fifth there is a gap (ms). The
   * person who opens it has read as many as `read`.
   */
  async function open(
    count: number,
    gap = 0,
    {read = 0, ...options}: Partial<Omit<ChatClientOptions, 'userId'>> & {readonly read?: number} = {},
  ): Promise<void> {
    server = chatServer({messages: 0});
    for (let index = 0; index < count; index += 1) {
      server.message({conversationId: 9, from: 2 + (Math.floor(index / 3) % 2), content: `number ${index}`});
      if (gap > 0 && index % 5 === 4) await server.advance(gap);
    }
    if (read > 0) await Promise.all([server.client({userId: 1}).api.markRead(9, [idOf(read - 1)]), server.settle()]);
    const box = await fixture(html`
      <chat-connection .client=${server.client({userId: 1, ...options})}>
        <chat-conversation conversation-id="9"></chat-conversation>
      </chat-connection>
    `);
    el = box.querySelector('chat-conversation')!;
    el.style.blockSize = '600px';
    await server.settle();
    await el.updateComplete;
    list = within<ChatMessageListElement>(el, 'chat-message-list');
    await settle();
  }

  const idOf = (index: number): number => server.messages(9).at(index)?.id ?? 0;

  const fetches = (): number => server.log.requests.filter(({path}) => path.endsWith('/messages')).length;

  const rows = (): HTMLElement[] => [...list.shadowRoot!.querySelectorAll<HTMLElement>('.row')];

  const numbers = (): number[] =>
    [...list.shadowRoot!.querySelectorAll('chat-message')].map(({message}) => Number(message?.content.split(' ')[1]));

  const contentsShown = (): (string | undefined)[] => numbers().map((number) => `number ${number}`);

  async function scrollTo(offset: number): Promise<void> {
    const scroller = within(list, '.scroller');
    const scrolled = new Promise((resolve) => scroller.addEventListener('scroll', resolve, {once: true}));
    scroller.scrollTop = offset;
    await scrolled;
    await settle();
  }

  async function jumpTo(index: number): Promise<boolean> {
    const jump = el.scrollToMessage(idOf(index));
    await settle();
    const found = await jump;
    await settle();
    return found;
  }

  /** Where a message stands, from the middle of what is visible, in CSS pixels. */
  function offCentre(index: number): number {
    const message = [...list.shadowRoot!.querySelectorAll('chat-message')].find(
      (one) => one.message?.content === `number ${index}`,
    )!;
    const [box, room] = [message.getBoundingClientRect(), within(list, '.scroller').getBoundingClientRect()];
    return Math.abs((box.top + box.bottom) / 2 - (room.top + room.bottom) / 2);
  }

  const isAtEnd = (): boolean => {
    const {scrollTop, scrollHeight, clientHeight} = within(list, '.scroller');
    return scrollHeight - clientHeight - scrollTop < 2;
  };

  afterEach(() => {
    el.closest('chat-connection')!.remove();
    server.dispose();
  });

  it('loads a message that is far away with one fetch, brings it to the middle and lights it up; the way back takes none', async () => {
    await open(250);
    const before = fetches();
    expect(await jumpTo(100)).to.equal(true);
    expect(fetches() - before).to.equal(1);
    expect(offCentre(100)).to.be.below(40);
    expect(list.shadowRoot!.querySelector('chat-message[highlighted]')).to.have.nested.property('message.content', 'number 100');
    within(list, '[part=jump-button]').click();
    await settle();
    expect(fetches() - before).to.equal(1);
    expect(numbers().at(-1)).to.equal(249);
    expect(isAtEnd()).to.equal(true);
  });

  for (const [what, read, fetched] of [
    ['is loaded', 220, 0],
    ['is not loaded, with one fetch,', 100, 1],
  ] as const) {
    it(`leads to the first unread message where that ${what} until it has been seen, though the end was seen first`, async () => {
      const seen = new Set<Id>();
      const see = ({detail}: ChatMessagesVisibleEvent): void => detail.ids.forEach((id) => seen.add(id));
      document.addEventListener('chat-messages-visible', see);
      await open(250, 0, {read});
      await waitUntil(() => seen.has(idOf(249)), 'the end is seen', {timeout: 30_000});
      await settle();
      expect(textOf(list, '[part=hint]')).to.equal(`${250 - read} new messages while you were away`);
      const before = fetches();
      within(list, '[part=hint]').click();
      await settle();
      await waitUntil(() => seen.has(idOf(read)), 'the first one is seen', {timeout: 30_000});
      await settle();
      document.removeEventListener('chat-messages-visible', see);
      expect(fetches() - before).to.equal(fetched);
      expect(offCentre(read)).to.be.below(40);
      const divider = list.shadowRoot!.querySelector('[part="unread-divider"]');
      expect(divider?.closest('.row')?.querySelector('chat-message')?.message?.content).to.equal(`number ${read}`);
      expect(list.shadowRoot!.querySelector('[part=hint]')).to.equal(null);
      // Compared as a boolean: a row in the message of a failure would be written out whole.
      expect(list.shadowRoot!.activeElement === divider?.closest('.row'), 'it has the focus').to.equal(true);
    });
  }

  it('goes to a message of a conversation whose id was set right before', async () => {
    await open(250);
    el.conversationId = undefined;
    await el.updateComplete;
    el.conversationId = 9;
    expect(await jumpTo(100)).to.equal(true);
  });

  it('goes to the original of a quote', async () => {
    await open(300);
    server.message({conversationId: 9, from: 2, content: 'an answer', replyToId: idOf(20)});
    await settle();
    const quote = [...list.shadowRoot!.querySelectorAll('chat-message')].at(-1)!;
    within(quote, '[part=quote]').click();
    await settle();
    await settle();
    expect(offCentre(20)).to.be.below(40);
  });

  for (const [way, from, count] of [
    ['goes with somebody who follows a quote by it', 'quote', 250],
    ['goes with somebody, too, to one shortly before what is loaded', 'quote', 90],
    ['stays in the composer, where somebody has gone meanwhile', 'chat-composer', 250],
  ] as const) {
    it(`loads the original of a quote, and the keyboard ${way}`, async () => {
      await open(count);
      server.message({conversationId: 9, from: 2, content: 'an answer', replyToId: idOf(20)});
      await settle();
      list.focus();
      await settle();
      const quote = within([...list.shadowRoot!.querySelectorAll('chat-message')].at(-1)!, '[part=quote]');
      quote.focus();
      quote.click();
      if (from !== 'quote') within(el, from).focus();
      await settle();
      await settle();
      expect(contentsShown()).to.contain('number 20');
      const row = list.shadowRoot!.activeElement;
      expect(row?.querySelector('chat-message')?.message?.content).to.equal(from === 'quote' ? 'number 20' : undefined);
      expect(el.shadowRoot!.activeElement?.localName).to.equal(from === 'quote' ? 'chat-message-list' : from);
    });
  }

  it('says that a message cannot be had, and stays', async () => {
    await open(60);
    const jump = el.scrollToMessage(123_456);
    await settle();
    expect(await jump).to.equal(false);
    const toast = within<HTMLElementTagNameMap['chat-toast']>(el, 'chat-toast');
    await toast.updateComplete;
    expect(textOf(toast, '[part=toast]')).to.not.equal('');
    expect(isAtEnd()).to.equal(true);
  });

  it('says nothing of a jump that another one has taken the place of', async () => {
    await open(250);
    const jumps = [100, 20].map((index) => el.scrollToMessage(idOf(index)));
    await settle();
    expect(await Promise.all(jumps)).to.deep.equal([false, true]);
    expect(textOf(within(el, 'chat-toast'), '[part=toast]')).to.equal('');
  });

  it('says that newer messages cannot be had', async () => {
    await open(250);
    await jumpTo(100);
    server.faults.rest({match: /GET .*messages$/, status: 403});
    await scrollTo(within(list, '.scroller').scrollHeight);
    expect(textOf(list, '[part=hint]')).to.contain('could not be loaded');
  });

  it('says so, too, of a message that shows as it was before a gap, and that cannot be had anew', async () => {
    await open(60);
    const conversation = el.closest('chat-connection')!.client!.conversation(9);
    conversation.loadAround = () => Promise.reject(new ApiError('network', 'No network.'));
    expect(await el.scrollToMessage(idOf(59))).to.equal(false);
    const toast = within<HTMLElementTagNameMap['chat-toast']>(el, 'chat-toast');
    await toast.updateComplete;
    expect(textOf(toast, '[part=toast]')).to.not.equal('');
  });

  for (const [how, goToEnd] of [
    ['End', () => list.shadowRoot!.activeElement!.dispatchEvent(new KeyboardEvent('keydown', {key: 'End', bubbles: true}))],
    ['the button', () => within(list, '[part=jump-button]').click()],
  ] as const) {
    it(`is left for the newest message, with the keyboard, by ${how}`, async () => {
      await open(250);
      await jumpTo(60);
      list.focus();
      await settle();
      goToEnd();
      await settle();
      await settle();
      const current = list.shadowRoot!.activeElement;
      expect(current?.querySelector('chat-message')).to.have.nested.property('message.content', 'number 249');
      expect(numbers().at(-1)).to.equal(249);
      expect(rows().filter(({tabIndex}) => tabIndex === 0)).to.have.length(1);
    });
  }

  it('counts what comes in at the end meanwhile', async () => {
    await open(250);
    await jumpTo(100);
    const shown = numbers();
    for (const content of ['number 250', 'number 251']) server.message({conversationId: 9, from: 2, content});
    await settle();
    expect(numbers()).to.deep.equal(shown);
    expect(textOf(list, '[part=jump-button]')).to.equal('2');
    within(list, '[part=jump-button]').click();
    await settle();
    expect(numbers().slice(-2)).to.deep.equal([250, 251]);
    expect(list.shadowRoot!.querySelector('[part=jump-button]')).to.equal(null);
  });

  it('returns to the end with a message of one’s own', async () => {
    await open(250);
    await jumpTo(100);
    const sent = el.send('number 250');
    await settle();
    await sent;
    await settle();
    expect(numbers().slice(-2)).to.deep.equal([249, 250]);
    expect(isAtEnd()).to.equal(true);
  });

  it('loads on in both directions while somebody scrolls, and never moves what is read', async () => {
    await open(300);
    await jumpTo(150);
    for (let page = 0; page < 8 && list.hasNewer; page += 1) {
      const last = list.messages.length - 1;
      await scrollTo(within(list, '.scroller').scrollHeight);
      // What came stands behind what is read, which is where it was.
      expect(list.messages[last]?.content).to.be.oneOf(contentsShown());
    }
    expect(list.hasNewer).to.equal(false);
    expect(list.messages.map(({content}) => content).at(-1)).to.equal('number 299');
    await scrollTo(0);
    expect(list.messages.length).to.be.above(200);
  });

  it('has the dividers and groups of a list that is loaded in full, on both sides of where pages meet', async () => {
    await open(160, 3 * HOUR);
    await jumpTo(55);
    checkPlaces();
    const conversation = el.closest('chat-connection')!.client!.conversation(9);
    while (list.hasOlder || list.hasNewer) {
      await Promise.all([conversation.loadOlder(), conversation.loadNewer(), server.settle()]);
      await settle();
    }
    expect(list.messages).to.have.length(160);
    // Where the page of the jump began and ended.
    for (const index of [5, 105]) {
      expect(await jumpTo(index)).to.equal(true);
      checkPlaces();
      expect(numbers())
        .to.include(index)
        .and.include(index + 1)
        .and.include(index - 1);
    }
  });

  it('lets go of what is far away, and has it again on the way back', async () => {
    await open(640, 0, {maxMessages: 500});
    for (let page = 0; page < 14 && list.hasOlder; page += 1) {
      await scrollTo(0);
      expect(list.messages.length).to.be.at.most(500);
    }
    expect(list.messages[0]).to.have.property('content', 'number 0');
    expect(list.hasNewer).to.equal(true);
    await jumpTo(639);
    expect(numbers()).to.include(639);
    const contents = list.messages.map(({content}) => Number(content.split(' ')[1]));
    expect(contents).to.deep.equal(Array.from(contents, (_, index) => (contents[0] ?? 0) + index));
  });

  /** Each shown message has the divider and the place in a group that follow from all there are. */
  function checkPlaces(): void {
    const days = server.messages(9).map(({created_at}) => new Date(created_at).toDateString());
    for (const row of rows()) {
      const index = Number(row.querySelector('chat-message')!.message?.content.split(' ')[1]);
      // Above the first one that is loaded nobody knows what stands.
      if (list.messages[0]?.content === `number ${index}`) continue;
      const opensDay = days[index] !== days[index - 1];
      expect(row.querySelector('[part=date-divider]') !== null, `day above ${index}`).to.equal(opensDay);
      const opensGroup = index % 3 === 0 || index % 5 === 0;
      expect(row.classList.contains('first'), `group of ${index}`).to.equal(opensGroup);
    }
    expect(rows()).to.have.length.above(8);
  }
});
