import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import '../../src/define/ws-status-banner.js';
import {WsStatusBannerElement} from '../../src/elements/ws-status-banner.js';
import {registerLocale} from '../../src/i18n/index.js';
import {german} from '../../src/i18n/locales/de.js';
import {systemClock} from '../../src/model/index.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {chatServer, textOf, within} from '../support/chat.js';
import {still} from '../support/still.js';

describe('<ws-status-banner>', () => {
  let server: FakeServer;
  const words = (el: Element) => textOf(el, '[part=banner] .words');

  async function banner(): Promise<WsStatusBannerElement> {
    const client = server.client({userId: 1});
    const el = await fixture<WsStatusBannerElement>(html`<ws-status-banner .client=${client}></ws-status-banner>`);
    void client.connect();
    await server.settle(() => client.isConnected);
    return el;
  }

  beforeEach(() => {
    server = chatServer();
    WsStatusBannerElement.clock = server.clock;
  });

  afterEach(() => {
    server.dispose();
    WsStatusBannerElement.clock = systemClock;
  });

  it('says nothing while all is well, and nothing of a short break', async () => {
    const el = await banner();
    expect(words(el)).to.equal('');
    server.stop();
    await server.advance(700);
    expect(words(el)).to.equal('');
  });

  it('says what happened, counts down, and announces only the former', async () => {
    const el = await banner();
    server.stop();
    await server.advance(20_000);
    const status = el.client!.status;
    await server.settle(() => el.client!.status.state === 'waiting' || true);
    await server.advance(Math.max(0, (status.retryAt ?? 0) - server.clock.now() - 4500));
    const before = words(el);
    expect(before).to.match(/^The server cannot be reached\. Trying again/);
    // What was said first is not said again in other words with each attempt.
    expect(textOf(el, '[aria-live]')).to.equal('Connection lost.');
    await server.advance(1000);
    expect(words(el)).not.to.equal(before);
  });

  it('puts the button below the words in a column of 200 px', async () => {
    const el = await banner();
    el.style.inlineSize = '176px';
    server.stop();
    await server.advance(20_000);
    const [said, button] = ['.words', 'button'].map((one) => within(el, `[part=banner] ${one}`).getBoundingClientRect());
    expect(said!.width).to.be.at.least(126);
    expect(button!.top).to.be.at.least(said!.bottom);
  });

  it('leaves the words room beside a long button on a phone of 320 px, or puts that below them', async () => {
    const el = await banner();
    el.setAttribute('locale', 'de');
    registerLocale(german);
    el.style.inlineSize = '320px';
    server.stop();
    await server.advance(20_000);
    expect(textOf(el, 'button')).to.equal('Jetzt versuchen');
    expect(within(el, '.words').getBoundingClientRect().width).to.be.at.least(154);
  });

  it('tells a screen reader once, however many there are, by one that can be heard', async () => {
    const el = await banner();
    const other = await fixture<WsStatusBannerElement>(html`<ws-status-banner .client=${el.client}></ws-status-banner>`);
    const said = () => [el, other].map((one) => textOf(one, '[aria-live]'));
    const away = async (): Promise<void> => {
      server.stop();
      await server.advance(2000);
    };
    const back = async (): Promise<void> => {
      server.start();
      await server.advance(60_000);
    };
    await away();
    expect(said()).to.deep.equal(['Connection lost.', '']);
    expect(words(other), 'both are seen').to.equal(words(el));
    await back();
    el.parentElement!.hidden = true;
    await away();
    expect(said()[1], 'the first is in something that is not shown').not.to.equal('');
    await back();
    el.parentElement!.hidden = false;
    other.remove();
    await away();
    expect(said()[0], 'the second is gone').not.to.equal('');
    await back();
    el.parentElement!.append(other);
    el.client = undefined;
    await away();
    expect(said()[1], 'the first is of another client').not.to.equal('');
  });

  it('says without a network whether what is written survives a reload', async () => {
    const el = await banner();
    server.silence();
    Object.defineProperty(navigator, 'onLine', {configurable: true, get: () => false});
    window.dispatchEvent(new Event('offline'));
    await server.advance(6000);
    Reflect.deleteProperty(navigator, 'onLine');
    expect(el.client!.state).to.equal('offline');
    expect(words(el), 'nothing can be stored').to.contain('as long as this page stays open');
    el.unsentIsSafe = true;
    await el.updateComplete;
    expect(words(el)).to.contain('are kept').and.not.to.contain('as long as');
  });

  it('says that the connection is back also when it was the network that was away', async () => {
    const el = await banner();
    // By then the connection counts as a good one, and the next attempt as a first one.
    await server.advance(60_000);
    server.silence();
    Object.defineProperty(navigator, 'onLine', {configurable: true, get: () => false});
    window.dispatchEvent(new Event('offline'));
    await server.advance(6000);
    expect(textOf(el, '[aria-live]')).to.equal('You are offline.');
    Reflect.deleteProperty(navigator, 'onLine');
    server.faults.sockets({hang: true, times: 1});
    window.dispatchEvent(new Event('online'));
    for (let second = 0; second < 60 && el.client!.state !== 'connecting'; second++) await server.advance(1000);
    expect([el.client!.state, words(el)]).to.deep.equal(['connecting', 'Connecting…']);
    expect(textOf(el, '[aria-live]'), 'nothing new to tell').to.equal('You are offline.');
    for (let second = 0; second < 60 && !el.client!.isConnected; second++) await server.advance(1000);
    expect([words(el), textOf(el, '[aria-live]')]).to.deep.equal(['Connected again.', 'Connected again.']);
    await server.advance(2500);
    expect([words(el), textOf(el, '[aria-live]')], 'nobody finds it later').to.deep.equal(['', '']);
  });

  it('says that the connection is lost also while the first attempt hangs, as in a network that swallows everything', async () => {
    const el = await banner();
    await server.advance(60_000);
    server.faults.sockets({hang: true, times: 1});
    server.silence();
    for (let second = 0; second < 60 && el.client!.state === 'connected'; second++) await server.advance(1000);
    await server.advance(1500);
    expect([el.client!.status.attempt, el.client!.state]).to.deep.equal([1, 'connecting']);
    expect([words(el), textOf(el, '[aria-live]')]).to.deep.equal(['Connection lost. Trying again…', 'Connection lost.']);
    for (let second = 0; second < 60 && !el.client!.isConnected; second++) await server.advance(1000);
    expect(words(el)).to.equal('Connected again.');
  });

  it('tries now on request, and tells the page', async () => {
    const el = await banner();
    server.stop();
    await server.advance(5000);
    server.start();
    const asked = oneEvent(el, 'ws-retry');
    within<HTMLButtonElement>(el, '[part=retry-button]').click();
    await asked;
    await server.advance(1000);
    expect(el.client!.state).to.equal('connected');
    expect(words(el)).to.equal('Connected again.');
    await server.advance(3000);
    expect(words(el), 'it is said in passing').to.equal('');
  });

  it('tells a screen reader that it tries on request, and what has come of it', async () => {
    const el = await banner();
    const {client} = el;
    const region = within(el, '[aria-live]');
    const until = async (state: string): Promise<void> => {
      for (let second = 0; second < 60 && client!.state !== state; second++) await server.advance(1000);
      expect(client!.state).to.equal(state);
    };
    server.faults.sockets({hang: true, times: Infinity});
    server.closeAll();
    await until('connecting');
    await until('waiting');
    expect(region.textContent.trim()).to.equal('Connection lost.');
    await server.advance(1000);
    for (const time of ['once', 'twice']) {
      within<HTMLButtonElement>(el, '[part=retry-button]').click();
      await server.settle();
      expect([client!.state, region.textContent.trim()], time).to.deep.equal(['connecting', 'Trying again…']);
      await until('waiting');
      expect(region.textContent.trim(), `${time}, in vain`).to.equal('The server does not answer.');
      await until('connecting');
      expect(region.textContent.trim(), 'not of an attempt that nobody asked for').to.equal('The server does not answer.');
      await until('waiting');
      await server.advance(1000);
    }
  });

  it('says that the connection is lost also right after it was back', async () => {
    const el = await banner();
    server.stop();
    await server.advance(5000);
    server.start();
    el.client!.retry();
    await server.settle(() => el.client!.isConnected);
    expect(words(el)).to.equal('Connected again.');
    server.stop();
    await server.advance(100);
    expect(words(el), 'it is back no more').to.equal('');
    await server.advance(1400);
    expect(words(el)).to.match(/^Connection lost\. Trying again/);
  });

  it('shows itself also while all is well if always is set, with nothing to try', async () => {
    const el = await banner();
    el.always = true;
    await el.updateComplete;
    expect(words(el)).to.equal('Connected');
    expect(el.shadowRoot!.querySelector('[part=retry-button]')).to.equal(null);
  });

  for (const always of [false, true]) {
    it(`leaves no timer behind${always ? ' if always is set' : ''}`, async () => {
      const el = await banner();
      el.always = always;
      server.stop();
      await server.advance(5000);
      const pending = server.clock.pending;
      el.remove();
      await el.updateComplete;
      expect(server.clock.pending, 'the second that was counted down').to.equal(pending - 1);
    });
  }

  it('says nothing of what is over when it is put back', async () => {
    const el = await banner();
    const parent = el.parentElement!;
    server.stop();
    await server.advance(5000);
    el.remove();
    server.start();
    el.client!.retry();
    await server.settle(() => el.client!.isConnected);
    parent.append(el);
    await server.settle();
    expect(words(el)).to.equal('');
  });

  it('shows nothing outside a connection', async () => {
    const el = await fixture(html`<ws-status-banner always></ws-status-banner>`);
    expect(words(el)).to.equal('');
  });

  it('is accessible', async () => {
    const el = await banner();
    server.stop();
    await server.advance(5000);
    await still();
    await expect(el).to.be.accessible();
  });
});
