import type {ChatError, ConnectionStatus} from '../model/index.js';

/** What a link calls. */
export interface LinkHandler {
  onStatus(status: ConnectionStatus, previous: ConnectionStatus): void;
  /** The server has accepted a socket. The status says so already. */
  onUp(socketId: string): void;
  /** That socket is gone. The status does not say so yet. */
  onDown(): void;
  /** The page is back, or the machine woke up. */
  onWake(): void;
  onError(error: ChatError): void;
  /** It is time to ask whether there is a token that the server accepts. */
  onTokenDue(): void;
}
