import type {Message} from '../model/index.js';
import type {MessageLog} from './message-log.js';
import {compareMessages} from './order.js';

/** A stretch of the conversation without holes, and at its end what the server does not know yet. */
export class LoadedRange {
  readonly log: MessageLog;
  /** Whether nothing stands above it. */
  reachesStart = false;

  constructor(log: MessageLog) {
    this.log = log;
  }

  /** How many of its messages the server knows. The others stand behind them. */
  get confirmed(): number {
    const {newest} = this.log;
    return newest ? this.log.indexOf(newest.id) + 1 : 0;
  }

  /** Whether a message belongs below its beginning, so that putting it in leaves no hole above. */
  startsBefore(message: Message): boolean {
    const {oldest} = this.log;
    return this.reachesStart || !oldest || compareMessages(oldest, message) <= 0;
  }

  endsBehind(message: Message): boolean {
    const {newest} = this.log;
    return newest !== undefined && compareMessages(message, newest) <= 0;
  }

  /** Whether it and a stretch from `first` to `last` are one stretch: they have a message in common, or one goes on inside the other. */
  touches(first: Message | undefined, last: Message | undefined): boolean {
    const {oldest} = this.log;
    return first !== undefined && last !== undefined && !!oldest && this.endsBehind(first) && compareMessages(oldest, last) <= 0;
  }
}
