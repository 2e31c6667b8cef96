import {expect, fixture, html} from '@open-wc/testing';
import {LitElement, type TemplateResult} from 'lit';
import {VisibleIds} from '../../src/behaviors/visible-ids.js';
import type {IdKey} from '../../src/model/index.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';
import {frames} from '../elements/messages.js';

/** Five rows of 100 pixels in a scroller of 250. */
class WatchingElement extends LitElement {
  readonly clock = new VirtualClock();
  readonly seen: IdKey[] = [];
  readonly visible = new VisibleIds(this, {
    scroller: () => this.scroller ?? undefined,
    rows: () => [...this.renderRoot.querySelectorAll<HTMLElement>('.row')].map((element, i) => ({key: String(i + 1), element})),
    onSeen: (keys) => this.seen.push(...keys),
    clock: this.clock,
  });

  get scroller(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.scroller');
  }

  protected override render(): TemplateResult {
    return html`
      <style>
        .scroller {
          block-size: 250px;
          overflow: auto;
        }

        .row {
          block-size: 100px;
        }

        .message {
          block-size: 100%;
        }
      </style>
      <div class="scroller">${[1, 2, 3, 4, 5].map((n) => html`<div class="row"><div class="message">${n}</div></div>`)}</div>
    `;
  }
}
customElements.define('watching-probe', WatchingElement);

describe('VisibleIds', () => {
  const probe = async (): Promise<WatchingElement> => {
    const el = await fixture<WatchingElement>(html`<watching-probe></watching-probe>`);
    // An IntersectionObserver tells for the first time after a frame.
    await frames(3);
    return el;
  };
  const setVisibility = (state: DocumentVisibilityState | undefined): void => {
    if (state) Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});
    else Reflect.deleteProperty(document, 'visibilityState');
    document.dispatchEvent(new Event('visibilitychange'));
  };

  afterEach(() => setVisibility(undefined));

  it('tells of the rows that half of is in view for 400 ms, once each', async () => {
    const el = await probe();
    await el.clock.advance(399);
    expect(el.seen).to.deep.equal([]);
    await el.clock.advance(1);
    expect(el.seen).to.deep.equal(['1', '2', '3']);
    el.visible.check();
    await el.clock.advance(1000);
    expect(el.seen).to.have.length(3);
  });

  it('does not count what only flew by', async () => {
    const el = await probe();
    await el.clock.advance(200);
    el.scroller!.scrollTop = 250;
    el.visible.check();
    await el.clock.advance(399);
    expect(el.seen, 'the third was in view all the time').to.deep.equal(['3']);
    await el.clock.advance(1);
    expect(el.seen).to.deep.equal(['3', '4', '5']);
  });

  it('counts nothing in a page that is hidden, and begins again when it is shown', async () => {
    const el = await probe();
    await el.clock.advance(200);
    setVisibility('hidden');
    await el.clock.advance(5000);
    expect(el.seen).to.deep.equal([]);
    expect(el.clock.pending).to.equal(0);
    setVisibility('visible');
    await el.clock.advance(399);
    expect(el.seen).to.deep.equal([]);
    await el.clock.advance(1);
    expect(el.seen).to.deep.equal(['1', '2', '3']);
  });

  it('leaves a page in peace that is hidden, also where a style hides the rows', async () => {
    const el = await probe();
    el.style.visibility = 'hidden';
    el.visible.check();
    expect(el.clock.pending, 'nobody tells when the style goes').to.equal(1);
    setVisibility('hidden');
    expect(el.clock.pending).to.equal(0);
    el.style.visibility = '';
    setVisibility('visible');
    await el.clock.advance(400);
    expect(el.seen).to.deep.equal(['1', '2', '3']);
  });

  for (const [what, closed, open] of [
    ['beside the window', 'position: fixed; left: 100%; top: 0; width: 300px', 'position: fixed; left: 0; top: 0; width: 300px'],
    ['in a bar without a width', 'display: block; overflow: hidden; width: 0', 'display: block; overflow: hidden; width: 300px'],
    ['in a panel that is scaled to nothing', 'display: block; transform: scale(0)', 'display: block; transform: scale(1)'],
  ] as const) {
    it(`takes nothing for seen that is ${what}, until it comes into view`, async () => {
      const el = await fixture<WatchingElement>(html`<watching-probe style=${closed}></watching-probe>`);
      await frames(3);
      await el.clock.advance(1000);
      expect(el.seen).to.deep.equal([]);
      el.style.cssText = open;
      // Of a panel that was scaled to nothing, no event tells that it is shown.
      await el.clock.advance(400);
      await frames(3);
      await el.clock.advance(400);
      expect(el.seen).to.deep.equal(['1', '2', '3']);
      expect(el.clock.pending).to.equal(0);
    });
  }

  it('does not look again and again at a list that is in no layout', async () => {
    const el = await probe();
    el.style.display = 'none';
    await frames(3);
    await el.clock.advance(400);
    expect(el.clock.pending).to.equal(0);
    expect(el.seen).to.deep.equal([]);
  });

  for (const [how, small, large] of [
    ['by a scale', 'transform: scale(0.3)', ''],
    ['in height', 'block-size: 50px', ''],
  ] as const) {
    it(`tells of all rows in a panel that was still to grow ${how} when it was shown`, async () => {
      const el = await fixture<WatchingElement>(html`<watching-probe></watching-probe>`);
      el.scroller!.style.cssText = small;
      await frames(3);
      el.scroller!.style.cssText = large;
      await frames(3);
      el.visible.check();
      await el.clock.advance(400);
      expect(el.seen).to.deep.equal(['1', '2', '3']);
    });
  }

  it('tells of what comes into view as the page scrolls by a list that is higher than what shows of it', async () => {
    const box = await fixture<HTMLElement>(html`
      <div style="block-size: 110px; overflow: hidden"><watching-probe style="display: block"></watching-probe></div>
    `);
    const el = box.querySelector<WatchingElement>('watching-probe')!;
    await frames(3);
    await el.clock.advance(400);
    expect(el.seen).to.deep.equal(['1']);
    await frames(3);
    // As much of the list is visible as before.
    box.scrollTop = 140;
    await el.clock.advance(400);
    await frames(3);
    await el.clock.advance(400);
    expect(el.seen).to.deep.equal(['1', '2', '3']);
    setVisibility('hidden');
    expect(el.clock.pending, 'of a hidden page').to.equal(0);
    setVisibility('visible');
    box.style.blockSize = '';
    await el.clock.advance(400);
    await frames(3);
    await el.clock.advance(400);
    expect(el.clock.pending, 'of all of the list').to.equal(0);
  });

  it('waits for hardly longer where the clock is set back meanwhile', async () => {
    const el = await probe();
    await el.clock.advance(200);
    el.clock.jump(-3_600_000);
    await el.clock.advance(600);
    expect(el.seen).to.deep.equal(['1', '2', '3']);
    expect(el.clock.pending).to.equal(0);
  });

  it('remembers the last ten thousand', async () => {
    const el = await probe();
    const element = el.renderRoot.querySelector<HTMLElement>('.row')!;
    let rows = 10_000;
    const told: (readonly IdKey[])[] = [];
    const clock = new VirtualClock();
    const visible = new VisibleIds(el, {
      scroller: () => el.scroller ?? undefined,
      rows: () => Array.from({length: rows}, (_, i) => ({key: String(i), element})),
      onSeen: (keys) => told.push(keys),
      clock,
    });
    await frames(3);
    await clock.advance(400);
    rows += 1;
    visible.check();
    await clock.advance(400);
    visible.check();
    await clock.advance(400);
    expect(told.map(({length}) => length)).to.deep.equal([10_000, 1, 1]);
    expect(told.slice(1)).to.deep.equal([['10000'], ['0']]);
  });

  it('tells again after a reset', async () => {
    const el = await probe();
    await el.clock.advance(400);
    el.visible.reset();
    el.visible.check();
    await el.clock.advance(400);
    expect(el.seen).to.deep.equal(['1', '2', '3', '1', '2', '3']);
  });

  it('goes on after it was moved, and begins to wait again', async () => {
    const el = await probe();
    await el.clock.advance(200);
    const other = await fixture<HTMLElement>(html`<div></div>`);
    other.append(el);
    expect(el.clock.pending, 'until the observer has told').to.equal(0);
    await frames(3);
    await el.clock.advance(399);
    expect(el.seen).to.deep.equal([]);
    await el.clock.advance(1);
    expect(el.seen).to.deep.equal(['1', '2', '3']);
  });

  it('leaves no timer behind', async () => {
    const el = await probe();
    expect(el.clock.pending).to.equal(1);
    el.remove();
    expect(el.clock.pending).to.equal(0);
  });
});
