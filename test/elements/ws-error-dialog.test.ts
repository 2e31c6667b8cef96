import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import '../../src/define/ws-error-dialog.js';
import type {WsErrorDialogElement} from '../../src/elements/ws-error-dialog.js';
import {ApiError} from '../../src/model/index.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {chatServer, textOf, within} from '../support/chat.js';
import {still} from '../support/still.js';

describe('<ws-error-dialog>', () => {
  let server: FakeServer;
  const isOpen = (el: Element) => within<HTMLDialogElement>(el, 'dialog').open;
  const buttons = (el: Element) => [...el.shadowRoot!.querySelectorAll<HTMLButtonElement>('button')];

  async function dialog(): Promise<WsErrorDialogElement> {
    const client = server.client({userId: 1, token: 'secret-token'});
    const el = await fixture<WsErrorDialogElement>(html`<ws-error-dialog .client=${client}></ws-error-dialog>`);
    void client.connect();
    await server.settle(() => client.isConnected);
    // What is in the dialog is loaded by now.
    await el.updateComplete;
    return el;
  }

  async function fail(el: WsErrorDialogElement, attempts: number): Promise<void> {
    server.stop();
    await server.settle();
    for (let turns = 0; turns < 200 && (el.client!.status.attempt < attempts || el.client!.state !== 'waiting'); turns += 1) {
      await server.advance(500);
    }
  }

  beforeEach(() => {
    server = chatServer();
  });

  afterEach(() => server.dispose());

  it('opens after five failed attempts and not before', async () => {
    const el = await dialog();
    await fail(el, 4);
    expect(isOpen(el)).to.equal(false);
    await fail(el, 5);
    expect(isOpen(el)).to.equal(true);
    expect(textOf(el, '#words')).to.contain('did not answer after 5 attempts').and.contain('are kept');
  });

  it('asks for the focus when it opens and not before: in a frame of another site, a browser complains of what asks for it', async () => {
    const el = await dialog();
    expect(buttons(el).map((button) => button.autofocus)).to.deep.equal([false, false]);
    await fail(el, 5);
    expect(el.shadowRoot!.activeElement === buttons(el)[1]).to.equal(true);
  });

  it('names the address and the cause, and no secret', async () => {
    const el = await dialog();
    await fail(el, 5);
    expect(textOf(el, 'code')).to.match(/^ws:\/\/fake-\d+\.test · unreachable/);
    expect(el.shadowRoot!.textContent).not.to.contain('secret-token').and.not.to.contain('fake-key');
  });

  it('tries again on request, and closes once the connection is back', async () => {
    const el = await dialog();
    await fail(el, 5);
    server.start();
    const asked = oneEvent(el, 'ws-retry');
    buttons(el)[1]!.click();
    await asked;
    await server.advance(1000);
    expect(el.client!.state).to.equal('connected');
    expect(isOpen(el)).to.equal(false);
  });

  it('stays closed when it was closed, until there was a connection', async () => {
    const el = await dialog();
    await fail(el, 5);
    buttons(el)[0]!.click();
    await fail(el, 7);
    expect(isOpen(el)).to.equal(false);
    server.start();
    await server.advance(60_000);
    await fail(el, 5);
    expect(isOpen(el)).to.equal(true);
  });

  it('stays closed when it was closed with Escape', async () => {
    const el = await dialog();
    await fail(el, 5);
    await sendKeys({press: 'Escape'});
    expect(isOpen(el)).to.equal(false);
    await fail(el, 7);
    expect(isOpen(el)).to.equal(false);
  });

  it('opens again over something else that is wrong', async () => {
    const el = await dialog();
    await fail(el, 5);
    buttons(el)[0]!.click();
    server.faults.sockets({error: {code: 4001, message: 'Application does not exist'}, times: Infinity});
    server.start();
    await server.advance(60_000);
    expect(el.client!.state).to.equal('refused');
    expect(isOpen(el)).to.equal(true);
  });

  it('stays closed when it was closed, also where it is moved to', async () => {
    const el = await dialog();
    await fail(el, 5);
    buttons(el)[0]!.click();
    (await fixture(html`<div></div>`)).append(el);
    await server.settle();
    await el.updateComplete;
    expect(isOpen(el)).to.equal(false);
  });

  it('speaks once for a client, however many there are', async () => {
    const el = await dialog();
    const other = await fixture<WsErrorDialogElement>(html`<ws-error-dialog .client=${el.client}></ws-error-dialog>`);
    await other.updateComplete;
    await fail(el, 5);
    expect([isOpen(el), isOpen(other)].filter(Boolean)).to.have.length(1);
  });

  it('leaves the page to a person for as long as it is in something that is not shown', async () => {
    const el = await dialog();
    const panel = el.parentElement!;
    const other = await fixture<WsErrorDialogElement>(html`<ws-error-dialog .client=${el.client}></ws-error-dialog>`);
    await other.updateComplete;
    other.parentElement!.hidden = panel.hidden = true;
    await fail(el, 5);
    el.show();
    await el.updateComplete;
    expect([isOpen(el), isOpen(other)]).to.deep.equal([false, false]);
    const button = await fixture<HTMLButtonElement>(html`<button>go on</button>`);
    button.focus();
    expect(document.activeElement).to.equal(button);
    other.parentElement!.hidden = false;
    await fail(el, 6);
    expect([isOpen(el), isOpen(other)], 'the one that can be seen speaks').to.deep.equal([false, true]);
    server.start();
    await server.advance(60_000);
    [panel.hidden, other.parentElement!.hidden] = [false, true];
    await fail(el, 5);
    expect([isOpen(el), isOpen(other)], 'by then the other way round').to.deep.equal([true, false]);
  });

  it('leaves the page to a person when what it is in goes out of sight while it is open', async () => {
    const el = await dialog();
    const button = await fixture<HTMLButtonElement>(html`<button>go on</button>`);
    await fail(el, 5);
    expect(isOpen(el)).to.equal(true);
    const closed = oneEvent(within(el, 'dialog'), 'close');
    el.parentElement!.hidden = true;
    await closed;
    button.focus();
    expect(document.activeElement).to.equal(button);
    el.parentElement!.hidden = false;
    await fail(el, 6);
    expect(isOpen(el), 'nobody has closed it').to.equal(true);
  });

  it('can be closed by who points at it, also in a panel that its style alone closes', async () => {
    const el = await dialog();
    el.parentElement!.style.cssText = 'opacity: 0; pointer-events: none';
    await fail(el, 5);
    expect(isOpen(el)).to.equal(true);
    await el.updateComplete;
    await still();
    const {left, top} = buttons(el)[0]!.getBoundingClientRect();
    expect(document.elementFromPoint(left + 9, top + 9)?.localName).to.equal(el.localName);
  });

  it('gives the focus back to where it was', async () => {
    const button = await fixture<HTMLButtonElement>(html`<button>here</button>`);
    const el = await fixture<WsErrorDialogElement>(html`<ws-error-dialog></ws-error-dialog>`);
    button.focus();
    el.show();
    await el.updateComplete;
    expect(document.activeElement).to.equal(el);
    const closed = oneEvent(within(el, 'dialog'), 'close');
    el.close();
    await closed;
    expect(document.activeElement).to.equal(button);
  });

  it('stays closed when that was asked for right after the opposite', async () => {
    const el = await fixture<WsErrorDialogElement>(html`<ws-error-dialog></ws-error-dialog>`);
    for (const time of ['while its code is loading', 'later']) {
      el.show();
      el.close();
      await el.updateComplete;
      await el.updateComplete;
      expect(isOpen(el), time).to.equal(false);
    }
  });

  it('shows an error of the page, alone', async () => {
    const error = new ApiError('rate-limited', 'x', {status: 429});
    const el = await fixture<WsErrorDialogElement>(html`<ws-error-dialog .error=${error}></ws-error-dialog>`);
    el.show();
    await el.updateComplete;
    expect(textOf(el, '#words')).to.contain('Wait a moment');
    el.close();
  });

  it('holds nothing before there was a connection, or trouble with one', async () => {
    const client = server.client({userId: 1, token: 'secret-token'});
    const el = await fixture<WsErrorDialogElement>(html`<ws-error-dialog .client=${client}></ws-error-dialog>`);
    void client.connect();
    await el.updateComplete;
    expect(el.shadowRoot!.childElementCount).to.equal(0);
    await server.settle(() => client.isConnected);
    await el.updateComplete;
    expect(el.shadowRoot!.childElementCount).to.equal(1);
  });

  it('is accessible', async () => {
    const el = await dialog();
    await fail(el, 5);
    await still();
    await expect(el).to.be.accessible();
  });
});
