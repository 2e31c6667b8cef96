import type {Strings} from '../i18n/index.js';
import type {ConnectionState, ConnectionStatus} from '../model/index.js';

/** How serious a status is: nothing to report, something that passes, something that a person has to deal with. */
export type Severity = 'calm' | 'warning' | 'danger';

const SEVERITIES: Partial<Record<ConnectionState, Severity>> = {
  waiting: 'warning',
  offline: 'warning',
  unauthorized: 'danger',
  refused: 'danger',
  failed: 'danger',
};

/** How serious a status is. A suspended page is `calm`, and so is a first attempt, unless a connection was lost before it. */
export function severityOf(status: ConnectionStatus | undefined): Severity {
  if (!status) return 'calm';
  // After a loss, even the first attempt is a warning: it may hang for 8 s. Without any attempt, an open connection is in doubt.
  const beginnings = status.cause === 'silent' || status.cause === 'dropped' ? 0 : 1;
  return status.state === 'connecting' && status.attempt > beginnings ? 'warning' : (SEVERITIES[status.state] ?? 'calm');
}

/** What happened, as a sentence. */
export function headlineOf(status: ConnectionStatus, strings: Strings): string {
  const {state, cause} = status;
  if (severityOf(status) === 'calm') return strings.states[state];
  return strings.lost[state === 'offline' ? 'no-network' : cause];
}

/** What happens to messages that are written meanwhile. `isSafe`: whether they survive a reload. */
export function keptOf(strings: Strings, isSafe: boolean): string {
  return isSafe ? strings.writingIsKept : strings.writingIsKeptHere;
}

/** What comes next, as a sentence: when it is tried again, or what a person can do. `now` is in ms since the epoch. */
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
