import {expect, fixture, html} from '@open-wc/testing';
import '../../src/define/chat-toast.js';
import {ChatToastElement} from '../../src/elements/chat-toast.js';
import {systemClock} from '../../src/model/index.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';
import {Listener} from '../a11y/listener.js';
import {textOf, within} from '../support/chat.js';
import {still} from '../support/still.js';

describe('<chat-toast>', () => {
  let clock: VirtualClock;
  const words = (el: Element) => textOf(el, '[part=toast] .words');
  const box = (el: Element) => el.shadowRoot!.querySelector('[part=toast]');

  async function toast(): Promise<ChatToastElement> {
    const el = await fixture<ChatToastElement>(html`<chat-toast></chat-toast>`);
    el.show('Live updates are off.');
    await el.updateComplete;
    return el;
  }

  beforeEach(() => {
    ChatToastElement.clock = clock = new VirtualClock();
  });

  afterEach(() => {
    ChatToastElement.clock = systemClock;
  });

  it('says it, also to a screen reader, and goes by itself', async () => {
    const el = await toast();
    expect(words(el)).to.equal('Live updates are off.');
    expect(textOf(el, '[aria-live]')).to.equal('Live updates are off.');
    await clock.advance(19_999);
    await el.updateComplete;
    expect(words(el), 'time to come to it').to.equal('Live updates are off.');
    await clock.advance(1);
    await el.updateComplete;
    expect(box(el)).to.equal(null);
  });

  it('is said anew, and stays as long again, when the same happens once more', async () => {
    const el = await toast();
    const listener = new Listener(el);
    for (const time of ['second', 'third']) {
      await clock.advance(19_000);
      await el.updateComplete;
      expect(words(el), `before the ${time} time`).to.contain('Live updates are off.');
      el.show('Live updates are off.');
      await el.updateComplete;
      expect(listener.take(), `${time} time`).to.deep.equal(['Live updates are off.']);
      expect(words(el)).to.equal('Live updates are off.');
    }
    listener.stop();
  });

  it('stays while somebody points at it or has the keyboard in it', async () => {
    const el = await toast();
    el.dispatchEvent(new PointerEvent('pointerenter'));
    await clock.advance(60_000);
    expect(words(el)).not.to.equal('');
    el.dispatchEvent(new PointerEvent('pointerleave'));
    await clock.advance(20_000);
    await el.updateComplete;
    expect(words(el)).to.equal('');
  });

  it('stays with whoever has the keyboard in it when a pointer passes over it', async () => {
    const el = await toast();
    within(el, 'button').focus();
    el.dispatchEvent(new PointerEvent('pointerenter'));
    el.dispatchEvent(new PointerEvent('pointerleave'));
    await clock.advance(60_000);
    await el.updateComplete;
    expect(words(el)).not.to.equal('');
    within(el, 'button').blur();
    await clock.advance(20_000);
    await el.updateComplete;
    expect(words(el)).to.equal('');
  });

  it('stays with whoever points at it when it says something else', async () => {
    const el = await toast();
    el.dispatchEvent(new PointerEvent('pointerenter'));
    el.show('The file is too large.');
    await clock.advance(60_000);
    await el.updateComplete;
    expect(words(el)).to.equal('The file is too large.');
  });

  it('can be dismissed, and leaves no timer behind', async () => {
    const el = await toast();
    within<HTMLButtonElement>(el, '[part=dismiss-button]').click();
    await el.updateComplete;
    expect(box(el)).to.equal(null);
    expect(clock.pending).to.equal(0);
  });

  it('goes by itself again after it was dismissed by who pointed at it, as it is gone from under the pointer', async () => {
    const el = await toast();
    el.dispatchEvent(new PointerEvent('pointerenter'));
    within<HTMLButtonElement>(el, '[part=dismiss-button]').click();
    el.show('The file is too large.');
    await clock.advance(20_000);
    await el.updateComplete;
    expect(words(el)).to.equal('');
  });

  it('leaves no timer behind when it is removed, and is not there when it is put back', async () => {
    const el = await toast();
    const parent = el.parentElement!;
    el.remove();
    expect(clock.pending).to.equal(0);
    el.show('Nobody sees this.');
    expect(clock.pending, 'shown while it is not in the page').to.equal(0);
    el.close();
    parent.append(el);
    await el.updateComplete;
    expect(box(el)).to.equal(null);
  });

  it('is accessible', async () => {
    const el = await toast();
    await still();
    await expect(el).to.be.accessible();
  });
});
