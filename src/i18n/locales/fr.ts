import {formatList, formatNumber, plural} from '../format.js';
import type {Strings} from '../strings.js';

const locale = 'fr';
/** `many` is for full millions, after which French puts « de ». The number of something below two is singular, 0 too. */
const count = (n: number, one: string, other: string, many = other.replace('#', '# de')): string =>
  plural(locale, n, {one, many, other});

function people(names: readonly string[], more: number): string {
  return formatList(locale, more > 0 ? [...names, count(more, '# autre personne', '# autres', '# autres')] : names);
}

/** French. A colon has a space before it that does not break. */
export const french: Strings = {
  locale,
  direction: 'ltr',

  you: 'Vous',
  close: 'Fermer',
  back: 'Retour',
  tryAgain: 'Réessayer',
  tryNow: 'Essayer maintenant',
  discard: 'Supprimer',
  today: 'Aujourd’hui',
  yesterday: 'Hier',

  messages: 'Liste des messages',
  newMessages: 'Nouveaux messages',
  jumpToLatest: 'Aller au dernier message',
  newBelow: (n) => count(n, '# nouveau message', '# nouveaux messages'),
  newWhileAway: (n) => count(n, '# nouveau message en votre absence', '# nouveaux messages en votre absence'),
  loadingOlder: 'Chargement des messages précédents',
  olderFailed: 'Les messages précédents n’ont pas pu être chargés.',
  arrived: (name, text) => `${name}\u00a0: ${text}`,

  status: {
    queued: 'En attente d’envoi',
    sending: 'Envoi en cours',
    sent: 'Envoyé',
    delivered: 'Distribué',
    read: 'Lu',
    failed: 'Non envoyé',
  },
  edited: 'modifié',
  deletedMessage: 'Ce message a été supprimé.',
  notSent: (problem) => `Non envoyé. ${problem}`,
  showMore: 'Afficher plus',
  reaction: (emoji, n) => `${emoji}, ${count(n, '# personne', '# personnes')}`,
  attachment: (name, size) => `${name}, ${size}`,
  repliedTo: (name, isYou) => `En réponse à ${isYou ? 'vous' : name}`,
  opensInNewTab: 's’ouvre dans un nouvel onglet',
  unknownPerson: 'Quelqu’un',

  conversation: 'Discussion',
  loading: 'Chargement des messages',
  loadFailed: 'Les messages n’ont pas pu être chargés.',
  emptyTitle: 'Aucun message pour le moment',
  emptyText: 'Écrivez le premier.',
  noConversation: 'Aucune discussion n’est ouverte.',
  readonlyNote: 'Vous pouvez lire cette discussion, mais pas y écrire.',
  people,
  typing: (names, more) => `${people(names, more)} ${names.length + more === 1 ? 'écrit' : 'écrivent'}`,

  placeholder: 'Votre message',
  composer: 'Écrire votre message',
  send: 'Envoyer',
  attach: 'Joindre des fichiers',
  attachedFiles: 'Fichiers joints',
  removeFile: (name) => `Retirer ${name}`,
  tooLong: (over, max) =>
    `${count(over, '# caractère', '# caractères')} de trop. Un message peut en compter ${formatNumber(locale, max)}.`,
  fileTooLarge: (name, max) => `${name} est trop volumineux. La limite est de ${max}.`,
  fileNotAccepted: (name) => `${name} est d’un type de fichier qui ne peut pas être envoyé ici.`,
  controlsRemoved: 'Les caractères de contrôle invisibles seront retirés.',
  charactersLeft: (n) => count(n, '# caractère restant', '# caractères restants'),

  states: {
    idle: 'Non connecté',
    connecting: 'Connexion…',
    connected: 'Connecté',
    waiting: 'Connexion perdue',
    offline: 'Vous êtes hors ligne',
    suspended: 'En pause',
    unauthorized: 'Session fermée',
    refused: 'Connexion refusée',
    failed: 'Configuration incorrecte',
    disposed: 'Fermé',
  },
  lost: {
    none: 'Connexion perdue.',
    config: 'La messagerie est mal configurée.',
    dropped: 'Connexion perdue.',
    timeout: 'Le serveur ne répond pas.',
    unreachable: 'Le serveur est injoignable.',
    silent: 'Connexion perdue.',
    'over-capacity': 'La messagerie est très sollicitée.',
    'rate-limited': 'Le serveur demande une pause.',
    'unknown-app': 'Le serveur ne connaît pas cette messagerie.',
    'origin-not-allowed': 'Ce site n’a pas le droit d’utiliser la messagerie.',
    'server-error': 'Le serveur a un problème.',
    unauthorized: 'Votre session est fermée.',
    requested: 'Non connecté.',
    'no-network': 'Vous êtes hors ligne.',
  },
  retryIn: (seconds) => `Nouvel essai dans ${formatNumber(locale, seconds)}\u00a0s`,
  retrying: 'Nouvel essai…',
  connectedAgain: 'Connexion rétablie.',
  catchingUp: 'Récupération de ce que vous avez manqué…',
  writingIsKept: 'Ce que vous écrivez est conservé et sera envoyé plus tard.',
  writingIsKeptHere: 'Ce que vous écrivez est conservé et sera envoyé plus tard, tant que cette page reste ouverte.',
  signInAgain: 'Reconnectez-vous pour continuer.',
  tellTheOperator: 'Si cela persiste, prévenez le responsable de ce site.',

  cannotConnect: 'Connexion impossible',
  noAnswerAfter: (n) => `Le serveur de messagerie n’a pas répondu après ${count(n, '# tentative', '# tentatives')}.`,

  problems: {
    config: 'La messagerie est mal configurée.',
    connection: 'Il n’y a pas de connexion.',
    unauthorized: 'Votre session est fermée.',
    'subscription-denied': 'Pas de mise à jour en direct ici\u00a0: le serveur a refusé l’accès.',
    'subscription-failed': 'Pas de mise à jour en direct pour le moment.',
    'malformed-event': 'Le serveur a envoyé quelque chose qui ne peut pas être affiché.',
    'malformed-answer': 'La réponse du serveur est incompréhensible.',
    network: 'Le serveur est injoignable.',
    timeout: 'Le serveur n’a pas répondu à temps.',
    aborted: 'L’action a été interrompue.',
    'not-found': 'Cela n’existe plus.',
    forbidden: 'Vous n’en avez pas le droit.',
    'too-large': 'C’est trop volumineux.',
    invalid: 'Le serveur ne l’a pas accepté.',
    'rate-limited': 'C’était trop à la fois. Attendez un instant.',
    server: 'Le serveur a un problème.',
    storage: 'Ce navigateur ne peut pas l’enregistrer.',
    'host-callback': 'Un problème est survenu sur cette page.',
  },
};

export default french;
