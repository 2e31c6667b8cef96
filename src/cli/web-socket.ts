import {Failure} from './command.js';

/**
 * Returns a function that opens sockets: by the WebSocket of Node 22 and later, or by the package `ws`. Rejects with a `Failure` if there is
 * neither.
 * @param origin Sent as a browser would: Reverb accepts only the origins in `allowed_origins`, and no client without one.
 * @param onError Told why a socket has failed. A page cannot learn that, but here it is known: no such host, a certificate, a proxy's 404.
 */
export async function loadWebSocket(origin: string, onError: (reason: string) => void): Promise<(url: string) => WebSocket> {
  const options = {headers: {Origin: origin}};
  const watch = (socket: WebSocket): WebSocket => {
    socket.addEventListener('error', (event) => {
      const {message} = event as ErrorEvent;
      // Once it was let go, it is only that it was closed too early.
      if (message && socket.onclose) onError(message);
    });
    return socket;
  };
  // By `Reflect.has`, since the types of the DOM claim that it always exists. They also do not know the options that Node accepts here.
  if (Reflect.has(globalThis, 'WebSocket')) return (url) => watch(new WebSocket(url, options as unknown as string[]));
  try {
    const {WebSocket: NodeWebSocket} = await import('ws');
    // Both have what is used of a socket: onopen, onmessage, onerror, onclose, addEventListener, send, close, readyState.
    return (url) => watch(new NodeWebSocket(url, options) as unknown as WebSocket);
  } catch (error) {
    throw new Failure(
      'This version of Node has no WebSocket: use Node 22 or later, or install the package ws beside ws-chat-elements.',
      {cause: error},
    );
  }
}
