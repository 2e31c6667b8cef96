import type {ChatError, ConnectionStatus} from '../model/index.js';
import type {Verdict} from './classify.js';

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

/** Why a connection, or an attempt, came to its end. */
export interface Loss extends Verdict {
  readonly code?: number | null;
  readonly reason?: string | null;
}

/** The status of a connection that nobody asked for. */
export const IDLE: ConnectionStatus = {state: 'idle', attempt: 0, retryAt: null, cause: 'none', code: null, reason: null};

/** Whether two say the same thing. */
export function isSame(a: ConnectionStatus, b: ConnectionStatus): boolean {
  return (Object.keys(a) as (keyof ConnectionStatus)[]).every((key) => a[key] === b[key]);
}
