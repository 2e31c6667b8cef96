import type {Settings} from './settings.js';

/** Somebody who is signed in to the demo server. */
export interface Session {
  readonly token: string;
  readonly user: {readonly id: number; readonly name: string; readonly email: string};
}

/** The session of this tab, from before a reload if there is one. Everybody has the same password: it is a demo. */
export async function resumeSession(settings: Settings, email: string): Promise<Session> {
  const kept = sessionStorage.getItem(keyOf(settings, email));
  return kept ? (JSON.parse(kept) as Session) : signIn(settings, email);
}

/** Signs in anew. Rejects with what the server said, or with what kept it from answering. */
export async function signIn(settings: Settings, email: string): Promise<Session> {
  const response = await fetch(new URL('/api/login', settings.server), {
    method: 'POST',
    headers: {'Content-Type': 'application/json', Accept: 'application/json'},
    body: JSON.stringify({email, password: 'password'}),
  });
  const answer = (await response.json()) as Session & {readonly message?: string};
  if (!response.ok) throw new Error(answer.message ?? `The server answered with status ${response.status}.`);
  sessionStorage.setItem(keyOf(settings, email), JSON.stringify(answer));
  return answer;
}

/** The conversation to show: the one asked for, or the newest that exactly these people share. */
export async function findConversation(settings: Settings, {token, user}: Session): Promise<string> {
  if (settings.conversationId !== null) return settings.conversationId;
  let response = await listConversations(settings, token);
  // The server may have another database than when the session was kept.
  if (response.status === 401) response = await listConversations(settings, (await signIn(settings, user.email)).token);
  if (!response.ok) throw new Error(`The list of conversations came with status ${response.status}.`);
  const {data} = (await response.json()) as {data: {id: number; participants: {email: string}[]}[]};
  const pair = new Set(['ali@example.com', 'vali@example.com', ...settings.emails]);
  const shared = data.find(
    ({participants}) => participants.length === pair.size && participants.every(({email}) => pair.has(email)),
  );
  const chosen = shared ?? data[0];
  if (!chosen) throw new Error('There is no conversation yet.');
  return String(chosen.id);
}

function listConversations({server}: Settings, token: string): Promise<Response> {
  const headers = {Authorization: `Bearer ${token}`, Accept: 'application/json'};
  return fetch(new URL('/api/conversations', server), {headers});
}

function keyOf(settings: Settings, email: string): string {
  return `${settings.server.origin} ${email}`;
}
