/** Whom a tap tells, before pusher-js hears anything. */
export interface SocketTapOwner {
  onOpen(): void;
  /** Returns what pusher-js gets to read in place of the frame, or `null` for nothing. */
  onFrame(data: unknown): string | null;
  onClose(code: number, reason: string): void;
  /** pusher-js threw at a frame. */
  onFault(error: unknown): void;
}

type Listener = ((event: {readonly data: string}) => void) | null | undefined;

/**
 * Stands between pusher-js and a real socket, and looks to it like the socket. Opening and harmless frames go through. Errors and
 * the end do not: pusher-js would answer them with a retry of its own.
 */
export class SocketTap {
  onopen: (() => void) | null | undefined;
  onmessage: Listener;
  onclose: unknown;
  onerror: unknown;

  #socket: WebSocket | null;

  constructor(socket: WebSocket, owner: SocketTapOwner) {
    this.#socket = socket;
    socket.onopen = () => {
      owner.onOpen();
      this.#pass(owner, () => this.onopen?.());
    };
    socket.onmessage = ({data}: MessageEvent) => {
      const text = owner.onFrame(data);
      if (text !== null) this.#pass(owner, () => this.onmessage?.({data: text}));
    };
    // Stays for good: what says more is the close that follows, but the `ws` package throws at an error nobody listens to.
    socket.onerror = () => undefined;
    socket.onclose = ({code, reason}: CloseEvent) => {
      this.#detach();
      owner.onClose(code, reason);
    };
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === 1;
  }

  send(data: string): void {
    // pusher-js sends from a timer, and by then the socket may be gone.
    if (this.isOpen) this.#socket?.send(data);
  }

  /** Ends the socket. Nothing is reported from here on. */
  close(): void {
    this.#detach()?.close();
  }

  #detach(): WebSocket | null {
    const socket = this.#socket;
    this.#socket = null;
    if (socket) socket.onopen = socket.onmessage = socket.onclose = null;
    return socket;
  }

  #pass(owner: SocketTapOwner, deliver: () => void): void {
    if (!this.#socket) return;
    try {
      deliver();
    } catch (error) {
      owner.onFault(error);
    }
  }
}
