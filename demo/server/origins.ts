const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const LOOPBACK_ORIGIN = /^https?:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/;

/**
 * Whether a page of this origin may talk to the server: one that was itself served from this machine.
 * The opaque origin `null` (sandboxed frames, `file:`) is not one of them.
 */
export function isAllowedOrigin(origin: string): boolean {
  return LOOPBACK_ORIGIN.test(origin);
}

/**
 * Whether a request was sent to this machine by a name of its own. A page can have its own name lead here instead (DNS rebinding), and to
 * the browser it is then a page of this server.
 */
export function isAddressedHere(hostHeader: string): boolean {
  return LOOPBACK_ORIGIN.test(`http://${hostHeader}`);
}

/** Whether listening on this address keeps the server on this machine. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_HOST.test(host) || host === '::1';
}
