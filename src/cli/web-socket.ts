import {Failure} from './command.js';

/**
 * What opens sockets here: the WebSocket of Node 22 and later, or the one of the package `ws`. Rejects with a `Failure` without either.
 * @param origin As a browser would send it, since Reverb admits only those of its `allowed_origins`, and no client without one.
 */
export async function loadWebSocket(origin: string): Promise<(url: string) => WebSocket> {
  const options = {headers: {Origin: origin}};
  // Asked for by name, since the types of the DOM claim that it is always there. They do not know what Node takes beside protocols.
  if (Reflect.has(globalThis, 'WebSocket')) return (url) => new WebSocket(url, options as unknown as string[]);
  try {
    const {WebSocket: NodeWebSocket} = await import('ws');
    // What pusher-js uses of a socket (onopen, onmessage, send, close, readyState), the two have in common.
    return (url) => new NodeWebSocket(url, options) as unknown as WebSocket;
  } catch (error) {
    throw new Failure(
      'This version of Node has no WebSocket: use Node 22 or later, or install the package ws beside ws-chat-elements.',
      {cause: error},
    );
  }
}
