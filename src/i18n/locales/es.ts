import {formatList, formatNumber, plural} from '../format.js';
import type {Strings} from '../strings.js';

const locale = 'es';
/** `many` is for full millions, after which Spanish puts «de». */
const count = (n: number, one: string, other: string, many = other.replace('#', '# de')): string =>
  plural(locale, n, {one, many, other});

function people(names: readonly string[], more: number): string {
  return formatList(locale, more > 0 ? [...names, count(more, '# persona más', '# más', '# más')] : names);
}

/** Spanish. */
export const spanish: Strings = {
  locale,
  direction: 'ltr',

  you: 'Tú',
  close: 'Cerrar',
  back: 'Atrás',
  tryAgain: 'Reintentar',
  tryNow: 'Intentar ahora',
  discard: 'Descartar',
  today: 'Hoy',
  yesterday: 'Ayer',

  messages: 'Mensajes',
  newMessages: 'Mensajes nuevos',
  jumpToLatest: 'Ir al último mensaje',
  newBelow: (n) => count(n, '# mensaje nuevo', '# mensajes nuevos'),
  newWhileAway: (n) => count(n, '# mensaje nuevo mientras no estabas', '# mensajes nuevos mientras no estabas'),
  loadingOlder: 'Cargando mensajes anteriores',
  olderFailed: 'No se pudieron cargar los mensajes anteriores.',
  arrived: (name, text) => `${name}: ${text}`,

  status: {
    queued: 'Pendiente de envío',
    sending: 'Enviando',
    sent: 'Enviado',
    delivered: 'Entregado',
    read: 'Leído',
    failed: 'No enviado',
  },
  edited: 'editado',
  deletedMessage: 'Este mensaje se eliminó.',
  notSent: (problem) => `No enviado. ${problem}`,
  showMore: 'Mostrar más',
  reaction: (emoji, n) => `${emoji}, ${count(n, '# persona', '# personas')}`,
  attachment: (name, size) => `${name}, ${size}`,
  repliedTo: (name, isYou) => `En respuesta a ${isYou ? 'ti' : name}`,
  opensInNewTab: 'se abre en una pestaña nueva',
  unknownPerson: 'Alguien',

  conversation: 'Conversación',
  loading: 'Cargando mensajes',
  loadFailed: 'No se pudieron cargar los mensajes.',
  emptyTitle: 'Aún no hay mensajes',
  emptyText: 'Escribe el primero.',
  noConversation: 'No hay ninguna conversación abierta.',
  readonlyNote: 'Puedes leer esta conversación, pero no escribir en ella.',
  people,
  typing: (names, more) => `${people(names, more)} ${names.length + more === 1 ? 'está' : 'están'} escribiendo`,

  placeholder: 'Mensaje',
  composer: 'Escribir un mensaje',
  send: 'Enviar',
  attach: 'Adjuntar archivos',
  attachedFiles: 'Archivos adjuntos',
  removeFile: (name) => `Quitar ${name}`,
  tooLong: (over, max) =>
    `${count(over, 'Sobra # carácter', 'Sobran # caracteres')}. El límite es de ${formatNumber(locale, max)}.`,
  fileTooLarge: (name, max) => `${name} es demasiado grande. El límite es de ${max}.`,
  fileNotAccepted: (name) => `${name} es de un tipo de archivo que no se puede enviar aquí.`,
  controlsRemoved: 'Se omitirán los caracteres de control invisibles.',
  charactersLeft: (n) => count(n, 'Queda # carácter', 'Quedan # caracteres'),

  states: {
    idle: 'Sin conexión',
    connecting: 'Conectando…',
    connected: 'Conectado',
    waiting: 'Conexión perdida',
    offline: 'No tienes conexión',
    suspended: 'En pausa',
    unauthorized: 'Sesión cerrada',
    refused: 'Conexión rechazada',
    failed: 'Mal configurado',
    disposed: 'Cerrado',
  },
  lost: {
    none: 'Se perdió la conexión.',
    config: 'El chat no está bien configurado.',
    dropped: 'Se perdió la conexión.',
    timeout: 'El servidor no responde.',
    unreachable: 'No se puede contactar con el servidor.',
    silent: 'Se perdió la conexión.',
    'over-capacity': 'El chat está muy solicitado.',
    'rate-limited': 'El servidor pide una pausa.',
    'unknown-app': 'El servidor no conoce este chat.',
    'origin-not-allowed': 'Este sitio no puede usar el chat.',
    'server-error': 'El servidor tiene un problema.',
    unauthorized: 'Tu sesión está cerrada.',
    requested: 'Sin conexión.',
    'no-network': 'No tienes conexión a internet.',
  },
  retryIn: (seconds) => `Nuevo intento en ${formatNumber(locale, seconds)}\u00a0s`,
  retrying: 'Intentando de nuevo…',
  connectedAgain: 'Conexión recuperada.',
  catchingUp: 'Recuperando lo que te perdiste…',
  writingIsKept: 'Lo que escribas se guarda y se envía más tarde.',
  writingIsKeptHere: 'Lo que escribas se guarda y se envía más tarde, mientras esta página siga abierta.',
  signInAgain: 'Vuelve a iniciar sesión para continuar.',
  tellTheOperator: 'Si esto continúa, avisa a quien administra este sitio.',

  cannotConnect: 'No se puede conectar',
  noAnswerAfter: (n) => `El servidor del chat no respondió tras ${count(n, '# intento', '# intentos')}.`,

  problems: {
    config: 'El chat no está bien configurado.',
    connection: 'No hay conexión.',
    unauthorized: 'Tu sesión está cerrada.',
    'subscription-denied': 'Aquí no hay actualizaciones en tiempo real: el servidor denegó el acceso.',
    'subscription-failed': 'Por ahora no hay actualizaciones en tiempo real.',
    'malformed-event': 'El servidor envió algo que no se puede mostrar.',
    'malformed-answer': 'No se entiende la respuesta del servidor.',
    network: 'No se puede contactar con el servidor.',
    timeout: 'El servidor no respondió a tiempo.',
    aborted: 'La acción se interrumpió.',
    'not-found': 'Ya no existe.',
    forbidden: 'No tienes permiso para hacerlo.',
    'too-large': 'Es demasiado grande.',
    invalid: 'El servidor no lo aceptó.',
    'rate-limited': 'Fue demasiado de una vez. Espera un momento.',
    server: 'El servidor tiene un problema.',
    storage: 'Este navegador no puede guardarlo.',
    'host-callback': 'Algo salió mal en esta página.',
  },
};

export default spanish;
