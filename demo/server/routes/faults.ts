import {Hono} from 'hono';
import {own, readJson} from '../validation.js';
import type {Environment, Services} from './environment.js';

/** The switches of the fault layer, there only when the server was started with `--faults`. */
export function faultRoutes({faults, sockets, channels, tokens}: Services): Hono<Environment> {
  const routes = new Hono<Environment>();

  routes.get('/__faults', (context) => context.json(faults.settings));

  /** Sets what the body names. Besides settings: `closeAll` (a code, or `"terminate"`), `expireTokens: true`, `revoke` (a user id). */
  routes.post('/__faults', async (context) => {
    const input = await readJson(context);
    faults.apply(input);
    if (own(input, 'pauseSockets') === true) for (const connection of sockets.connections.values()) connection.pause();
    if (own(input, 'pauseSockets') === false) for (const connection of sockets.connections.values()) connection.resume();
    if (own(input, 'expireTokens') === true) tokens.expireAll();
    const revoked = own(input, 'revoke');
    if (typeof revoked === 'number') tokens.revokeAllOf(revoked);
    closeAll(own(input, 'closeAll'));
    return context.json(faults.settings);
  });

  routes.delete('/__faults', (context) => {
    faults.reset();
    for (const connection of sockets.connections.values()) connection.resume();
    return context.json(faults.settings);
  });

  /** Sends `frame` as it stands, to everybody in `channel`, or to every socket when there is none. */
  routes.post('/__emit', async (context) => {
    const input = await readJson(context);
    const channel = own(input, 'channel');
    const frame = own(input, 'frame');
    const text = typeof frame === 'string' ? frame : JSON.stringify(frame ?? null);
    if (typeof channel === 'string') channels.send(channel, text);
    else for (const connection of sockets.connections.values()) connection.send(text);
    return context.body(null, 204);
  });

  function closeAll(how: unknown): void {
    for (const connection of [...sockets.connections.values()]) {
      if (how === 'terminate') connection.terminate();
      else if (typeof how === 'number') connection.close(how);
    }
  }

  return routes;
}
