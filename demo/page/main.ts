/** Two people of one conversation side by side, each with a connection of their own, on a real server. */
import '../../src/index.js';
import type {ChatConnectionElement} from '../../src/elements/chat-connection.js';
import {findConversation, resumeSession, signIn, type Session} from './session.js';
import {readSettings, type Settings} from './settings.js';
import {setUpSwitches} from './switches.js';

const stage = document.querySelector<HTMLElement>('#stage')!;
const people = document.querySelector<HTMLElement>('#people')!;
const settings = readSettings(new URLSearchParams(location.search));

void setUpSwitches(document.querySelector<HTMLFormElement>('#switches')!, settings);
try {
  if (settings.complaint !== null) throw new Error(settings.complaint);
  const sessions = await Promise.all(settings.emails.map((email) => resumeSession(settings, email)));
  const conversationId = await findConversation(settings, sessions[0]!);
  for (const session of sessions) stage.append(createPerson(settings, session, conversationId));
  offerChoice(sessions);
} catch (error) {
  explain(settings, error);
}

function createPerson(where: Settings, session: Session, conversationId: string): HTMLElement {
  const section = document.createElement('section');
  section.className = 'person';
  section.dataset['email'] = session.user.email;
  const heading = document.createElement('h2');
  heading.append('This is ', Object.assign(document.createElement('b'), {textContent: session.user.name}));
  const conversation = document.createElement('chat-conversation');
  conversation.setAttribute('conversation-id', conversationId);
  const connection = createConnection(where, session);
  connection.append(conversation);
  section.append(heading, connection);
  return section;
}

function createConnection(
  {server, socket, conversationChannel, beginsExpired, sharesConnection}: Settings,
  session: Session,
): ChatConnectionElement {
  const connection = document.createElement('chat-connection');
  const attributes = {
    id: `connection-${session.user.id}`,
    'app-key': 'demo-key',
    'ws-host': socket.host,
    'ws-port': String(socket.port),
    scheme: server.protocol === 'https:' ? 'https' : 'http',
    'auth-endpoint': new URL('/broadcasting/auth', server).href,
    'api-base': new URL('/api', server).href,
    'user-id': String(session.user.id),
    ...(conversationChannel === null ? {} : {'conversation-channel': conversationChannel}),
    ...(sharesConnection && {'share-connection': ''}),
  };
  for (const [name, value] of Object.entries(attributes)) connection.setAttribute(name, value);
  const first = beginsExpired ? '1|expired' : session.token;
  connection.tokenProvider = async ({reason}) =>
    reason === 'initial' ? first : (await signIn(settings, session.user.email)).token;
  return connection;
}

/** On a phone one person is shown at a time; which one is chosen here. */
function offerChoice(sessions: readonly Session[]): void {
  const show = (email: string): void => {
    for (const section of stage.querySelectorAll<HTMLElement>('.person')) {
      section.toggleAttribute('data-behind', section.dataset['email'] !== email);
    }
  };
  for (const [index, {user}] of sessions.entries()) {
    const input = Object.assign(document.createElement('input'), {
      type: 'radio',
      name: 'person',
      value: user.email,
      checked: index === 0,
    });
    input.addEventListener('change', () => show(user.email));
    const label = document.createElement('label');
    label.append(input, Object.assign(document.createElement('span'), {textContent: user.name}));
    people.append(label);
  }
  if (sessions[0]) show(sessions[0].user.email);
}

function explain({backend, server, complaint}: Settings, error: unknown): void {
  const box = document.createElement('div');
  box.className = 'problem';
  box.setAttribute('role', 'alert');
  // A request that got no answer rejects with a TypeError, in words that differ from browser to browser.
  const reason = error instanceof TypeError ? `Nothing answers at ${server.origin}.` : (error as Error).message;
  const command = backend === 'laravel' ? 'npm start -- --laravel' : 'npm start';
  const hint = document.createElement('p');
  hint.append('This starts it: ', Object.assign(document.createElement('code'), {textContent: command}));
  box.append(Object.assign(document.createElement('strong'), {textContent: 'Could not sign in.'}), ` ${reason}`);
  if (complaint === null) box.append(hint);
  stage.append(box);
}
