import {expect, fixture, html} from '@open-wc/testing';
import '../../src/define/chat-message-list.js';
import type {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import type {MessageInput} from '../../src/model/index.js';
import {fromEnd} from '../elements/list-scene.js';
import {frames, message, messages, variedText} from '../elements/messages.js';

describe('the keyboard in <chat-message-list>', function () {
  // In engines that draw in software, each step takes its time.
  this.timeout(60_000);

  const part = (list: ChatMessageListElement, selector: string) => list.shadowRoot!.querySelector<HTMLElement>(selector)!;
  const scroller = (list: ChatMessageListElement) => part(list, '.scroller');
  const rows = (list: ChatMessageListElement) => [...list.shadowRoot!.querySelectorAll<HTMLElement>('[part="row"]')];
  const idOf = (row: Element | null | undefined) => row?.querySelector('chat-message')?.message?.id;
  const rowOf = (list: ChatMessageListElement, id: number) => rows(list).find((row) => idOf(row) === id)!;
  /** The message whose row itself has the keyboard. */
  const current = (list: ChatMessageListElement) => {
    const active = list.shadowRoot!.activeElement;
    return active?.matches('[part="row"]') ? idOf(active) : undefined;
  };
  const tabStops = (list: ChatMessageListElement) =>
    [list.shadowRoot!, ...[...list.shadowRoot!.querySelectorAll('chat-message')].map((row) => row.shadowRoot!)].flatMap((root) =>
      [...root.querySelectorAll<HTMLElement>('*')].filter((element) => element.tabIndex >= 0),
    );

  const settled = async (list: ChatMessageListElement): Promise<void> => {
    for (let i = 0; i < 3; i++) {
      await list.updateComplete;
      await frames(1);
    }
  };
  const listWith = async (all: readonly MessageInput[]): Promise<ChatMessageListElement> => {
    const list = await fixture<ChatMessageListElement>(html`<chat-message-list current-user-id="1"></chat-message-list>`);
    list.style.blockSize = '400px';
    list.style.inlineSize = '480px';
    list.messages = all;
    await settled(list);
    return list;
  };
  /** A list that has the keyboard. */
  const entered = async (all: readonly MessageInput[]): Promise<ChatMessageListElement> => {
    const list = await listWith(all);
    list.focus();
    await settled(list);
    return list;
  };
  /** A list of older messages that has the keyboard, with a page that puts the newest in their place when asked to. */
  const inOlder = async (older: readonly MessageInput[], newest: readonly MessageInput[]): Promise<ChatMessageListElement> => {
    const list = await listWith(older);
    list.hasNewer = true;
    list.addEventListener('chat-load-latest', () => {
      list.hasNewer = false;
      list.messages = newest;
    });
    list.focus();
    await settled(list);
    return list;
  };
  /** Presses a key where the keyboard is. Returns whether the list took it. */
  const press = async (list: ChatMessageListElement, key: string, more: KeyboardEventInit = {}): Promise<boolean> => {
    let target: Element = list.shadowRoot!.activeElement ?? list;
    while (target.shadowRoot?.activeElement) target = target.shadowRoot.activeElement;
    const isFree = target.dispatchEvent(
      new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true, composed: true, ...more}),
    );
    await settled(list);
    return !isFree;
  };
  const isInView = (list: ChatMessageListElement, row: Element): boolean => {
    const [box, rect] = [scroller(list).getBoundingClientRect(), row.getBoundingClientRect()];
    return rect.top >= box.top - 1 && rect.bottom <= box.bottom + 1;
  };
  const reply = {replyTo: {id: 3, sender: {id: 2, name: 'Ana'}, content: 'Message 3'}};

  it('stops at the scroller until somebody comes there', async () => {
    const list = await listWith(messages(1, 3));
    expect(scroller(list).tabIndex).to.equal(0);
    list.focus();
    expect(list.shadowRoot!.activeElement === scroller(list)).to.equal(true);
    await settled(list);
    expect(current(list)).to.equal(3);
    expect(scroller(list).tabIndex).to.equal(-1);
  });

  it('comes to a list that has only just come into the page', async () => {
    const list = document.createElement('chat-message-list');
    list.messages = messages(1, 3);
    document.body.append(list);
    list.focus();
    expect(document.activeElement === list).to.equal(true);
    await settled(list);
    expect(current(list)).to.equal(3);
    list.remove();
  });

  it('is not scrolled away from its end by who gives it the keyboard', async () => {
    const list = await listWith(messages(1, 40, (n) => ({content: variedText(n === 40 ? 600 : 3)})));
    list.style.blockSize = '163px';
    await settled(list);
    expect(fromEnd(list)).to.be.below(1);
    list.focus();
    await settled(list);
    expect(current(list)).to.equal(40);
    expect(fromEnd(list)).to.be.below(1);
  });

  it('follows its end after it was moved away from under the keyboard', async () => {
    const list = await entered(messages(1, 40));
    await press(list, 'ArrowUp');
    expect(current(list)).to.equal(39);
    list.parentElement!.append(list);
    await settled(list);
    list.append([message(41)]);
    await settled(list);
    expect(fromEnd(list)).to.be.below(1);
  });

  it('follows its end again for who has left it there, having read the message before the last', async () => {
    const list = await entered(messages(1, 40));
    const other = document.createElement('button');
    list.after(other);
    await press(list, 'ArrowUp');
    list.upsert(message(40, {content: 'edited'}));
    await settled(list);
    expect(fromEnd(list)).to.be.below(1);
    other.focus();
    await settled(list);
    list.append([message(41)]);
    await settled(list);
    expect(fromEnd(list)).to.be.below(1);
    other.remove();
  });

  it('has one stop: the newest message that is visible', async () => {
    const list = await entered(messages(1, 200, () => ({content: 'see https://example.com and https://example.org'})));
    const outside = tabStops(list).filter((element) => !rowOf(list, 200).contains(element) && !element.matches('a, button'));
    expect(outside.map(({outerHTML}) => outerHTML)).to.deep.equal([]);
    expect(
      rows(list)
        .filter((row) => row.tabIndex === 0)
        .map(idOf),
    ).to.deep.equal([200]);
    // The links of that message, and of no other.
    expect(tabStops(list).filter((element) => element.matches('a'))).to.have.length(2);
    const other = document.createElement('button');
    list.after(other);
    other.focus();
    scroller(list).scrollTop -= 2000;
    await settled(list);
    other.remove();
    const [stop] = rows(list).filter((row) => row.tabIndex === 0);
    const box = scroller(list).getBoundingClientRect();
    expect(stop!.getBoundingClientRect().bottom, 'all of it is').to.be.at.most(box.bottom + 1);
    expect(stop!.nextElementSibling!.getBoundingClientRect().bottom, 'not all of the next').to.be.above(box.bottom + 1);
  });

  it('comes to a message that can be seen rather than to one of which a line shows', async () => {
    const list = await listWith(messages(1, 60));
    const box = scroller(list).getBoundingClientRect();
    scroller(list).scrollTop -= 1000;
    await settled(list);
    const cut = rows(list).find((row) => row.getBoundingClientRect().bottom > box.bottom)!;
    scroller(list).scrollTop += cut.getBoundingClientRect().top + 12 - box.bottom;
    await settled(list);
    list.focus();
    await settled(list);
    expect(isInView(list, list.shadowRoot!.activeElement!)).to.equal(true);
    expect(current(list)).to.equal(Number(idOf(cut)) - 1);
  });

  it('goes from message to message, and to the ends', async () => {
    const list = await entered(messages(1, 3000, (n) => ({content: variedText(n)})));
    expect(current(list)).to.equal(3000);
    for (const [key, id] of [
      ['ArrowUp', 2999],
      ['ArrowUp', 2998],
      ['ArrowDown', 2999],
      ['Home', 1],
      ['ArrowDown', 2],
      ['End', 3000],
    ] as const) {
      expect(await press(list, key), key).to.equal(true);
      expect(current(list), key).to.equal(id);
      expect(isInView(list, rowOf(list, id)), `${key} leads into view`).to.equal(true);
    }
    const {scrollHeight, clientHeight, scrollTop} = scroller(list);
    expect(scrollHeight - clientHeight - scrollTop, 'End is the end').to.be.lessThan(2);
  });

  it('goes by what is visible with Page Up and Page Down', async () => {
    const list = await entered(messages(1, 300));
    await press(list, 'PageUp');
    const up = Number(current(list));
    expect(up).to.be.within(285, 297);
    expect(isInView(list, rowOf(list, up))).to.equal(true);
    await press(list, 'PageDown');
    expect(Number(current(list))).to.be.greaterThan(up);
  });

  it('does not go under what lies over the top of a low list, as on a page at 400 %', async () => {
    const list = await listWith(messages(1, 40));
    const banner = Object.assign(document.createElement('div'), {slot: 'top'});
    banner.style.blockSize = '80px';
    list.append(banner);
    list.style.blockSize = '130px';
    list.focus();
    await settled(list);
    for (let i = 0; i < 6; i++) await press(list, 'ArrowUp');
    const box = part(list, '.row:focus .message').getBoundingClientRect();
    expect(box.bottom - banner.getBoundingClientRect().bottom, 'what is seen of it').to.be.above(box.height / 2);
  });

  it('leaves a key to the browser that leads nowhere, has a modifier, or scrolls on in a high message', async () => {
    const list = await entered([...messages(1, 5), message(6, {content: 'A long word. '.repeat(900)}), message(7)]);
    expect(await press(list, 'ArrowDown')).to.equal(false);
    for (const modifier of ['altKey', 'ctrlKey', 'metaKey', 'shiftKey']) {
      expect(await press(list, 'ArrowUp', {[modifier]: true}), modifier).to.equal(false);
    }
    expect(await press(list, 'x')).to.equal(false);
    await press(list, 'ArrowUp');
    expect(current(list)).to.equal(6);
    scroller(list).scrollTop = rowOf(list, 6).offsetTop + 500;
    await settled(list);
    for (const key of ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown']) {
      expect(await press(list, key), `${key}: there is more of it`).to.equal(false);
    }
    expect(current(list)).to.equal(6);
  });

  it('leaves a key to the page that has taken it', async () => {
    const list = await entered(messages(1, 30));
    list.addEventListener('keydown', (event) => event.preventDefault(), {capture: true, once: true});
    await press(list, 'ArrowUp');
    expect(current(list)).to.equal(30);
    await press(list, 'ArrowUp');
    expect(current(list)).to.equal(29);
  });

  it('leaves all keys to what a page puts after the last message, such as a field', async () => {
    const list = await entered(messages(1, 30));
    const field = Object.assign(document.createElement('input'), {slot: 'end', value: 'Yes, please'});
    list.append(field);
    await settled(list);
    for (const key of ['ArrowUp', 'PageUp', 'Home', 'End']) {
      field.focus();
      await settled(list);
      const isFree = field.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true, composed: true}));
      await settled(list);
      expect(isFree, key).to.equal(true);
      expect(document.activeElement === field, key).to.equal(true);
    }
  });

  it('first comes to a box that is no group, which Orca would read aloud as a whole, unless there is nothing to read', async () => {
    const list = await listWith(messages(1, 3));
    const named = () =>
      ['.scroller', '.rows'].map((of) => list.shadowRoot!.querySelector(of)!).map((box) => [box.role, box.ariaLabel]);
    expect(named()).to.deep.equal([
      [null, null],
      ['list', 'Messages'],
    ]);
    list.messages = [];
    await settled(list);
    expect(named()).to.deep.equal([
      ['group', 'Messages'],
      [null, null],
    ]);
  });

  it('names what it comes to by all that is said of the message', async () => {
    const list = await listWith(messages(1, 3));
    for (const row of rows(list)) {
      const label = list.shadowRoot!.getElementById(row.getAttribute('aria-labelledby')!)!;
      expect(idOf(label)).to.equal(idOf(row));
      expect(row.contains(label)).to.equal(true);
    }
  });

  it('names the first message of a day with the day, and the first unread one as new', async () => {
    const list = await listWith(messages(1, 3));
    list.firstUnreadId = 3;
    await settled(list);
    const nameOf = (id: number) => list.shadowRoot!.getElementById(rowOf(list, id).getAttribute('aria-labelledby')!)!;
    const said = [1, 2, 3].map((id) => [...nameOf(id).querySelectorAll('[part]')].map((element) => element.getAttribute('part')));
    expect(said).to.deep.equal([['date-divider'], [], ['unread-divider']]);
    list.prepend(messages(-1, 0));
    await settled(list);
    expect(nameOf(3) === rowOf(list, 3), 'when others have come before it').to.equal(true);
  });

  it('goes into a message with Enter and back with Escape, and follows a quote and back', async () => {
    const list = await entered(messages(1, 400, (n) => (n === 400 ? reply : {})));
    await press(list, 'Enter');
    expect(current(list), 'in the message').to.equal(undefined);
    expect(rowOf(list, 400).querySelector('chat-message')!.shadowRoot!.activeElement!.part.value).to.equal('quote');
    expect(await press(list, 'ArrowUp'), 'not taken from what stands in a message').to.equal(false);
    await press(list, 'Escape');
    expect(current(list)).to.equal(400);
    expect(await press(list, 'Escape'), 'left to the page').to.equal(false);
    rowOf(list, 400).querySelector('chat-message')!.shadowRoot!.querySelector<HTMLElement>('[part="quote"]')!.click();
    // As a conversation does, which does not know whether the list has it.
    list.scrollToMessage(3);
    await settled(list);
    expect(current(list)).to.equal(3);
    expect(isInView(list, rowOf(list, 3))).to.equal(true);
    expect(await press(list, 'Escape')).to.equal(true);
    expect(current(list)).to.equal(400);
  });

  it('leaves Escape to the page where the answer that it would lead back to is gone, as in another conversation', async () => {
    const list = await entered(messages(1, 400, (n) => (n === 400 ? reply : {})));
    rowOf(list, 400).querySelector('chat-message')!.shadowRoot!.querySelector<HTMLElement>('[part="quote"]')!.click();
    await settled(list);
    expect(current(list)).to.equal(3);
    list.messages = messages(1001, 1060);
    await settled(list);
    list.focus();
    await settled(list);
    expect(current(list)).to.equal(1060);
    expect(await press(list, 'Escape')).to.equal(false);
    expect(current(list)).to.equal(1060);
    expect(fromEnd(list)).to.be.below(1);
  });

  it('stays on its message when others come, go, or get a real id', async () => {
    const list = await entered(messages(1, 100));
    for (let i = 0; i < 3; i++) await press(list, 'ArrowUp');
    const row = list.shadowRoot!.activeElement;
    list.prepend(messages(-60, 0));
    await settled(list);
    list.append(messages(101, 103));
    await settled(list);
    list.remove(95);
    await settled(list);
    expect(list.shadowRoot!.activeElement === row).to.equal(true);
    expect(current(list)).to.equal(97);
  });

  it('stays in a message while another one moves to the end', async () => {
    const list = await entered(messages(1, 4, (n) => ({content: `see https://example.com/${n}`})));
    await press(list, 'ArrowUp');
    await press(list, 'Enter');
    const {shadowRoot} = rowOf(list, 3).querySelector('chat-message')!;
    expect(shadowRoot!.activeElement?.part.value).to.equal('link');
    list.upsert(message(2, {position: 9}));
    await settled(list);
    expect(rows(list).map(idOf)).to.deep.equal([1, 3, 4, 2]);
    expect(shadowRoot!.activeElement?.part.value).to.equal('link');
  });

  it('goes to the neighbour when its message is removed, and to the scroller when none is left', async () => {
    const list = await entered(messages(1, 5));
    list.remove(5);
    await settled(list);
    expect(current(list)).to.equal(4);
    await press(list, 'ArrowUp');
    list.remove(3);
    await settled(list);
    expect(current(list)).to.equal(4);
    list.messages = [];
    await settled(list);
    expect(list.shadowRoot!.activeElement === scroller(list)).to.equal(true);
  });

  it('goes to the scroller when its message is removed before the code has come that knows the neighbour', async () => {
    const list = await listWith([...messages(1, 5), message(6, {content: 'https://example.com'})]);
    rowOf(list, 6).querySelector('chat-message')!.shadowRoot!.querySelector('a')!.focus();
    list.remove(6);
    // At once, as the code has been loaded by other tests.
    (list as unknown as {performUpdate(): void}).performUpdate();
    expect(list.shadowRoot!.activeElement === scroller(list)).to.equal(true);
    await settled(list);
    expect(document.activeElement === list).to.equal(true);
    expect(tabStops(list)).to.have.length(1);
  });

  it('stays in the list when its message is scrolled out of the page, and comes back to what is visible', async () => {
    const list = await entered(messages(1, 2000));
    scroller(list).scrollTop = 20_000;
    await settled(list);
    expect(rows(list).map(idOf)).not.to.include(2000);
    expect(list.shadowRoot!.activeElement === scroller(list)).to.equal(true);
    await press(list, 'ArrowDown');
    expect(isInView(list, rowOf(list, Number(current(list))))).to.equal(true);
    await press(list, 'ArrowUp');
    await press(list, 'ArrowUp');
    expect(Number(current(list))).to.be.lessThan(1000);
  });

  it('is not scrolled away from by what arrives', async () => {
    const list = await entered(messages(1, 100));
    await press(list, 'ArrowUp');
    for (const [first, last] of [
      [101, 101],
      [102, 102],
      [103, 120],
      [121, 140],
    ] as const) {
      list.append(messages(first, last));
      await settled(list);
    }
    expect(current(list)).to.equal(99);
    const [box, rect] = [scroller(list).getBoundingClientRect(), rowOf(list, 99).getBoundingClientRect()];
    expect(rect.bottom).to.be.greaterThan(box.top);
    await press(list, 'End');
    expect(current(list)).to.equal(140);
  });

  it('does not hold the list where it is for who has only clicked on a message', async () => {
    const list = await entered(messages(1, 60));
    // The focus of a mouse is not visible.
    const row = Object.assign(rowOf(list, 58), {matches: () => false});
    row.focus({preventScroll: true});
    await settled(list);
    expect(list.shadowRoot!.activeElement === row).to.equal(true);
    list.append([message(61)]);
    await settled(list);
    expect(fromEnd(list)).to.be.below(1);
  });

  it('goes to the newest message by End where the messages are replaced by the newest in one go', async () => {
    const list = await inOlder(messages(1, 60), messages(200, 260));
    await press(list, 'End');
    expect(current(list)).to.equal(260);
    expect(rows(list).filter((row) => row.tabIndex === 0)).to.have.length(1);
  });

  it('is taken back from nobody who has gone on from there', async () => {
    const list = await inOlder(messages(1, 60), messages(200, 260));
    const other = document.createElement('button');
    list.after(other);
    await press(list, 'End');
    rows(list).at(-1)!.focus();
    other.focus();
    await settled(list);
    list.append([message(261)]);
    await settled(list);
    expect(document.activeElement === other).to.equal(true);
    other.remove();
  });

  it('asks once for the newest messages where the button leads to them', async () => {
    const list = await entered(messages(1, 60));
    list.hasNewer = true;
    let asked = 0;
    list.addEventListener('chat-load-latest', () => asked++);
    scroller(list).scrollTop = 100;
    await settled(list);
    part(list, '[part="jump-button"]').click();
    await settled(list);
    expect(asked).to.equal(1);
  });

  it('is taken from nobody who has gone on before the list was ready for it', async () => {
    const list = await listWith(messages(1, 300));
    const other = document.createElement('button');
    list.after(other);
    scroller(list).scrollTop = 2000;
    await settled(list);
    part(list, '[part="jump-button"]').click();
    other.focus();
    await settled(list);
    expect(document.activeElement === other).to.equal(true);
    expect(fromEnd(list)).to.be.below(1);
    other.remove();
  });

  it('stays with the scroller that was clicked, as what is being selected with the mouse would be let go, and moves on from there', async () => {
    const list = await listWith(messages(1, 30));
    // The focus of a mouse is not visible.
    Object.assign(scroller(list), {matches: () => false});
    scroller(list).focus();
    await settled(list);
    expect(list.shadowRoot!.activeElement === scroller(list)).to.equal(true);
    await press(list, 'ArrowUp');
    expect(current(list)).to.equal(30);
  });

  it('leads to the end by the button, and to what is unread', async () => {
    const list = await listWith(messages(1, 300));
    scroller(list).scrollTop = 2000;
    await settled(list);
    part(list, '[part="jump-button"]').click();
    await settled(list);
    expect(current(list)).to.equal(300);
    list.firstUnreadId = 20;
    list.newWhileAway = 280;
    await settled(list);
    part(list, 'button.hint').click();
    await settled(list);
    expect(current(list)).to.equal(20);
  });
});
