/** Every word a person can read, and nothing else: no element holds a sentence of its own. */
import type {ChatErrorCode, ConnectionCause, ConnectionState, MessageStatus} from '../model/index.js';

/**
 * The words of one language. Sentences end as they are shown, with their full stop. Where a word depends on a number or a name
 * it is a function, so that each language may order and inflect as it must.
 */
export interface Strings {
  /** A BCP 47 tag, e.g. `uz` or `pt-BR`. Dates, numbers and plurals follow it. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';

  readonly you: string;
  readonly close: string;
  readonly back: string;
  readonly tryAgain: string;
  readonly tryNow: string;
  readonly discard: string;
  readonly today: string;
  readonly yesterday: string;
  /** Says a date, for a language whose words browsers lack. `options` as for `Intl.DateTimeFormat`. Default: what the browser says. */
  readonly date?: (date: Date, options: Intl.DateTimeFormatOptions) => string;

  /** The name of the list for screen readers. */
  readonly messages: string;
  /** The divider above what is unread. */
  readonly newMessages: string;
  readonly jumpToLatest: string;
  /** How many messages came in below what is shown, or at once. `count` is at least 1. */
  readonly newBelow: (count: number) => string;
  /** How many messages came in while there was no connection. `count` is at least 1. */
  readonly newWhileAway: (count: number) => string;
  readonly loadingOlder: string;
  readonly olderFailed: string;
  /** What a screen reader says when a message arrives. */
  readonly arrived: (name: string, text: string) => string;

  readonly status: Readonly<Record<MessageStatus, string>>;
  readonly edited: string;
  readonly deletedMessage: string;
  /** Why a message was not sent. `problem` is one of `problems`. */
  readonly notSent: (problem: string) => string;
  readonly showMore: string;
  readonly reaction: (emoji: string, count: number) => string;
  readonly attachment: (name: string, size: string) => string;
  /** Whose message is answered. `name` is `you` where `isYou`, which a language may have to decline. */
  readonly repliedTo: (name: string, isYou: boolean) => string;
  readonly opensInNewTab: string;
  /** Somebody whose name is not known. */
  readonly unknownPerson: string;

  /** The title of a conversation that has none. */
  readonly conversation: string;
  readonly loading: string;
  readonly loadFailed: string;
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly noConversation: string;
  readonly readonlyNote: string;
  /** Names as a list, and how many more there are. `more` may be 0. */
  readonly people: (names: readonly string[], more: number) => string;
  /** Who is writing. `names` holds at least one; `more` may be 0. */
  readonly typing: (names: readonly string[], more: number) => string;

  readonly placeholder: string;
  readonly composer: string;
  readonly send: string;
  readonly attach: string;
  readonly attachedFiles: string;
  readonly removeFile: (name: string) => string;
  readonly tooLong: (over: number, max: number) => string;
  readonly fileTooLarge: (name: string, max: string) => string;
  readonly fileNotAccepted: (name: string) => string;
  readonly controlsRemoved: string;
  /** How much room is left, said when it becomes little. */
  readonly charactersLeft: (count: number) => string;

  /** The state in a few words, for the line under the title. */
  readonly states: Readonly<Record<ConnectionState, string>>;
  /** What happened, as a short sentence, while a next attempt is planned. */
  readonly lost: Readonly<Record<ConnectionCause, string>>;
  readonly retryIn: (seconds: number) => string;
  readonly retrying: string;
  readonly connectedAgain: string;
  readonly catchingUp: string;
  /** What becomes of what is written meanwhile. */
  readonly writingIsKept: string;
  /** The same where the browser refuses to store anything. */
  readonly writingIsKeptHere: string;
  readonly signInAgain: string;
  readonly tellTheOperator: string;

  readonly cannotConnect: string;
  readonly noAnswerAfter: (attempts: number) => string;

  /** What went wrong, as a sentence for the person who sees it. */
  readonly problems: Readonly<Record<ChatErrorCode, string>>;
}

/** Some of the words, and of what is grouped by `status`, `states`, `lost` and `problems`, some as well. */
type Some<Words> = {
  readonly [Key in keyof Words]?: Words[Key] extends Readonly<Record<string, string>> ? Partial<Words[Key]> : Words[Key];
};

/** A language, or single words of one, as a host page hands it in. See `registerLocale`. */
export type StringsInput = Some<Strings> & Pick<Strings, 'locale'>;
