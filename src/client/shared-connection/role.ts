import type {Transport, TransportClose, TransportHandler} from '../../connection/transport.js';
import type {Clock} from '../../model/index.js';
import type {FollowerMessage, LeaderMessage, TabMessage} from './tab-message.js';

/** The role of a tab: the leader, which has the socket, or a follower, which uses that of the leader. */
export interface Role extends Omit<Transport, 'open' | 'close'> {
  start(): void;
  /** Another tab said something. */
  take(message: TabMessage): void;
  end(): void;
}

/** What both roles need from the membership of their tab. */
export interface Place {
  /** The id of this tab for the other tabs. */
  readonly id: string;
  readonly clock: Clock;
  /** What this tab's end of the socket calls. */
  readonly handler: TransportHandler;
  /** Sends a message to the other tabs. */
  tell(message: FollowerMessage | LeaderMessage): void;
  /** Begins to wait for a welcome. If none comes in time, the membership ends. */
  expectWelcome(): void;
  /** The server has accepted the socket. */
  welcome(socketId: string): void;
  /** The socket has ended, and so does the membership. */
  lose(close: TransportClose): void;
  /** The leader does not answer: this tab becomes the leader. */
  takeOver(): void;
  /** Calls `fn` once the other tab `tab` is gone: it left, was closed or has crashed. */
  whenGone(tab: string, fn: () => void): void;
}

/** The close of a socket that is simply gone. */
export const BROKEN: TransportClose = {code: 1006, reason: '', opened: true, welcomed: true};
/** The close of an attempt whose socket never opened. */
export const NEVER_OPEN: TransportClose = {...BROKEN, opened: false, welcomed: false};
