import {formatList, formatNumber, plural} from '../format.js';
import type {Strings} from '../strings.js';

const locale = 'de';
const count = (n: number, one: string, other: string): string => plural(locale, n, {one, other});

function people(names: readonly string[], more: number): string {
  return formatList(locale, more > 0 ? [...names, count(more, '# weitere Person', '# weitere')] : names);
}

/** German. */
export const german: Strings = {
  locale,
  direction: 'ltr',

  you: 'Du',
  close: 'Schließen',
  back: 'Zurück',
  tryAgain: 'Erneut versuchen',
  tryNow: 'Jetzt versuchen',
  discard: 'Verwerfen',
  today: 'Heute',
  yesterday: 'Gestern',

  messages: 'Nachrichten',
  newMessages: 'Neue Nachrichten',
  jumpToLatest: 'Zur neuesten Nachricht',
  newBelow: (n) => count(n, '# neue Nachricht', '# neue Nachrichten'),
  newWhileAway: (n) => count(n, '# neue Nachricht in der Zwischenzeit', '# neue Nachrichten in der Zwischenzeit'),
  loadingOlder: 'Ältere Nachrichten werden geladen',
  olderFailed: 'Ältere Nachrichten konnten nicht geladen werden.',
  arrived: (name, text) => `${name}: ${text}`,

  status: {
    queued: 'Wartet auf Versand',
    sending: 'Wird gesendet',
    sent: 'Gesendet',
    delivered: 'Zugestellt',
    read: 'Gelesen',
    failed: 'Nicht gesendet',
  },
  edited: 'bearbeitet',
  deletedMessage: 'Diese Nachricht wurde gelöscht.',
  notSent: (problem) => `Nicht gesendet. ${problem}`,
  showMore: 'Mehr anzeigen',
  reaction: (emoji, n) => `${emoji}, ${count(n, '# Person', '# Personen')}`,
  attachment: (name, size) => `${name}, ${size}`,
  repliedTo: (name, isYou) => `Antwort an ${isYou ? 'dich' : name}`,
  opensInNewTab: 'öffnet in einem neuen Tab',
  unknownPerson: 'Unbekannt',

  conversation: 'Unterhaltung',
  loading: 'Nachrichten werden geladen',
  loadFailed: 'Die Nachrichten konnten nicht geladen werden.',
  emptyTitle: 'Noch keine Nachrichten',
  emptyText: 'Schreib die erste.',
  noConversation: 'Es ist keine Unterhaltung geöffnet.',
  readonlyNote: 'Du kannst diese Unterhaltung lesen, aber nicht darin schreiben.',
  people,
  typing: (names, more) => `${people(names, more)} ${names.length + more === 1 ? 'schreibt' : 'schreiben'}`,

  placeholder: 'Nachricht',
  composer: 'Nachricht schreiben',
  send: 'Senden',
  attach: 'Dateien anhängen',
  attachedFiles: 'Angehängte Dateien',
  removeFile: (name) => `${name} entfernen`,
  tooLong: (over, max) => `${count(over, '# Zeichen', '# Zeichen')} zu lang. Erlaubt sind ${formatNumber(locale, max)}.`,
  fileTooLarge: (name, max) => `${name} ist zu groß. Erlaubt sind ${max}.`,
  fileNotAccepted: (name) => `${name} ist keine Art von Datei, die hier gesendet werden kann.`,
  controlsRemoved: 'Unsichtbare Steuerzeichen werden weggelassen.',
  charactersLeft: (n) => count(n, 'Noch # Zeichen', 'Noch # Zeichen'),

  states: {
    idle: 'Nicht verbunden',
    connecting: 'Verbinden…',
    connected: 'Verbunden',
    waiting: 'Verbindung verloren',
    offline: 'Du bist offline',
    suspended: 'Angehalten',
    unauthorized: 'Abgemeldet',
    refused: 'Verbindung abgelehnt',
    failed: 'Nicht richtig eingerichtet',
    disposed: 'Geschlossen',
  },
  lost: {
    none: 'Verbindung verloren.',
    config: 'Der Chat ist nicht richtig eingerichtet.',
    dropped: 'Verbindung verloren.',
    timeout: 'Der Server antwortet nicht.',
    unreachable: 'Der Server ist nicht erreichbar.',
    silent: 'Verbindung verloren.',
    'over-capacity': 'Der Chat ist stark ausgelastet.',
    'rate-limited': 'Der Server bittet um eine Pause.',
    'unknown-app': 'Der Server kennt diesen Chat nicht.',
    'origin-not-allowed': 'Diese Seite darf den Chat nicht benutzen.',
    'server-error': 'Der Server hat ein Problem.',
    unauthorized: 'Du bist abgemeldet.',
    requested: 'Nicht verbunden.',
    'no-network': 'Du bist offline.',
  },
  retryIn: (seconds) => `Neuer Versuch in ${formatNumber(locale, seconds)}\u00a0s`,
  retrying: 'Neuer Versuch…',
  connectedAgain: 'Wieder verbunden.',
  catchingUp: 'Verpasstes wird geladen…',
  writingIsKept: 'Was du schreibst, bleibt erhalten und wird später gesendet.',
  writingIsKeptHere: 'Was du schreibst, bleibt erhalten und wird später gesendet, solange diese Seite offen ist.',
  signInAgain: 'Melde dich wieder an, um weiterzumachen.',
  tellTheOperator: 'Wenn das so bleibt, wende dich an den Betreiber dieser Seite.',

  cannotConnect: 'Keine Verbindung möglich',
  noAnswerAfter: (n) => `Der Chat-Server hat nach ${count(n, '# Versuch', '# Versuchen')} nicht geantwortet.`,

  problems: {
    config: 'Der Chat ist nicht richtig eingerichtet.',
    connection: 'Es besteht keine Verbindung.',
    unauthorized: 'Du bist abgemeldet.',
    'subscription-denied': 'Hier gibt es keine Live-Aktualisierung: Der Server hat den Zugriff verweigert.',
    'subscription-failed': 'Zurzeit gibt es keine Live-Aktualisierung.',
    'malformed-event': 'Der Server hat etwas gesendet, das nicht angezeigt werden kann.',
    'malformed-answer': 'Die Antwort des Servers ist nicht zu verstehen.',
    network: 'Der Server ist nicht erreichbar.',
    timeout: 'Der Server hat nicht rechtzeitig geantwortet.',
    aborted: 'Der Vorgang wurde unterbrochen.',
    'not-found': 'Das gibt es nicht mehr.',
    forbidden: 'Das darfst du nicht.',
    'too-large': 'Das ist zu groß.',
    invalid: 'Der Server hat es nicht angenommen.',
    'rate-limited': 'Das war zu viel auf einmal. Warte einen Moment.',
    server: 'Der Server hat ein Problem.',
    storage: 'Dieser Browser kann es nicht speichern.',
    'host-callback': 'Auf dieser Seite ist etwas schiefgegangen.',
  },
};

export default german;
