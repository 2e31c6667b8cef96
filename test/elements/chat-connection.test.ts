import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import '../../src/define/chat-connection.js';
import '../../src/define/chat-conversation.js';
import type {ChatClient} from '../../src/client/types.js';
import {ChatController} from '../../src/context/chat-controller.js';
import type {ChatConnectionElement} from '../../src/elements/chat-connection.js';
import type {ChatNotifyEvent} from '../../src/elements/dom-events.js';
import {Logger} from '../../src/logging/index.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {chatServer} from '../support/chat.js';
import {collectWarnings} from '../support/warnings.js';
import {still} from '../support/still.js';

/** Every change of state that it tells of from now on. */
function listenToStates(el: ChatConnectionElement): string[] {
  const changes: string[] = [];
  el.addEventListener('ws-state-change', ({detail}) => changes.push(`${detail.previous} → ${detail.state}`));
  return changes;
}

describe('<chat-connection>', () => {
  let server: FakeServer;
  let warnings: ReturnType<typeof collectWarnings>;

  beforeEach(() => {
    server = chatServer();
    warnings = collectWarnings();
  });

  afterEach(() => {
    warnings.restore();
    server.dispose();
  });

  describe('with a client from outside', () => {
    it('connects it, and tells of its states and events', async () => {
      const el = document.createElement('chat-connection');
      const states: string[] = [];
      const events: string[] = [];
      el.addEventListener('ws-state-change', ({detail}) => states.push(detail.state));
      el.addEventListener('chat-event', ({detail}) => events.push(detail.event.type));
      el.client = server.client({userId: 1});
      document.body.append(el);
      await server.settle(() => el.state === 'connected');
      server.message({conversationId: 9, from: 2, content: 'hello'});
      await server.settle();
      expect(states).to.deep.equal(['connecting', 'connected']);
      expect(events).to.include('message');
      el.remove();
    });

    it('says once that a message is worth a sound, however many elements share the client', async () => {
      const client = server.client({userId: 1});
      const notified: string[] = [];
      const box = await fixture(html`
        <div @chat-notify=${({detail}: ChatNotifyEvent) => notified.push(detail.message.content)}>
          <chat-connection .client=${client}></chat-connection>
          <chat-connection .client=${client}></chat-connection>
        </div>
      `);
      await server.settle(() => client.isConnected);
      await server.settle();
      server.message({conversationId: 9, from: 2, content: 'hello'});
      await server.advance(2000);
      server.message({conversationId: 9, from: 2, content: 'again'});
      await server.advance(2000);
      expect(notified).to.deep.equal(['hello', 'again']);
      box.remove();
    });

    it('leaves it its own person, whatever the settings say', async () => {
      const el = document.createElement('chat-connection');
      el.manual = true;
      el.userId = 2;
      el.client = server.client({userId: 1});
      document.body.append(el);
      await el.updateComplete;
      void el.connect();
      await server.settle(() => el.state === 'connected');
      expect(el.client.userId).to.equal(1);
      el.remove();
    });

    it('tells it what connect() is told', async () => {
      const client = server.client({userId: 2});
      const el = await fixture<ChatConnectionElement>(html`<chat-connection manual .client=${client}></chat-connection>`);
      const connected = el.connect({userId: 1});
      await server.settle();
      expect([await connected, client.userId]).to.deep.equal([true, 1]);
      el.disconnect();
    });

    it('waits for connect() with manual', async () => {
      const el = await fixture<ChatConnectionElement>(
        html`<chat-connection manual .client=${server.client({userId: 1})}></chat-connection>`,
      );
      await server.settle();
      expect(el.state).to.equal('idle');
      const connected = el.connect();
      await server.settle();
      expect(await connected).to.equal(true);
      el.disconnect();
      await server.settle();
      expect(el.state).to.equal('idle');
    });

    it('tries again at once with retry()', async () => {
      server.stop();
      const el = await fixture<ChatConnectionElement>(
        html`<chat-connection .client=${server.client({userId: 1})}></chat-connection>`,
      );
      await server.advance(30_000);
      expect(el.state).to.equal('waiting');
      server.start();
      el.retry();
      await server.settle(() => el.state === 'connected');
    });

    it('stays closed when it is told to disconnect before its first update', async () => {
      const el = document.createElement('chat-connection');
      el.client = server.client({userId: 1});
      document.body.append(el);
      el.disconnect();
      await server.settle();
      expect(el.state).to.equal('idle');
      el.remove();
    });

    it('stays logged out when it is told to log out right after it was given something else', async () => {
      const el = document.createElement('chat-connection');
      el.client = server.client({userId: 1});
      document.body.append(el);
      await el.shutdown();
      await server.settle();
      expect(el.state).to.equal('idle');
      el.remove();
    });

    it('survives being moved, and lets go two seconds after it has left', async () => {
      const el = await fixture<ChatConnectionElement>(
        html`<chat-connection .client=${server.client({userId: 1})}></chat-connection>`,
      );
      await server.settle(() => el.state === 'connected');
      const box = await fixture(html`<div></div>`);
      box.append(el);
      await server.advance(10_000);
      expect(server.log.attempts).to.have.length(1);
      expect(server.socketIds).to.have.length(1);
      el.remove();
      await server.advance(1500);
      expect(server.socketIds).to.have.length(1);
      await server.advance(1000);
      expect(server.socketIds).to.have.length(0);
      box.append(el);
      await server.advance(1000);
      expect(server.socketIds, 'and connects again when it is back').to.have.length(1);
    });

    for (const [when, wait] of [
      ['while it is out of the page', true],
      ['in the task in which it leaves the page', false],
    ] as const) {
      it(`connects nobody for what is set on it ${when}, and knows it when it is back`, async () => {
        const el = document.createElement('chat-connection');
        el.client = server.client({userId: 1});
        document.body.append(el);
        if (wait) {
          await server.settle(() => el.state === 'connected');
          el.remove();
          await server.advance(3000);
        }
        el.locale = 'de';
        el.remove();
        await server.advance(3000);
        expect(server.log.attempts).to.have.length(wait ? 1 : 0);
        expect(server.socketIds).to.have.length(0);
        document.body.append(el);
        await server.settle(() => el.state === 'connected');
        expect(el.getAttribute('locale')).to.equal('de');
        el.remove();
      });
    }

    it('holds no client while it is out of the page, whatever is set on it', async () => {
      const el = await fixture<ChatConnectionElement>(
        html`<chat-connection .client=${server.client({userId: 1})}></chat-connection>`,
      );
      await server.settle(() => el.state === 'connected');
      const parent = el.parentElement;
      el.remove();
      await server.advance(3000);
      el.client = server.client({userId: 2});
      await el.updateComplete;
      await server.advance(3000);
      expect(server.socketIds).to.deep.equal([]);
      parent?.append(el);
      await server.settle(() => el.state === 'connected');
      expect([...server.subscriptions.keys()], 'and takes it when it is back').to.deep.equal(['private-user.2']);
    });

    it('connects nobody while it is out of the page, with retry() and connect() neither', async () => {
      const el = await fixture<ChatConnectionElement>(
        html`<chat-connection .client=${server.client({userId: 1})}></chat-connection>`,
      );
      await server.settle(() => el.state === 'connected');
      el.remove();
      await server.advance(3000);
      el.retry();
      expect(await el.connect()).to.equal(false);
      await server.advance(3000);
      expect(server.socketIds).to.deep.equal([]);
    });

    it('tells of the state of a client that is connected already', async () => {
      const client = server.client({userId: 1});
      void client.connect();
      await server.settle(() => client.isConnected);
      const el = document.createElement('chat-connection');
      const changes = listenToStates(el);
      el.client = client;
      document.body.append(el);
      await el.updateComplete;
      expect(changes).to.deep.equal(['idle → connected']);
      el.remove();
    });

    it('tells of the state it finds when it comes back into the page, soon or late', async () => {
      const el = await fixture<ChatConnectionElement>(
        html`<chat-connection .client=${server.client({userId: 1})}></chat-connection>`,
      );
      await server.settle(() => el.state === 'connected');
      const changes = listenToStates(el);
      const comeBackAfter = async (ms: number) => {
        el.remove();
        await server.advance(ms);
        document.body.append(el);
        await el.updateComplete;
        await server.settle(() => el.state === 'connected');
        return changes.splice(0);
      };
      expect(await comeBackAfter(1000), 'its client has outlived that').to.deep.equal(['idle → connected']);
      expect(await comeBackAfter(3000)).to.deep.equal(['idle → connecting', 'connecting → connected']);
      el.remove();
    });

    it('tells of the state of the client that takes the place of another', async () => {
      const el = await fixture<ChatConnectionElement>(
        html`<chat-connection manual .client=${server.client({userId: 1})}></chat-connection>`,
      );
      void el.connect();
      await server.settle(() => el.state === 'connected');
      const changes = listenToStates(el);
      el.client = server.client({userId: 2});
      await el.updateComplete;
      expect(changes).to.deep.equal(['connected → idle']);
    });

    it('follows another client, and lets go of the one before', async () => {
      const el = await fixture<ChatConnectionElement>(
        html`<chat-connection .client=${server.client({userId: 1})}></chat-connection>`,
      );
      await server.settle();
      const other = server.client({userId: 2});
      el.client = other;
      await el.updateComplete;
      await server.advance(3000);
      expect(el.client).to.equal(other);
      expect(server.socketIds).to.have.length(1);
    });

    it('begins with a client whose socket another one has opened', async () => {
      const tokenProvider = (): string => server.token(1);
      const el = document.createElement('chat-connection');
      document.body.append(el);
      for (const client of [server.client({userId: 1, tokenProvider}), server.client({userId: 1, tokenProvider})]) {
        el.client = client;
        const conversation = client.conversation(9);
        const close = conversation.open();
        await server.settle(() => el.state === 'connected');
        await server.settle(() => conversation.snapshot().phase === 'ready');
        expect(conversation.messages.size).to.equal(3);
        close();
      }
      expect(server.socketIds.length).to.equal(1);
      el.remove();
    });

    it('follows the client that a listener sets which hears of the one before', async () => {
      const [first, second] = [server.client({userId: 1}), server.client({userId: 2})];
      void first.connect();
      await server.settle(() => first.isConnected);
      const el = document.createElement('chat-connection');
      el.addEventListener('ws-state-change', () => (el.client = second), {once: true});
      el.client = first;
      document.body.append(el);
      await server.settle();
      expect(second.state).to.equal('connected');
      el.remove();
    });

    it('leaves to the page the clients that are the page’s, whoever comes next', async () => {
      const [first, second] = [server.client({userId: 1}), server.client({userId: 2})];
      const el = document.createElement('chat-connection');
      document.body.append(el);
      for (const client of [first, second, first]) {
        Object.assign(el, {client, userId: client.userId});
        await server.settle(() => el.state === 'connected');
      }
      expect([first.userId, second.userId]).to.deep.equal([1, 2]);
      el.remove();
    });

    it('tells of each thing once, also after it has come back into the page', async () => {
      const el = await fixture<ChatConnectionElement>(
        html`<chat-connection .client=${server.client({userId: 1})}></chat-connection>`,
      );
      const parent = el.parentElement!;
      el.remove();
      await server.advance(3000);
      parent.append(el);
      await server.settle(() => el.state === 'connected');
      const heard: string[] = [];
      el.addEventListener('chat-event', ({detail}) => heard.push(detail.event.type));
      server.message({conversationId: 9, from: 2, content: 'hello'});
      await server.settle();
      expect(heard).to.deep.equal(['message']);
    });

    it('tells of errors, and the rest goes on', async () => {
      const el = await fixture<ChatConnectionElement>(
        html`<chat-connection .client=${server.client({userId: 1})}></chat-connection>`,
      );
      await server.settle(() => el.state === 'connected');
      const error = oneEvent(el, 'ws-error');
      server.emit('private-user.1', 'message.sent', {type: 'message', data: {nonsense: true}});
      expect((await error).detail.error.code).to.equal('malformed-event');
    });
  });

  describe('with settings', () => {
    const connection = (attributes: Record<string, string>, id = '') => {
      const el = document.createElement('chat-connection');
      if (id) el.id = id;
      for (const [name, value] of Object.entries(attributes)) el.setAttribute(name, value);
      document.body.append(el);
      return el;
    };
    const complete = {'app-key': 'k', 'ws-host': 'localhost', 'ws-port': '1', scheme: 'http', 'user-id': '1', manual: ''};

    it('says once which attribute is missing, and opens nothing', async () => {
      for (const missing of ['app-key', 'ws-host', 'user-id']) {
        const {[missing as 'app-key']: _left, manual: _manual, ...rest} = complete;
        const el = connection(rest, `without-${missing}`);
        await el.updateComplete;
        el.requestUpdate('appKey');
        await el.updateComplete;
        expect(el.client, missing).to.equal(undefined);
        expect(await el.connect()).to.equal(false);
        el.remove();
        const said = warnings.texts.filter((text) => text.includes(`without-${missing}`));
        expect(said, missing).to.have.length(1);
        expect(said[0]).to.contain(missing);
      }
    });

    for (const [attribute, value] of [
      ['ws-host', 'wss://chat.example.com'],
      ['ws-port', 'abc'],
      ['scheme', 'wss'],
      ['credentials', 'yes'],
    ] as const) {
      it(`says that ${attribute}="${value}" cannot work`, async () => {
        const {manual: _manual, ...rest} = complete;
        const el = connection({...rest, [attribute]: value}, `odd-${attribute}`);
        await el.updateComplete;
        expect(el.client).to.equal(undefined);
        expect(warnings.texts).to.have.length(1);
        expect(warnings.texts[0]).to.contain(attribute);
        el.remove();
      });
    }

    it('goes on with an api-base that is no address, and says what is wrong at each call', async () => {
      const el = connection({...complete, 'api-base': 'http://:8080/api'});
      await el.updateComplete;
      const refused = await el.client?.api.getConversation(1).catch((error: unknown) => String(error));
      expect(refused).to.contain('a wrong address');
      el.remove();
    });

    it('takes attributes that a template leaves empty as not given', async () => {
      const {manual: _manual, ...rest} = complete;
      const el = connection({...rest, 'ws-port': '', 'ws-path': '', scheme: '', 'user-channel': '', credentials: ''});
      await el.updateComplete;
      expect(warnings.texts).to.deep.equal([]);
      expect(el.state).to.equal('connecting');
      el.remove();
      const nobody = connection({...rest, 'user-channel': '', 'user-id': ''});
      await nobody.updateComplete;
      expect(warnings.texts[0]).to.contain('user-id');
      nobody.remove();
    });

    it('says it of a tag without any setting later, and only once a framework that hydrates it has set it up', async () => {
      const hydrating = connection({'defer-hydration': ''}, 'hydrating');
      await hydrating.updateComplete;
      const bare = connection({}, 'bare');
      expect(await warnings.next())
        .to.contain('id="bare"')
        .and.contain('app-key');
      expect(warnings.texts).to.have.length(1);
      hydrating.removeAttribute('defer-hydration');
      expect(await warnings.next()).to.contain('id="hydrating"');
      bare.remove();
      hydrating.remove();
    });

    it('begins with all that a framework sets which hydrates it, and not before', async () => {
      const {manual: _manual, 'user-id': _userId, ...sent} = complete;
      const el = connection({...sent, 'defer-hydration': ''}, 'hydrated');
      await el.updateComplete;
      expect(el.client).to.equal(undefined);
      el.userId = '1';
      await el.updateComplete;
      expect(el.client).to.equal(undefined);
      el.token = 'a';
      el.removeAttribute('defer-hydration');
      await el.updateComplete;
      expect(el.client?.options).to.include({userId: '1', token: 'a'});
      expect(el.state).to.equal('connecting');
      expect(warnings.texts).to.deep.equal([]);
      el.remove();
    });

    it('takes all settings at once, whatever their order', async () => {
      const el = connection(complete);
      el.token = 'a';
      await el.updateComplete;
      const {client} = el;
      expect(client?.options).to.include({appKey: 'k', wsHost: 'localhost', wsPort: 1, scheme: 'http', userId: '1', token: 'a'});
      expect(warnings.texts).to.deep.equal([]);
      el.remove();
    });

    for (const [markup, debug] of [
      ['', true],
      ['true', true],
      ['Outbox,ChatTransport', 'Outbox,ChatTransport'],
    ] as const) {
      it(`asks for the log with debug="${markup}"`, async () => {
        const el = connection({...complete, debug: markup});
        await el.updateComplete;
        expect(el.client?.options.debug).to.equal(debug);
        el.removeAttribute('debug');
        await el.updateComplete;
        expect(el.client?.options.debug).to.equal(undefined);
        el.remove();
        Logger.disable();
      });
    }

    it('asks for the log where a framework sets the bare attribute as a property', async () => {
      const el = connection(complete);
      el.debug = '';
      await el.updateComplete;
      expect(el.client?.options.debug).to.equal(true);
      el.remove();
      Logger.disable();
    });

    it('waits for connect() with manual, also for what is still to be set and when it has a token', async () => {
      const {'user-id': _userId, ...rest} = complete;
      const el = connection({...rest, 'ws-port': '7'});
      await el.updateComplete;
      el.userId = 1;
      await el.updateComplete;
      el.token = 'a';
      await el.updateComplete;
      expect(String(el.client?.userId)).to.equal('1');
      expect(el.state).to.equal('idle');
      expect(warnings.texts).to.deep.equal([]);
      el.remove();
    });

    it('shares its socket with other tabs only when told to', async () => {
      const [alone, sharing] = [connection(complete), connection({...complete, 'share-connection': ''})];
      await Promise.all([alone.updateComplete, sharing.updateComplete]);
      expect(alone.client?.options.shareConnection).to.equal(false);
      expect(sharing.client?.options.shareConnection).to.equal(true);
      expect(sharing.client).not.to.equal(alone.client);
      for (const el of [alone, sharing]) el.remove();
    });

    it('shares a client with a connection of the same settings, and keeps its own when they differ', async () => {
      const [first, same, other] = [connection(complete), connection(complete), connection({...complete, 'user-id': '2'})];
      await Promise.all([first.updateComplete, same.updateComplete, other.updateComplete]);
      expect(same.client).to.equal(first.client);
      expect(other.client).not.to.equal(first.client);
      for (const el of [first, same, other]) el.remove();
    });

    it('makes a client of its own where the page has disposed of the one that it would share', async () => {
      const first = connection(complete);
      await first.updateComplete;
      const former = first.client;
      former?.dispose();
      first.remove();
      const second = connection(complete);
      await second.updateComplete;
      expect(second.client === former).to.equal(false);
      expect(second.state).to.equal('idle');
      second.remove();
    });

    it('shares a client with a controller of the same settings', async () => {
      const el = connection(complete);
      await el.updateComplete;
      const host = {addController: () => undefined, removeController: () => undefined, requestUpdate: () => undefined};
      const chat = new ChatController(
        {...host, updateComplete: Promise.resolve(true)},
        {appKey: 'k', wsHost: 'localhost', wsPort: 1, scheme: 'http', userId: 1},
      );
      chat.hostConnected();
      await Promise.resolve();
      expect(chat.client).to.equal(el.client);
      chat.dispose();
      el.remove();
    });

    it('takes a new client when a setting changes, and the same when it comes back into the page', async () => {
      const el = connection(complete);
      await el.updateComplete;
      const before = el.client;
      el.remove();
      await Promise.resolve();
      document.body.append(el);
      await el.updateComplete;
      expect(el.client).to.equal(before);
      el.wsPort = 2;
      await el.updateComplete;
      expect(el.client).not.to.equal(before);
      el.remove();
    });

    it('asks a token provider that comes after the settings, as from a framework that hydrates', async () => {
      const el = connection(complete);
      await el.updateComplete;
      const before = el.client;
      let asked = '';
      el.tokenProvider = ({reason}) => {
        asked = reason;
        return null;
      };
      await el.updateComplete;
      expect(el.client).not.to.equal(before);
      await el.client?.options.tokenProvider?.({reason: 'initial'});
      expect(asked).to.equal('initial');
      const withProvider = el.client;
      el.tokenProvider = () => 'another';
      await el.updateComplete;
      expect(el.client).to.equal(withProvider);
      expect(await withProvider?.options.tokenProvider?.({reason: 'expired'})).to.equal('another');
      el.remove();
    });

    it('connects as whom connect() is told, and keeps the one who was told without another', async () => {
      const {'user-id': _user, ...rest} = complete;
      const el = connection(rest);
      await el.updateComplete;
      void el.connect({token: 'secret', userId: 7});
      expect([el.token, el.userId, el.client?.userId]).to.deep.equal(['secret', 7, 7]);
      expect(el.state).to.equal('connecting');
      el.disconnect();
      void el.connect({token: 'another'});
      expect([el.token, el.userId, el.client?.userId]).to.deep.equal(['another', 7, 7]);
      void el.connect({userId: null});
      expect([el.token, el.userId]).to.deep.equal(['another', undefined]);
      el.remove();
    });

    it('stays closed when a new token comes after disconnect(), and takes it along with retry()', async () => {
      const {manual: _manual, ...rest} = complete;
      const el = connection(rest);
      el.token = 'first';
      await el.updateComplete;
      el.disconnect();
      el.token = 'second';
      await el.updateComplete;
      expect(el.state).to.equal('idle');
      const identities: unknown[] = [];
      Object.assign(el.client ?? {}, {connect: (identity: unknown) => Promise.resolve(identities.push(identity) > 0)});
      el.retry();
      expect(identities).to.deep.equal([{token: 'second', userId: '1'}]);
      el.remove();
    });

    it('stays closed after disconnect(), though it leaves the page and comes back, or gets another setting', async () => {
      const {manual: _manual, ...rest} = complete;
      const el = connection(rest);
      await el.updateComplete;
      el.disconnect();
      el.remove();
      await Promise.resolve();
      document.body.append(el);
      await el.updateComplete;
      expect(el.state).to.equal('idle');
      el.headers = {'X-Tenant': 'a'};
      await el.updateComplete;
      expect(el.state).to.equal('idle');
      void el.connect();
      expect(el.state).to.equal('connecting');
      el.remove();
    });

    it('deletes what is kept of a person who is changed in the task in which it leaves the page', async () => {
      const el = connection({...complete, 'ws-path': '/left'});
      await el.updateComplete;
      const ended: unknown[] = [];
      Object.assign(el.client ?? {}, {shutdown: () => Promise.resolve(ended.push('shutdown'))});
      el.userId = 2;
      el.remove();
      await el.updateComplete;
      expect(ended).to.deep.equal(['shutdown']);
      expect(el.client === undefined, 'it holds nobody else').to.equal(true);
    });

    it('takes it for a logout when the id of the person is taken away', async () => {
      const el = connection({...complete, 'ws-path': '/taken-away'});
      await el.updateComplete;
      const ended: unknown[] = [];
      Object.assign(el.client ?? {}, {shutdown: () => Promise.resolve(ended.push('shutdown'))});
      el.userId = undefined;
      await el.updateComplete;
      expect(ended).to.deep.equal(['shutdown']);
      expect(el.client === undefined, 'it holds nobody else').to.equal(true);
      el.remove();
    });

    it('hands its token to a client that it shares, unless that is connected', async () => {
      const {manual: _manual, ...others} = complete;
      const rest = {...others, 'ws-path': '/alone'};
      const first = connection(rest);
      await first.updateComplete;
      const identities: unknown[] = [];
      const connect: ChatClient['connect'] = (identity) => Promise.resolve(identities.push(identity) > 0);
      Object.assign(first.client ?? {}, {connect});
      for (const state of ['waiting', 'connected'] as const) {
        Object.defineProperty(first.client, 'state', {value: state, configurable: true});
        const second = connection(rest);
        second.token = `set while ${state}`;
        await second.updateComplete;
        expect(second.client === first.client).to.equal(true);
        second.remove();
      }
      expect(identities).to.deep.equal([{token: 'set while waiting', userId: '1'}, {}]);
      first.remove();
    });

    it('deletes nothing of a person whose id is a number now, and was a text before', async () => {
      const el = connection(complete);
      await el.updateComplete;
      const ended: unknown[] = [];
      Object.assign(el.client ?? {}, {shutdown: () => Promise.resolve(ended.push(el.userId))});
      el.userId = 1;
      el.headers = {'X-Tenant': 'a'};
      await el.updateComplete;
      expect(ended).to.deep.equal([]);
      Object.assign(el.client ?? {}, {shutdown: () => Promise.resolve(ended.push(el.userId))});
      el.userId = 2;
      await el.updateComplete;
      expect(ended).to.deep.equal([2]);
      el.remove();
    });

    it('stays logged out when the token is taken away after shutdown(), and comes back with another one', async () => {
      const {manual: _manual, ...rest} = complete;
      const el = connection(rest);
      el.token = 'first';
      await el.updateComplete;
      await el.shutdown();
      const tokens: unknown[] = [];
      const connect: ChatClient['connect'] = ({token} = {}) => Promise.resolve(tokens.push(token) > 0);
      Object.assign(el.client ?? {}, {connect});
      el.token = null;
      await el.updateComplete;
      expect(tokens).to.deep.equal([]);
      el.token = 'second';
      await el.updateComplete;
      expect(tokens).to.deep.equal(['second']);
      el.remove();
    });

    it('shows no token in the markup, and warns of one that stands there', async () => {
      const el = connection(complete);
      el.token = 'secret-token';
      await el.updateComplete;
      expect(el.outerHTML).not.to.contain('secret-token');
      el.setAttribute('token', 'x');
      expect(warnings.texts.join()).to.contain('token is no attribute');
      el.remove();
    });

    it('warns of a provider that a framework has made an attribute of', async () => {
      const el = connection(complete);
      await el.updateComplete;
      el.removeAttribute('token-provider');
      expect(warnings.texts).to.deep.equal([]);
      el.setAttribute('token-provider', 'async () => {}');
      expect(warnings.texts.join()).to.contain('token-provider is no attribute');
      el.remove();
    });

    it('warns once of two connections with one id', async () => {
      const [first, second] = [connection(complete, 'twice'), connection({...complete, 'user-id': '2'}, 'twice')];
      const el = document.createElement('chat-conversation');
      el.connection = 'twice';
      document.body.append(el);
      await Promise.all([first.updateComplete, second.updateComplete, el.updateComplete]);
      await el.updateComplete;
      expect(warnings.texts.filter((text) => text.includes('twice'))).to.have.length(1);
      for (const each of [first, second, el]) each.remove();
    });
  });

  it('is accessible', async () => {
    const el = await fixture(html`<chat-connection manual><p>hello</p></chat-connection>`);
    await still();
    await expect(el).to.be.accessible();
  });
});
