import {endpointErrors} from '../context/client-provider.js';
import type {ChatClientOptions} from '../context/index.js';
import type {Id} from '../model/index.js';

/** The settings of a `<chat-connection>`. */
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
  readonly shareConnection?: boolean | undefined;
  readonly debug?: boolean | string | undefined;
}

const CREDENTIALS = ['omit', 'same-origin', 'include'];

/** The first mistake in these settings, as a sentence that names the attribute and the fix; undefined if there is none. */
export function problemOf(settings: ConnectionSettings): string | undefined {
  const {userId, userChannel, credentials, headers = {}} = settings;
  const [error] = endpointErrors(settings);
  if (error) return error.message;
  if ((userId ?? '') === '' && (userChannel || '{id}').includes('{id}')) {
    return 'user-id="" cannot work: set it to the id of the person, or user-channel to a name without {id}.';
  }
  if (credentials && !CREDENTIALS.includes(credentials)) {
    return `credentials="${credentials}" cannot work: set it to ${CREDENTIALS.join(', ')}.`;
  }
  return Object(headers) === headers ? undefined : 'headers cannot work: set it to an object of names and values.';
}

/** Reads the `debug` attribute: `debug` alone and `debug="true"` mean all tags, anything else names them. */
export function toDebug(value: string | null): boolean | string {
  return value === '' || value === 'true' || (value ?? false);
}

/** Reads the `ws-port` attribute. A template may leave it empty, which counts as not given. */
export function toPort(value: string | null): number | undefined {
  return value ? Number(value) : undefined;
}

/** The settings as options of a client. Only for settings without a mistake. */
export function toClientOptions({debug, ...settings}: ConnectionSettings): ChatClientOptions {
  return {...(settings as ChatClientOptions), debug: debug === '' || debug || undefined};
}
