import {expect, fixture, html} from '@open-wc/testing';
import {LitElement} from 'lit';
import {Announcer} from '../../src/behaviors/announcer.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';

class AnnouncingElement extends LitElement {
  readonly clock = new VirtualClock();
  readonly announcer = new Announcer(this, (count) => `${count} at once`, this.clock);
  updates = 0;

  protected override updated(): void {
    this.updates += 1;
  }
}
customElements.define('announcing-probe', AnnouncingElement);

describe('Announcer', () => {
  const probe = () => fixture<AnnouncingElement>(html`<announcing-probe></announcing-probe>`);
  const said = (el: AnnouncingElement) => el.announcer.lines.map(({text}) => text);

  it('says what was collected for 400 ms, one by one', async () => {
    const el = await probe();
    const {updates} = el;
    el.announcer.announce('a');
    await el.clock.advance(399);
    expect(said(el)).to.deep.equal([]);
    el.announcer.announce('b');
    await el.clock.advance(1);
    expect(said(el)).to.deep.equal(['a', 'b']);
    await el.updateComplete;
    expect(el.updates, 'the host shows it').to.equal(updates + 1);
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
    expect(said(el)).to.have.length(12);
    expect(new Set(el.announcer.lines.map(({id}) => id)).size).to.equal(12);
  });

  it('reads no more than the beginning of a long text', async () => {
    const el = await probe();
    el.announcer.announce('x'.repeat(5000));
    await el.clock.advance(400);
    expect(said(el)[0]).to.equal(`${'x'.repeat(400)}…`);
  });

  it('forgets everything when its host leaves the page', async () => {
    const el = await probe();
    el.announcer.announce('a');
    await el.clock.advance(400);
    el.announcer.announce('b');
    el.remove();
    expect(el.clock.pending).to.equal(0);
    expect(said(el)).to.deep.equal([]);
  });
});
