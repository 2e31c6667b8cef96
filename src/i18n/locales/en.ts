import {formatList, formatNumber} from '../format.js';
import type {Strings} from '../strings.js';

const locale = 'en';
/** Without the rules of the browser: every page has English, and two forms are soon chosen. */
const count = (n: number, one: string, other = `${one}s`): string =>
  (n === 1 ? one : other).replace('#', formatNumber(locale, n));

function people(names: readonly string[], more: number): string {
  return formatList(locale, more > 0 ? [...names, count(more, '# other')] : names);
}

/** English: built in, and what every other language falls back to. */
export const english: Strings = {
  locale,
  direction: 'ltr',

  you: 'You',
  close: 'Close',
  back: 'Back',
  tryAgain: 'Try again',
  tryNow: 'Try now',
  discard: 'Discard',
  today: 'Today',
  yesterday: 'Yesterday',

  messages: 'Messages',
  newMessages: 'New messages',
  jumpToLatest: 'Jump to the latest message',
  newBelow: (n) => count(n, '# new message'),
  newWhileAway: (n) => count(n, '# new message while you were away', '# new messages while you were away'),
  loadingOlder: 'Loading older messages',
  olderFailed: 'Older messages could not be loaded.',
  arrived: (name, text) => `${name}: ${text}`,

  status: {
    queued: 'Waiting to be sent',
    sending: 'Sending',
    sent: 'Sent',
    delivered: 'Delivered',
    read: 'Read',
    failed: 'Not sent',
  },
  edited: 'edited',
  deletedMessage: 'This message was deleted.',
  notSent: (problem) => `Not sent. ${problem}`,
  showMore: 'Show more',
  reaction: (emoji, n) => `${emoji}, ${count(n, '# person', '# people')}`,
  attachment: (name, size) => `${name}, ${size}`,
  repliedTo: (name) => `In reply to ${name}`,
  opensInNewTab: 'opens in a new tab',
  unknownPerson: 'Somebody',

  conversation: 'Conversation',
  loading: 'Loading messages',
  loadFailed: 'The messages could not be loaded.',
  emptyTitle: 'No messages yet',
  emptyText: 'Write the first one.',
  noConversation: 'No conversation is open.',
  readonlyNote: 'You can read this conversation, but not write in it.',
  people,
  typing: (names, more) => `${people(names, more)} ${names.length + more === 1 ? 'is' : 'are'} typing`,

  placeholder: 'Message',
  composer: 'Write a message',
  send: 'Send',
  attach: 'Attach files',
  attachedFiles: 'Attached files',
  removeFile: (name) => `Remove ${name}`,
  tooLong: (over, max) => `${count(over, '# character')} too long. The limit is ${formatNumber(locale, max)}.`,
  fileTooLarge: (name, max) => `${name} is too large. The limit is ${max}.`,
  fileNotAccepted: (name) => `${name} is not a kind of file that can be sent here.`,
  controlsRemoved: 'Invisible control characters will be left out.',
  charactersLeft: (n) => count(n, '# character left', '# characters left'),

  states: {
    idle: 'Not connected',
    connecting: 'Connecting…',
    connected: 'Connected',
    waiting: 'Connection lost',
    offline: 'You are offline',
    suspended: 'Paused',
    unauthorized: 'Signed out',
    refused: 'Connection refused',
    failed: 'Not set up correctly',
    disposed: 'Closed',
  },
  lost: {
    none: 'Connection lost.',
    dropped: 'Connection lost.',
    silent: 'Connection lost.',
    config: 'The chat is not set up correctly.',
    timeout: 'The server does not answer.',
    unreachable: 'The server cannot be reached.',
    'over-capacity': 'The chat is very busy.',
    'rate-limited': 'The server asks for a pause.',
    'unknown-app': 'The server does not know this chat.',
    'origin-not-allowed': 'This site may not use the chat.',
    'server-error': 'The server has a problem.',
    unauthorized: 'You are signed out.',
    requested: 'Not connected.',
    'no-network': 'You are offline.',
  },
  retryIn: (seconds) => `Trying again in ${formatNumber(locale, seconds)}\u00a0s`,
  retrying: 'Trying again…',
  connectedAgain: 'Connected again.',
  catchingUp: 'Fetching what you missed…',
  writingIsKept: 'Messages you write are kept and sent later.',
  writingIsKeptHere: 'Messages you write are kept and sent later, as long as this page stays open.',
  signInAgain: 'Sign in again to go on.',
  tellTheOperator: 'If this goes on, tell whoever runs this site.',

  cannotConnect: 'Cannot connect',
  noAnswerAfter: (n) => `The chat server did not answer after ${count(n, '# attempt')}.`,

  problems: {
    config: 'The chat is not set up correctly.',
    connection: 'There is no connection.',
    unauthorized: 'You are signed out.',
    'subscription-denied': 'Live updates are off here: the server refused access.',
    'subscription-failed': 'Live updates are off at the moment.',
    'malformed-event': 'The server sent something that cannot be shown.',
    'malformed-answer': 'The server gave an answer that cannot be understood.',
    network: 'The server cannot be reached.',
    timeout: 'The server did not answer in time.',
    aborted: 'It was interrupted.',
    'not-found': 'It no longer exists.',
    forbidden: 'You may not do this.',
    'too-large': 'It is too large.',
    invalid: 'The server did not accept it.',
    'rate-limited': 'That was too much at once. Wait a moment.',
    server: 'The server has a problem.',
    storage: 'This browser cannot store it.',
    'host-callback': 'Something went wrong on this page.',
  },
};

export default english;
