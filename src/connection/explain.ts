import {ConnectionError, type ConnectionCause} from '../model/index.js';

const SENTENCES: Readonly<Record<ConnectionCause, string>> = {
  none: 'There is no connection.',
  config: 'The socket server does not take a connection with these settings; look at scheme, ws-host, ws-port and ws-path.',
  dropped: 'The connection was lost.',
  timeout: 'The socket server did not welcome us within 8 s.',
  unreachable: 'The socket server could not be reached; look at ws-host and ws-port, and at whether it is running.',
  silent: 'The connection went silent.',
  'over-capacity': 'The socket server has no room for another connection.',
  'rate-limited': 'The socket server closed the connection because too much was sent.',
  'unknown-app': 'The socket server does not know this app-key.',
  'origin-not-allowed': 'The socket server does not allow this origin; look at allowed_origins in config/reverb.php.',
  'server-error': 'The socket server reported an error.',
  unauthorized: 'The socket server no longer knows who we are.',
  requested: 'The connection was closed on request.',
  'no-network': 'There is no network.',
};

/** A lost or refused connection as an error, with a sentence for a developer. */
export function explain(cause: ConnectionCause, code: number | null, reason: string | null): ConnectionError {
  const said = reason === null || reason === '' ? '' : ` It said: ${reason}`;
  const number = code === null ? '' : ` (${code})`;
  return new ConnectionError(`${SENTENCES[cause]}${number}${said}`, code, cause === 'timeout' ? 'timeout' : 'connection');
}
