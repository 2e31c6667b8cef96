import type {Announcer} from '../behaviors/announcer.js';
import type {Strings} from '../i18n/index.js';
import {isConfirmed, type IdKey, type LogChange, type Message, type MessageLogView} from '../model/index.js';
import {plainName} from './avatar.js';
import {whyNotSent} from './message-body.js';

/**
 * The messages that have just arrived, according to a change of a log: those added at its end, or before messages that wait to be sent.
 * None if the log was empty and had not been loaded (`isLoaded`): those are older messages.
 */
export function arrivalsOf(change: LogChange, log: MessageLogView, isLoaded: boolean): readonly Message[] {
  if (change.type === 'appended' && (isLoaded || log.size > change.count)) return log.slice(log.size - change.count, log.size);
  if (change.type !== 'inserted') return [];
  const end = change.index + change.count;
  for (let index = log.size - 1; index >= end; index--) {
    const message = log.at(index);
    if (message && isConfirmed(message)) return [];
  }
  return log.slice(change.index, end);
}

/** The messages that have just failed, according to a change of a log. `known`: those that had failed before; it is updated. */
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

/** Announces who wrote what. A message that is gone by the time of the announcement is left out. */
export function announce(
  announcer: Announcer,
  messages: readonly Message[],
  strings: Strings,
  isThere: (message: Message) => boolean,
): void {
  for (const message of messages) {
    const {sender, content, attachments} = message;
    const text = content || attachments.map(({name}) => name).join(', ');
    announcer.announce(strings.arrived(plainName(sender.name, strings), text), () => isThere(message));
  }
}

/** Announces why messages were not sent. */
export function announceFailures(announcer: Announcer, messages: readonly Message[], strings: Strings): void {
  for (const message of messages) announcer.notify(whyNotSent(message, strings));
}
