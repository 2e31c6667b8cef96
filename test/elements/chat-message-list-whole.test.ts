import {expect} from '@open-wc/testing';
import {fromEnd, ids, listWith, reading, rows, scroller, scrollTo, settled, shown, topOf} from './list-scene.js';
import {messages, variedText} from './messages.js';

const MANY = messages(1, 120, (n) => ({content: variedText(n)}));

describe('<chat-message-list>, in full', function () {
  this.timeout(60_000);

  it('has every message in the page with render-all, for the search of the browser and for "select all"', async () => {
    const list = await listWith(MANY, (el) => el.setAttribute('render-all', ''));
    expect(ids(list)).to.deep.equal(MANY.map(({id}) => id));
    expect(fromEnd(list)).to.be.lessThan(2);
    list.append(messages(121, 122));
    await settled(list);
    expect(rows(list)).to.have.length(122);
    expect(fromEnd(list)).to.be.lessThan(2);
  });

  it('leaves what is read where it is when render-all comes and goes', async () => {
    const list = await listWith(MANY);
    await scrollTo(list, scroller(list).scrollTop - 3000);
    const id = reading(list);
    const before = topOf(list, id);
    list.renderAll = true;
    await settled(list);
    expect(rows(list)).to.have.length(120);
    expect(topOf(list, id)).to.be.closeTo(before, 1);
    list.renderAll = false;
    await settled(list);
    expect(rows(list).length).to.be.at.most(40);
    expect(topOf(list, id)).to.be.closeTo(before, 1);
  });

  it('is what is printed, at the moment the page is asked for it', async () => {
    const list = await listWith(MANY);
    dispatchEvent(new Event('beforeprint'));
    // Who calls print() waits for nothing.
    expect(rows(list)).to.have.length(120);
    const texts = shown(list).map((row) => row.shadowRoot!.querySelector('[part="content"]')?.textContent);
    expect(texts).to.deep.equal(MANY.map(({content}) => content));
    dispatchEvent(new Event('afterprint'));
    await settled(list);
    expect(rows(list).length).to.be.at.most(40);
    expect(fromEnd(list)).to.be.lessThan(2);
  });

  it('is what is printed also in a way of printing that only the media query tells of', async () => {
    const {matchMedia} = globalThis;
    const print = new EventTarget();
    globalThis.matchMedia = (query) => (query === 'print' ? (print as MediaQueryList) : matchMedia.call(globalThis, query));
    try {
      const list = await listWith(MANY);
      const tell = (matches: boolean) => print.dispatchEvent(new MediaQueryListEvent('change', {media: 'print', matches}));
      tell(true);
      expect(rows(list)).to.have.length(120);
      tell(false);
      await settled(list);
      expect(rows(list).length).to.be.at.most(40);
    } finally {
      globalThis.matchMedia = matchMedia;
    }
  });

  it('is no longer what is printed once it is out of the page, nor when it is back', async () => {
    const list = await listWith(MANY);
    const box = list.parentElement!;
    list.remove();
    dispatchEvent(new Event('beforeprint'));
    expect(rows(list).length, 'nobody sees it').to.be.at.most(40);
    dispatchEvent(new Event('afterprint'));
    box.append(list);
    await settled(list);
    dispatchEvent(new Event('beforeprint'));
    expect(rows(list)).to.have.length(120);
    list.remove();
    dispatchEvent(new Event('afterprint'));
    box.append(list);
    await settled(list);
    expect(rows(list).length).to.be.at.most(40);
  });
});
