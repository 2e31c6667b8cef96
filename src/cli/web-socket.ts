import {Failure} from './command.js';

/**
 * Returns a function that opens sockets: by the WebSocket of Node 22 and later, or by the package `ws`. Rejects with a `Failure` if there is
 * neither.
 * @param origin Sent as a browser would: Reverb accepts only the origins in `allowed_origins`, and no client without one.
 */
export async function loadWebSocket(origin: string): Promise<(url: string) => WebSocket> {
  const options = {headers: {Origin: origin}};
  // By `Reflect.has`, since the types of the DOM claim that it always exists. They also do not know the options that Node accepts here.
  if (Reflect.has(globalThis, 'WebSocket')) return (url) => new WebSocket(url, options as unknown as string[]);
  try {
    const {WebSocket: NodeWebSocket} = await import('ws');
    // Both have what is used of a socket: onopen, onmessage, onerror, onclose, send, close, readyState.
    return (url) => new NodeWebSocket(url, options) as unknown as WebSocket;
  } catch (error) {
    throw new Failure(
      'This version of Node has no WebSocket: use Node 22 or later, or install the package ws beside ws-chat-elements.',
      {cause: error},
    );
  }
}
