import {html, type TemplateResult} from 'lit';
import {PALETTE} from '../src/styles/palette.js';
import {createFakeServer, type FakeServer} from '../src/testing/fake-server.js';
import type {FakeServerOptions} from '../src/testing/seeds.js';

const PEOPLE = [
  {id: 1, name: 'Ali Valiyev'},
  {id: 2, name: 'Vali Karimov'},
  {id: 3, name: 'Nodira Rahimova'},
];

const HISTORY = [
  {from: 2, content: 'The new banner is live on staging: https://staging.example.com/chat'},
  {from: 2, content: 'Can you check it on a small phone?'},
  {from: 1, content: 'Looks right on 320 px. The countdown is a nice touch.'},
  {from: 1, content: 'Reconnected in under a second after I pulled the cable 🎉'},
  {from: 3, content: 'And with the keyboard open?'},
  {from: 1, content: 'Yes, the last message stays in view.'},
];

/** A backend in memory that a story talks with: Ali (1) uses the page, conversation 9 has a short history. */
export function storyServer(options: FakeServerOptions = {}): FakeServer {
  return createFakeServer({
    users: PEOPLE,
    conversations: [{id: 9, title: 'Design team', messages: HISTORY}],
    now: Date.now(),
    ...options,
  });
}

/** Lets a server answer, and time go by on its clock, once the story is on the page. */
export function afterwards(server: FakeServer, act: (server: FakeServer) => unknown = () => undefined): FakeServer {
  void (async () => {
    await server.settle();
    await act(server);
    await server.settle();
  })();
  return server;
}

/** The first element that matches, looked for through shadow roots in turn; an error that names what is missing. */
export function deep<Found extends Element = HTMLElement>(root: Element, ...selectors: readonly string[]): Found {
  let found: Element | null = root;
  for (const selector of selectors) {
    found = (found.shadowRoot ?? found).querySelector(selector);
    if (!found) throw new Error(`There is no ${selector}.`);
  }
  return found as Found;
}

/** A decorator for what stands in a conversation: gives it the width of one, and the colour that is behind messages. */
export const inConversation = (story: () => unknown): TemplateResult => html`
  <style>
    .in-conversation {
      inline-size: min(480px, 100vw - 4rem);
      padding: 1rem;
      background: var(--chat-color-canvas, light-dark(${PALETTE.canvas.join()}));
    }
  </style>
  <div class="in-conversation">${story()}</div>
`;
