import type {ChatClientOptions} from '../context/index.js';
import type {Id} from '../model/index.js';

/** What the attributes of a `<chat-connection>` say. */
export interface ConnectionSettings {
  readonly appKey?: string | undefined;
  readonly wsHost?: string | undefined;
  readonly wsPort?: number | undefined;
  readonly wsPath?: string | undefined;
  readonly scheme?: string | undefined;
  readonly cluster?: string | undefined;
  readonly authEndpoint?: string | undefined;
  readonly apiBase?: string | undefined;
  readonly userId?: Id | undefined;
  readonly userChannel?: string | undefined;
  readonly conversationChannel?: string | undefined;
  readonly credentials?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly debug?: boolean | string | undefined;
}

/** What is wrong with the settings, in words that name the attribute and the fix. */
export interface SettingsProblem {
  readonly attribute: string;
  readonly text: string;
}

const CREDENTIALS = ['omit', 'same-origin', 'include'];

/** The first thing that keeps these settings from working, or `null`. `isSecurePage`: whether the page came by https. */
export function problemOf(settings: ConnectionSettings, isSecurePage: boolean): SettingsProblem | null {
  const {appKey, wsHost, wsPort, cluster, scheme, userId, credentials, headers} = settings;
  const userChannel = settings.userChannel ?? 'private-user.{id}';
  const problem = (attribute: string, text: string): SettingsProblem => ({attribute, text});

  if (!appKey) return problem('app-key', 'has no app-key: set it to the key of the app on the socket server (REVERB_APP_KEY).');
  if (!wsHost && !cluster) {
    return problem('ws-host', 'has no ws-host: set it to the host of the socket server (REVERB_HOST), or set cluster.');
  }
  if (wsHost && /[/:?#@\s]/u.test(wsHost) && !/^\[[\da-f:.]+\]$/iu.test(wsHost)) {
    return problem(
      'ws-host',
      `has ws-host="${wsHost}": set it to a host name alone; scheme, ws-port and ws-path have attributes of their own.`,
    );
  }
  if (wsPort !== undefined && !(Number.isInteger(wsPort) && wsPort > 0 && wsPort < 65_536)) {
    return problem('ws-port', 'has a ws-port that is none: set it to a number from 1 to 65535.');
  }
  if (scheme !== undefined && scheme !== 'https' && scheme !== 'http') {
    return problem('scheme', `has scheme="${scheme}": set it to https (gives wss) or http (gives ws).`);
  }
  if (scheme === 'http' && isSecurePage) {
    return problem('scheme', 'has scheme="http" on a page that came by https, which browsers do not allow: set it to https.');
  }
  if ((userId === undefined || userId === '') && userChannel.includes('{id}')) {
    return problem(
      'user-id',
      'has no user-id: set it to the id of the person who uses the page, or set user-channel to a channel name.',
    );
  }
  if (credentials !== undefined && !CREDENTIALS.includes(credentials)) {
    return problem('credentials', `has credentials="${credentials}": set it to ${CREDENTIALS.join(', ')}.`);
  }
  if (headers !== undefined && Object(headers) !== headers) {
    return problem('headers', 'has headers that are no object: set the property to names and values.');
  }
  return null;
}

/** What the `debug` attribute says: `debug` alone and `debug="true"` mean all tags, anything else names them. */
export function toDebug(value: string | null): boolean | string {
  return value === '' || value === 'true' || (value ?? false);
}

/** The same as options of a client. Only for settings without a problem. */
export function toClientOptions(settings: ConnectionSettings): ChatClientOptions {
  const {appKey = '', scheme, credentials, debug, ...rest} = settings;
  return {
    ...rest,
    appKey,
    scheme: scheme === 'https' || scheme === 'http' ? scheme : undefined,
    credentials: credentials as RequestCredentials | undefined,
    debug: debug || undefined,
  };
}
