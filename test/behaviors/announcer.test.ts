import {expect, fixture, html} from '@open-wc/testing';
import {LitElement, type TemplateResult} from 'lit';
import {Announcer} from '../../src/behaviors/announcer.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';

class AnnouncingElement extends LitElement {
  readonly clock = new VirtualClock();
  readonly announcer = new Announcer(
    this,
    () => this.log,
    (count) => `${count} at once`,
    this.clock,
  );

  get log(): Element {
    return this.renderRoot.querySelector('[role=log]')!;
  }

  protected override render(): TemplateResult {
    return html`<div role="log"></div>`;
  }
}
customElements.define('announcing-probe', AnnouncingElement);

describe('Announcer', () => {
  const probe = () => fixture<AnnouncingElement>(html`<announcing-probe></announcing-probe>`);
  const said = (el: AnnouncingElement) => [...el.log.children].map(({textContent}) => textContent);

  it('says what was collected for 400 ms, one by one', async () => {
    const el = await probe();
    el.announcer.announce('a');
    await el.clock.advance(399);
    expect(said(el)).to.deep.equal([]);
    el.announcer.announce('b');
    await el.clock.advance(1);
    expect(said(el)).to.deep.equal(['a', 'b']);
  });

  it('says the number of a burst', async () => {
    const el = await probe();
    for (let n = 0; n < 6; n++) el.announcer.announce(String(n));
    await el.clock.advance(400);
    expect(said(el)).to.deep.equal(['6 at once']);
  });

  it('gives the same words twice two lines, and keeps the last twelve', async () => {
    const el = await probe();
    for (let n = 0; n < 15; n++) {
      el.announcer.announce('the same');
      await el.clock.advance(400);
    }
    const lines = [...el.log.children];
    expect(lines).to.have.length(12);
    el.announcer.announce('the same');
    await el.clock.advance(400);
    expect([...el.log.children].slice(0, -1), 'the others stay as they are').to.deep.equal(lines.slice(1));
  });

  it('takes the lines away ten seconds after the last one, as they would be said again where they are shown again', async () => {
    const el = await probe();
    el.announcer.announce('a');
    await el.clock.advance(400);
    el.announcer.announce('b');
    await el.clock.advance(10_399);
    expect(said(el)).to.deep.equal(['a', 'b']);
    await el.clock.advance(1);
    expect(said(el)).to.deep.equal([]);
    expect(el.clock.pending).to.equal(0);
  });

  it('reads no more than the beginning of a long text', async () => {
    const el = await probe();
    el.announcer.announce('x'.repeat(5000));
    await el.clock.advance(400);
    expect(said(el)[0]).to.equal(`${'x'.repeat(400)}…`);
  });

  it('says what was to be said when its host is moved meanwhile', async () => {
    const el = await probe();
    el.announcer.announce('a');
    (await fixture(html`<div></div>`)).append(el);
    await el.clock.advance(400);
    expect(said(el)).to.deep.equal(['a']);
  });

  it('forgets everything when its host leaves the page', async () => {
    const el = await probe();
    el.announcer.announce('a');
    await el.clock.advance(400);
    el.announcer.announce('b');
    el.remove();
    await Promise.resolve();
    expect(el.clock.pending).to.equal(0);
    expect(said(el)).to.deep.equal([]);
  });

  it('says nothing later of what was still to be said of another conversation', async () => {
    const el = await probe();
    el.announcer.announce('a');
    el.announcer.notify('not loaded');
    el.announcer.clear();
    el.announcer.announce('b');
    await el.clock.advance(400);
    expect(said(el)).to.deep.equal(['b']);
  });
});
