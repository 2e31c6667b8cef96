import type {Transport, TransportClose, TransportHandler} from '../../connection/transport.js';
import type {Clock} from '../../model/index.js';
import type {FollowerMessage, LeaderMessage, TabMessage} from './tab-message.js';

/** What a tab is to the others: the leader, who has the socket, or a follower, who has it at second hand. */
export interface Role extends Omit<Transport, 'open' | 'close'> {
  start(): void;
  /** Another tab said something. */
  take(message: TabMessage): void;
  end(): void;
}

/** What both roles need of the place at which their tab takes part. */
export interface Place {
  /** The name by which the other tabs know this one. */
  readonly id: string;
  readonly clock: Clock;
  /** Whom to tell what the socket tells. */
  readonly handler: TransportHandler;
  /** Tells the other tabs. */
  tell(message: FollowerMessage | LeaderMessage): void;
  /** There will be a socket, or the tab gives up. */
  expectWelcome(): void;
  /** There is a socket. */
  welcome(socketId: string): void;
  /** The socket ended. This place is left. */
  lose(close: TransportClose): void;
  /** The leader does not answer: takes the lead from it. */
  takeOver(): void;
  /** Calls `fn` once this tab is gone, closed or crashed. */
  whenGone(tab: string, fn: () => void): void;
}

/** The end of a socket of which no more is known than that it is gone. */
export const BROKEN: TransportClose = {code: 1006, reason: '', opened: true, welcomed: true};
/** An attempt that did not even come to a socket. */
export const NEVER_OPEN: TransportClose = {...BROKEN, opened: false, welcomed: false};
