import {Hono} from 'hono';
import {HttpError, invalid} from '../http-error.js';
import {verifyPassword} from '../passwords.js';
import {TokenBucket} from '../pusher/token-bucket.js';
import {userResource} from '../resources.js';
import {readJson, requiredString} from '../validation.js';
import type {Environment, Services} from './environment.js';

/** Attempts remembered at once; beyond that the oldest are forgotten, so that a flood of names does not fill the memory. */
const MAX_REMEMBERED = 10_000;

/** Signing in and out. */
export function sessionRoutes({users, tokens, config, sockets}: Services): Hono<Environment> {
  const routes = new Hono<Environment>();
  const attempts = new Map<string, TokenBucket>();

  routes.post('/login', async (context) => {
    const input = await readJson(context);
    const email = requiredString(input, 'email', 255);
    const password = requiredString(input, 'password', 255);
    const attempt = `${context.env.incoming.socket.remoteAddress} ${email.toLowerCase()}`;
    const bucket = attempts.get(attempt) ?? new TokenBucket(config.limits.loginAttempts, config.limits.loginAttempts);
    if (!bucket.take(Date.now())) {
      throw new HttpError(429, 'Too many login attempts. Please try again in a minute.', undefined, {'Retry-After': '60'});
    }
    attempts.set(attempt, bucket);
    const user = users.findByEmail(email);
    if (!(await verifyPassword(password, user?.password)) || !user) {
      forgetOldest(attempts);
      throw invalid('email', 'These credentials do not match our records.');
    }
    attempts.delete(attempt);
    return context.json({token: tokens.issue(user.id), user: userResource(user)});
  });

  routes.post('/logout', (context) => {
    const tokenId = context.get('tokenId');
    tokens.revoke(tokenId);
    // A signature never expires, so a socket that this token has opened a channel for would go on listening.
    sockets.disconnect((connection) => connection.tokenIds.has(tokenId));
    return context.body(null, 204);
  });

  return routes;
}

function forgetOldest(attempts: Map<string, TokenBucket>): void {
  for (const oldest of attempts.keys()) {
    if (attempts.size <= MAX_REMEMBERED) return;
    attempts.delete(oldest);
  }
}
