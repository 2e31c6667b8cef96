/** Somebody who is signed in, and where. */
export interface Session {
  readonly server: URL;
  readonly token: string;
  readonly user: {readonly id: number; readonly name: string};
}

/** Signs in at the demo server; `?server=` and `?user=` name another one, and somebody else. */
export async function signIn(): Promise<Session> {
  const query = new URLSearchParams(location.search);
  const server = new URL(query.get('server') ?? 'http://127.0.0.1:8090');
  const response = await fetch(new URL('/api/login', server), {
    method: 'POST',
    headers: {'Content-Type': 'application/json', Accept: 'application/json'},
    body: JSON.stringify({email: query.get('user') ?? 'ali@example.com', password: 'password'}),
  });
  if (!response.ok) throw new Error(`Signing in gave status ${response.status}.`);
  return {server, ...((await response.json()) as Pick<Session, 'token' | 'user'>)};
}
