import type {Message} from '../model/index.js';
import type {MessageLog} from './message-log.js';
import {compareMessages} from './order.js';

/** A range of the conversation without gaps; at its end may be messages that are not sent yet. */
export class LoadedRange {
  readonly log: MessageLog;
  /** Whether it begins with the first message of the conversation. */
  reachesStart = false;

  constructor(log: MessageLog) {
    this.log = log;
  }

  /** How many of its messages the server has stored. The others come after them. */
  get confirmed(): number {
    const {newest} = this.log;
    return newest ? this.log.indexOf(newest.id) + 1 : 0;
  }

  /** Whether a message belongs after the beginning of the range, so that adding it hides no gap before the range. */
  startsBefore(message: Message): boolean {
    const {oldest} = this.log;
    return this.reachesStart || !oldest || compareMessages(oldest, message) <= 0;
  }

  endsBehind(message: Message): boolean {
    const {newest} = this.log;
    return newest !== undefined && compareMessages(message, newest) <= 0;
  }

  /** Whether the range overlaps one from `first` to `last`. */
  touches(first: Message | undefined, last = first): boolean {
    return first !== undefined && last !== undefined && this.endsBehind(first) && this.startsBefore(last);
  }
}
