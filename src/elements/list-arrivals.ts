import type {Announcer} from '../behaviors/announcer.js';
import type {Strings} from '../i18n/index.js';
import {isConfirmed, type IdKey, type LogChange, type Message, type MessageLogView} from '../model/index.js';

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

/** The messages that have failed by a change of a log. `known` are those that had, and is kept; one that is tried again may fail anew. */
export function failuresOf(change: LogChange, log: MessageLogView, known: Set<IdKey>): readonly Message[] {
  if (change.type !== 'changed') return [];
  return change.keys.flatMap((key) => {
    const message = log.at(log.indexOf(key));
    if (message?.status !== 'failed') {
      known.delete(key);
      return [];
    }
    if (known.has(key)) return [];
    known.add(key);
    return [message];
  });
}

/** Says who wrote what, as far as it is there still by the time it is said. */
export function announce(
  announcer: Announcer,
  messages: readonly Message[],
  strings: Strings,
  isThere: (message: Message) => boolean,
): void {
  for (const message of messages) {
    const {sender, content, attachments} = message;
    const text = content || attachments.map(({name}) => name).join(', ');
    announcer.announce(strings.arrived(sender.name || strings.unknownPerson, text), () => isThere(message));
  }
}
