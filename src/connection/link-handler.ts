import type {ChatError, ConnectionStatus} from '../model/index.js';

/** Whom a link tells. */
export interface LinkHandler {
  onStatus(status: ConnectionStatus, previous: ConnectionStatus): void;
  /** There is a socket that the server has welcomed. The status says so already. */
  onUp(socketId: string): void;
  /** That socket is gone. The status does not say so yet. */
  onDown(): void;
  /** The page is back, or the machine woke up. */
  onWake(): void;
  onError(error: ChatError): void;
  /** Time to look whether there is a token that the server takes. */
  onTokenDue(): void;
}
