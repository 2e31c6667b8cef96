import {isConfirmed, type LogChange, type Message, type MessageLogView} from '../model/index.js';

/**
 * The messages that have just come in, by a change of a log: those added at its end, or before what is still waiting to be sent.
 * None for a log that was empty, as then it is the history that came.
 */
export function arrivalsOf(change: LogChange, log: MessageLogView): readonly Message[] {
  if (change.type === 'appended' && log.size > change.count) return log.slice(log.size - change.count, log.size);
  if (change.type !== 'inserted') return [];
  const end = change.index + change.count;
  for (let index = log.size - 1; index >= end; index--) {
    const message = log.at(index);
    if (message && isConfirmed(message)) return [];
  }
  return log.slice(change.index, end);
}
