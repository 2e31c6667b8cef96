import {Failure} from './command.js';

/** What opens sockets here: the WebSocket of Node 22 and later, or the one of the package `ws`. Rejects with a `Failure` without either. */
export async function loadWebSocket(): Promise<(url: string) => WebSocket> {
  // Asked for by name, since the types of the DOM claim that it is always there.
  if (Reflect.has(globalThis, 'WebSocket')) return (url) => new WebSocket(url);
  try {
    const {WebSocket: NodeWebSocket} = await import('ws');
    // What pusher-js uses of a socket (onopen, onmessage, send, close, readyState), the two have in common.
    return (url) => new NodeWebSocket(url) as unknown as WebSocket;
  } catch (error) {
    throw new Failure(
      'This version of Node has no WebSocket: use Node 22 or later, or install the package ws beside ws-chat-elements.',
      {cause: error},
    );
  }
}
