import {createFakeServer, type FakeServer} from '../../src/testing/fake-server.js';
import type {FakeServerOptions} from '../../src/testing/seeds.js';

/** A server with Ali (1), Vali (2) and Nodira (3), who share conversation 9. */
export function chatServer(options: FakeServerOptions & {readonly messages?: number} = {}): FakeServer {
  const {messages = 3, ...rest} = options;
  return createFakeServer({
    users: [
      {id: 1, name: 'Ali Valiyev'},
      {id: 2, name: 'Vali Karimov'},
      {id: 3, name: 'Nodira Rahimova'},
    ],
    conversations: [{id: 9, title: 'Design team', messages}],
    ...rest,
  });
}

/** The first element in the shadow root that matches, or an error that names it. */
export function within<Found extends Element = HTMLElement>(element: Element, selector: string): Found {
  const found = element.shadowRoot?.querySelector<Found>(selector);
  if (!found) throw new Error(`<${element.localName}> shows no ${selector}`);
  return found;
}

/** The text of a part; empty where it is not shown. */
export function textOf(element: Element, selector: string): string {
  return element.shadowRoot?.querySelector(selector)?.textContent.replace(/\s+/gu, ' ').trim() ?? '';
}
