import {formatList, formatNumber, plural} from '../format.js';
import type {Strings} from '../strings.js';

const locale = 'ru';
const count = (n: number, one: string, few: string, many: string): string => plural(locale, n, {one, few, many, other: few});
const newMessages = (n: number): string => count(n, '# новое сообщение', '# новых сообщения', '# новых сообщений');

function people(names: readonly string[], more: number): string {
  return formatList(locale, more > 0 ? [...names, `ещё ${formatNumber(locale, more)}`] : names);
}

/** Russian. */
export const russian: Strings = {
  locale,
  direction: 'ltr',

  you: 'Вы',
  close: 'Закрыть',
  back: 'Назад',
  tryAgain: 'Повторить',
  tryNow: 'Повторить сейчас',
  discard: 'Удалить',
  today: 'Сегодня',
  yesterday: 'Вчера',

  messages: 'Сообщения',
  newMessages: 'Новые сообщения',
  jumpToLatest: 'К последнему сообщению',
  newBelow: newMessages,
  newWhileAway: (n) => `${newMessages(n)}, пока вас не было`,
  loadingOlder: 'Загружаются старые сообщения',
  olderFailed: 'Не удалось загрузить старые сообщения.',
  arrived: (name, text) => `${name}: ${text}`,

  status: {
    queued: 'Ожидает отправки',
    sending: 'Отправляется',
    sent: 'Отправлено',
    delivered: 'Доставлено',
    read: 'Прочитано',
    failed: 'Не отправлено',
  },
  edited: 'изменено',
  deletedMessage: 'Сообщение удалено.',
  notSent: (problem) => `Не отправлено. ${problem}`,
  showMore: 'Показать ещё',
  reaction: (emoji, n) => `${emoji}, ${count(n, '# человек', '# человека', '# человек')}`,
  attachment: (name, size) => `${name}, ${size}`,
  repliedTo: (name, isYou) => (isYou ? 'Ответ вам' : `Ответ: ${name}`),
  opensInNewTab: 'откроется в новой вкладке',
  unknownPerson: 'Кто-то',

  conversation: 'Беседа',
  loading: 'Загружаются сообщения',
  loadFailed: 'Не удалось загрузить сообщения.',
  emptyTitle: 'Сообщений пока нет',
  emptyText: 'Напишите первое.',
  noConversation: 'Беседа не открыта.',
  readonlyNote: 'Эту беседу можно читать, но писать в ней нельзя.',
  people,
  typing: (names, more) => `${people(names, more)} ${names.length + more === 1 ? 'печатает' : 'печатают'}`,

  placeholder: 'Сообщение',
  composer: 'Написать сообщение',
  send: 'Отправить',
  attach: 'Прикрепить файлы',
  attachedFiles: 'Прикреплённые файлы',
  removeFile: (name) => `Убрать ${name}`,
  tooLong: (over, max) =>
    `Длиннее допустимого на ${count(over, '# символ', '# символа', '# символов')}. Максимум: ${formatNumber(locale, max)}.`,
  fileTooLarge: (name, max) => `Файл ${name} слишком велик. Максимум: ${max}.`,
  fileNotAccepted: (name) => `Файл ${name} нельзя отправить: такой вид файлов здесь не принимается.`,
  controlsRemoved: 'Невидимые управляющие символы не будут отправлены.',
  charactersLeft: (n) => count(n, 'Остался # символ', 'Осталось # символа', 'Осталось # символов'),

  states: {
    idle: 'Нет соединения',
    connecting: 'Соединение…',
    connected: 'Соединение установлено',
    waiting: 'Соединение потеряно',
    offline: 'Вы не в сети',
    suspended: 'Приостановлено',
    unauthorized: 'Вход не выполнен',
    refused: 'В соединении отказано',
    failed: 'Неверные настройки',
    disposed: 'Закрыто',
  },
  lost: {
    none: 'Соединение потеряно.',
    config: 'Чат настроен неверно.',
    dropped: 'Соединение потеряно.',
    timeout: 'Сервер не отвечает.',
    unreachable: 'Сервер недоступен.',
    silent: 'Соединение потеряно.',
    'over-capacity': 'Чат перегружен.',
    'rate-limited': 'Сервер просит подождать.',
    'unknown-app': 'Сервер не знает этот чат.',
    'origin-not-allowed': 'Этому сайту нельзя пользоваться чатом.',
    'server-error': 'На сервере неполадки.',
    unauthorized: 'Вход не выполнен.',
    requested: 'Нет соединения.',
    'no-network': 'Вы не в сети.',
  },
  retryIn: (seconds) => `Новая попытка через ${formatNumber(locale, seconds)}\u00a0с`,
  retrying: 'Новая попытка…',
  connectedAgain: 'Соединение восстановлено.',
  catchingUp: 'Загружается пропущенное…',
  writingIsKept: 'Написанное сохранится и будет отправлено позже.',
  writingIsKeptHere: 'Написанное сохранится и будет отправлено позже, пока открыта эта страница.',
  signInAgain: 'Войдите снова, чтобы продолжить.',
  tellTheOperator: 'Если проблема не исчезнет, сообщите владельцу сайта.',

  cannotConnect: 'Не удаётся соединиться',
  noAnswerAfter: (n) => `Сервер чата не ответил после ${count(n, '# попытки', '# попыток', '# попыток')}.`,

  problems: {
    config: 'Чат настроен неверно.',
    connection: 'Нет соединения.',
    unauthorized: 'Вход не выполнен.',
    'subscription-denied': 'Обновления в реальном времени выключены: сервер отказал в доступе.',
    'subscription-failed': 'Обновления в реальном времени сейчас недоступны.',
    'malformed-event': 'Сервер прислал то, что нельзя показать.',
    'malformed-answer': 'Ответ сервера не удалось понять.',
    network: 'Сервер недоступен.',
    timeout: 'Сервер не ответил вовремя.',
    aborted: 'Действие прервано.',
    'not-found': 'Этого больше нет.',
    forbidden: 'У вас нет на это прав.',
    'too-large': 'Слишком большой объём.',
    invalid: 'Сервер это не принял.',
    'rate-limited': 'Слишком много сразу. Подождите немного.',
    server: 'На сервере неполадки.',
    storage: 'Этот браузер не может это сохранить.',
    'host-callback': 'На этой странице что-то пошло не так.',
  },
};

export default russian;
