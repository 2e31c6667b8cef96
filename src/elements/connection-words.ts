import type {Strings} from '../i18n/index.js';
import type {ConnectionCause, ConnectionStatus} from '../model/index.js';

/** How serious it is: nothing to say, a matter of time, a matter for a person. */
export type Severity = 'calm' | 'warning' | 'danger';

/** How serious a status is. The first attempt and a page that sleeps are nothing to worry about. */
export function severityOf(status: ConnectionStatus | undefined): Severity {
  switch (status?.state) {
    case 'waiting':
    case 'offline':
      return 'warning';
    case 'connecting':
      return status.attempt > 1 ? 'warning' : 'calm';
    case 'unauthorized':
    case 'refused':
    case 'failed':
      return 'danger';
    default:
      return 'calm';
  }
}

/** What happened, as a sentence. `lastCause` is why the connection was lost, while a new attempt is under way and knows no cause. */
export function headlineOf(status: ConnectionStatus, strings: Strings, lastCause: ConnectionCause = 'none'): string {
  switch (status.state) {
    case 'offline':
      return strings.lost['no-network'];
    case 'unauthorized':
      return strings.lost.unauthorized;
    case 'failed':
      return strings.lost.config;
    case 'refused':
      return status.cause === 'none' ? `${strings.states.refused}.` : strings.lost[status.cause];
    case 'waiting':
    case 'connecting':
      return status.attempt > 0 ? strings.lost[status.cause === 'none' ? lastCause : status.cause] : strings.states.connecting;
    default:
      return strings.states[status.state];
  }
}

/** What becomes of what is written meanwhile. `isSafe`: whether it survives a reload. */
export function keptOf(strings: Strings, isSafe: boolean): string {
  return isSafe ? strings.writingIsKept : strings.writingIsKeptHere;
}

/** What comes of it, as a sentence: when it is tried again, or what a person can do. `now` is in ms since the epoch. */
export function outlookOf(status: ConnectionStatus, strings: Strings, now: number, isSafe: boolean): string {
  if (status.state === 'offline') return keptOf(strings, isSafe);
  if (status.state === 'unauthorized') return strings.signInAgain;
  if (status.state === 'connecting') return strings.retrying;
  if (status.retryAt !== null) {
    const seconds = Math.ceil((status.retryAt - now) / 1000);
    return seconds > 0 ? strings.retryIn(seconds) : strings.retrying;
  }
  return severityOf(status) === 'danger' ? strings.tellTheOperator : '';
}
