/** Whom a tap tells, in place of pusher-js. */
export interface SocketTapOwner {
  onOpen(): void;
  onFrame(data: unknown): void;
  onClose(code: number, reason: string): void;
}

/**
 * Stands between pusher-js and a real socket, and looks to it like the socket. What happens on the socket is told to the owner
 * alone, who calls `onopen` and `onmessage` as far as pusher-js may know. It is never told of an error or the end: it would
 * answer with a retry of its own.
 */
export class SocketTap {
  onopen: (() => void) | null | undefined;
  onmessage: ((event: {readonly data: string}) => void) | null | undefined;
  onclose: unknown;
  onerror: unknown;

  readonly #socket: WebSocket;

  constructor(socket: WebSocket, owner: SocketTapOwner) {
    this.#socket = socket;
    socket.onopen = () => owner.onOpen();
    socket.onmessage = ({data}: MessageEvent) => owner.onFrame(data);
    // Stays for good: what says more is the close that follows, but the `ws` package throws at an error nobody listens to.
    socket.onerror = () => undefined;
    socket.onclose = ({code, reason}: CloseEvent) => owner.onClose(code, reason);
  }

  get isOpen(): boolean {
    return this.#socket.readyState === 1;
  }

  send(data: string): void {
    // pusher-js sends from a timer, and by then the socket may be gone.
    if (this.isOpen) this.#socket.send(data);
  }

  /** Ends the socket. Nothing is reported from here on. */
  close(): void {
    const socket = this.#socket;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
