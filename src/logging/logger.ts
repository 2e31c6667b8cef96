import {redact, redactText} from './redact.js';

/** Which part of the package wrote a line. */
export type LogTag = 'ChatTransport' | 'ConnectionController' | 'ChannelAuthorizer' | 'ConversationStore' | 'Outbox' | 'ChatApi';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One line of the log. Tokens, passwords and signatures have been removed from it. */
export interface LogEntry {
  readonly level: LogLevel;
  readonly tag: LogTag;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>> | null;
}

/** Receives the lines of the log. What it throws is ignored. */
export type LogSink = (entry: LogEntry) => void;

/**
 * Which lines are written: those of one tag, of several tags (in an array, or separated by commas or spaces), of tags that match an
 * expression, or those for which a function returns true. `*` means all. Upper and lower case make no difference in names of tags.
 * `WebSocketService` and `WebSocketManager` stand for `ChatTransport` and `ConnectionController`.
 */
export type LogFilter = string | readonly string[] | RegExp | ((tag: LogTag, level: LogLevel) => boolean);

/** The details of a message. A function is called only if the line is really written. */
export type LogFields = Readonly<Record<string, unknown>> | (() => Readonly<Record<string, unknown>>);

/** What a part of the package writes its lines to. Costs next to nothing while the log is off, and never throws. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

type Accepts = (tag: LogTag, level: LogLevel) => boolean;

let accepts: Accepts | null = null;
let sink: LogSink = writeToConsole;

/** The log of this package. Off until it is enabled. */
export const Logger = {
  /** Turns the log on for what `filter` selects; default: everything. A later call replaces the filter of an earlier one. */
  enable(filter: LogFilter = '*'): void {
    accepts = toAccepts(filter);
  },

  /** Turns the log off. */
  disable(): void {
    accepts = null;
  },

  /** Sends lines to `fn` instead of the console; `null` brings the console back. */
  setSink(fn: LogSink | null): void {
    sink = fn ?? writeToConsole;
  },
} as const;

/** The log of one part of the package. */
export function createLog(tag: LogTag): Log {
  return {
    debug: (message, fields) => write('debug', tag, message, fields),
    info: (message, fields) => write('info', tag, message, fields),
    warn: (message, fields) => write('warn', tag, message, fields),
    error: (message, fields) => write('error', tag, message, fields),
  };
}

function write(level: LogLevel, tag: LogTag, message: string, fields: LogFields | undefined): void {
  if (accepts === null) return;
  try {
    if (!accepts(tag, level)) return;
    const given = typeof fields === 'function' ? fields() : fields;
    sink({level, tag, message: redactText(message), fields: given ? redact(given) : null});
  } catch {
    // A filter, a field or a sink of the host failed. A missing line is better than a log that stops what it describes.
  }
}

function toAccepts(filter: LogFilter): Accepts {
  if (typeof filter === 'function') return filter;
  // Not `test`: with a `g` flag it would begin where the last match ended.
  if (filter instanceof RegExp) return (tag) => tag.search(filter) >= 0;
  const names = String(filter)
    .toLowerCase()
    .replace('websocketservice', 'chattransport')
    .replace('websocketmanager', 'connectioncontroller')
    .split(/[\s,]+/);
  return (tag) => names.includes('*') || names.includes(tag.toLowerCase());
}

function writeToConsole({level, tag, message, fields}: LogEntry): void {
  globalThis.console[level](`[ws-chat] ${tag}: ${message}`, ...(fields ? [fields] : []));
}
