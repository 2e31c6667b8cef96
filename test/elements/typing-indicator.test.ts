import {expect, fixture, html} from '@open-wc/testing';
import '../../src/define/chat-connection.js';
import '../../src/define/typing-indicator.js';
import type {TypingIndicatorElement} from '../../src/elements/typing-indicator.js';
import {chatServer, textOf, within} from '../support/chat.js';
import {collectWarnings} from '../support/warnings.js';
import {still} from '../support/still.js';

describe('<typing-indicator>', () => {
  const sentence = (el: Element) => textOf(el, '[part=text]');
  const dots = (el: Element) => el.shadowRoot!.querySelectorAll('[part=dots] i').length;

  describe('on its own', () => {
    it('shows nothing while nobody is typing, and its live region stays', async () => {
      const el = await fixture<TypingIndicatorElement>(html`<typing-indicator></typing-indicator>`);
      expect(sentence(el)).to.equal('');
      expect(dots(el)).to.equal(0);
      const region = within(el, '[aria-live]');
      expect(region.role, 'a role, by which Orca would drop what changes together with the dots').to.equal(null);
      el.users = [{id: 1, name: 'Ada Lovelace'}];
      await el.updateComplete;
      expect(sentence(el)).to.equal('Ada is typing');
      expect(dots(el)).to.equal(3);
      expect(within(el, '[aria-live]')).to.equal(region);
    });

    it('names two people, and counts the rest', async () => {
      const users = ['Ada', 'Ben', 'Chidi', 'Dan'].map((name, id) => ({id, name}));
      const el = await fixture(html`<typing-indicator .users=${users}></typing-indicator>`);
      expect(sentence(el)).to.match(/^Ada, Ben,? and 2 others are typing$/);
    });

    it('warns once of users that are no array', async () => {
      const warnings = collectWarnings();
      const el = await fixture<TypingIndicatorElement>(html`<typing-indicator .users=${'Ada'}></typing-indicator>`);
      el.users = 5 as never;
      await el.updateComplete;
      warnings.restore();
      expect(warnings.texts).to.have.length(1);
      expect(sentence(el)).to.equal('');
    });

    it('calls whoever has no name somebody, as a message does', async () => {
      const el = await fixture<TypingIndicatorElement>(html`<typing-indicator></typing-indicator>`);
      Object.assign(el, {users: [{id: 1}, {id: 2, name: null}]});
      await el.updateComplete;
      expect(sentence(el)).to.equal('Somebody and Somebody are typing');
    });

    it('says who is writing where a page knows only some of them', async () => {
      const el = await fixture<TypingIndicatorElement>(html`<typing-indicator></typing-indicator>`);
      const ada = {id: 1, name: 'Ada'};
      for (const users of [
        [undefined, ada],
        [ada, null],
      ]) {
        Object.assign(el, {users});
        await el.updateComplete;
        expect(sentence(el)).to.equal('Ada is typing');
      }
    });

    it('lets no name turn the sentence around', async () => {
      const users = [{id: 1, name: '\u202eAda'}];
      const el = await fixture(html`<typing-indicator .users=${users}></typing-indicator>`);
      expect(sentence(el)).to.equal('Ada is typing');
    });

    it('is accessible', async () => {
      const el = await fixture(html`<typing-indicator .users=${[{id: 1, name: 'Ada'}]}></typing-indicator>`);
      await still();
      await expect(el).to.be.accessible();
    });
  });

  describe('inside a connection', () => {
    it('needs nothing else in the page that has the conversation open', async () => {
      const server = chatServer();
      const client = server.client({userId: 1});
      const connection = await fixture(
        html`<chat-connection .client=${client}><typing-indicator conversation-id="9"></typing-indicator></chat-connection>`,
      );
      const el = connection.querySelector('typing-indicator')!;
      await server.settle(() => client.isConnected);

      server.typing({conversationId: 9, user: 2});
      await server.settle();
      expect(sentence(el)).to.equal('Vali is typing');

      el.users = [];
      await el.updateComplete;
      expect(sentence(el), 'those of the page go before').to.equal('');
      el.users = undefined;
      await el.updateComplete;
      expect(sentence(el), 'the page leaves it to the connection again').to.equal('Vali is typing');

      server.message({conversationId: 9, from: 2, content: 'there'});
      await server.settle();
      expect(sentence(el), 'it has come').to.equal('');
      server.dispose();
    });

    it('follows what arrives, and stops following once removed', async () => {
      const server = chatServer();
      const client = server.client({userId: 1});
      const connection = await fixture(
        html`<chat-connection .client=${client}><typing-indicator conversation-id="9"></typing-indicator></chat-connection>`,
      );
      const el = connection.querySelector('typing-indicator')!;
      const close = client.conversation(9).open();
      await server.settle();

      server.typing({conversationId: 9, user: 2});
      await server.settle();
      expect(sentence(el)).to.equal('Vali is typing');

      await server.advance(20_000);
      expect(sentence(el), 'it expires').to.equal('');

      el.remove();
      server.typing({conversationId: 9, user: 3});
      await server.settle();
      expect(sentence(el)).to.equal('');
      close();
      server.dispose();
    });
  });
});
