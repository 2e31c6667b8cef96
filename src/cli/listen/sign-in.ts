import {Http} from '../../api/http.js';
import {ApiError, type Id} from '../../model/index.js';
import {ShapeError, decodePerson, objectOf, readText} from '../../model/resources/index.js';
import {Failure} from '../command.js';
import type {World} from '../world.js';

const TIMEOUT = 15_000;
const readSignIn = objectOf({user: decodePerson, token: readText});

/** Somebody who has signed in. */
export interface SignedIn {
  readonly token: string;
  readonly userId: Id;
}

/** Signs in with `POST {apiBase}/login`. Rejects with a `Failure` that says in plain words what is wrong. */
export async function signIn(apiBase: string, email: string, password: string, world: World): Promise<SignedIn> {
  const {fetch, clock, ending} = world;
  const http = new Http({base: apiBase, token: null, credentials: 'omit', headers: {}, fetch, clock, page: null});
  try {
    const call = {method: 'POST', path: '/login', body: {email, password}, signal: ending, timeout: TIMEOUT} as const;
    const {user, token} = readSignIn(await http.send(call), 'answer');
    return {token, userId: user.id};
  } catch (error) {
    throw new Failure(explain(error, apiBase, email), {cause: error});
  }
}

function explain(error: unknown, apiBase: string, email: string): string {
  const login = `${apiBase}/login`;
  if (error instanceof ShapeError) return `${login} answered without a token or a user: ${error.message}.`;
  if (!(error instanceof ApiError)) return `Signing in failed: ${String(error)}`;
  switch (error.code) {
    case 'unauthorized':
    case 'forbidden':
    case 'invalid':
      // It may be something else: Laravel wants the name of a device, say, or a CSRF token.
      return `The server does not take this e-mail address and password (${email}): ${error.message}`;
    case 'not-found':
      return `There is no ${login}: look at --url and --api-base, or give a --token.`;
    case 'rate-limited':
      return `The server wants fewer attempts to sign in${error.retryAfter === null ? '' : `; try again in ${Math.ceil(error.retryAfter / 1000)} s`}.`;
    case 'network':
      return `${apiBase} cannot be reached${reasonOf(error)}: is the server running, and is --url right?`;
    default:
      return `Signing in failed: ${error.message}`;
  }
}

/** Node says why in the cause of the cause: ECONNREFUSED, ENOTFOUND, a certificate that has expired. */
function reasonOf(error: ApiError): string {
  const cause = error.cause instanceof Error ? error.cause.cause : undefined;
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return '';
  return ` (${String(cause.code)})`;
}
