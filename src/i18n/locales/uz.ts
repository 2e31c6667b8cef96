import {formatNumber, formatTime, plural} from '../format.js';
import type {Strings} from '../strings.js';

const locale = 'uz';
/** Russian writes numbers as Uzbek does, and Chrome has none for Uzbek: it says `4,000`, which would be read as four. */
const numbers = 'ru';
// After a number Uzbek leaves the noun in the singular.
const count = (n: number, other: string): string => plural(numbers, n, {other});

function people(names: readonly string[], more: number): string {
  const all = more > 0 ? [...names, count(more, 'yana # kishi')] : names;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} va ${all.at(-1) ?? ''}`;
}

const WEEKDAYS = ['yakshanba', 'dushanba', 'seshanba', 'chorshanba', 'payshanba', 'juma', 'shanba'];
const MONTHS = 'yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr'.split(' ');

/** In words of our own, as Chrome has none for Uzbek: it says `2026 M01 6, Tue`. */
function sayDate(date: Date, {weekday, month, year, dateStyle, timeStyle}: Intl.DateTimeFormatOptions): string {
  const parts = [
    (weekday ?? dateStyle) && WEEKDAYS[date.getDay()],
    (month ?? dateStyle) && `${date.getDate()}-${MONTHS[date.getMonth()] ?? ''}`,
    (year ?? dateStyle) && date.getFullYear(),
    timeStyle && formatTime(locale, date),
  ];
  return parts.filter(Boolean).join(', ');
}

/** Uzbek, in Latin letters. */
export const uzbek: Strings = {
  locale,
  direction: 'ltr',

  you: 'Siz',
  close: 'Yopish',
  back: 'Orqaga',
  tryAgain: 'Qayta urinish',
  tryNow: 'Hozir urinish',
  discard: 'O‘chirish',
  today: 'Bugun',
  yesterday: 'Kecha',
  date: sayDate,

  messages: 'Xabarlar',
  newMessages: 'Yangi xabarlar',
  jumpToLatest: 'Oxirgi xabarga o‘tish',
  newBelow: (n) => count(n, '# ta yangi xabar'),
  newWhileAway: (n) => count(n, 'Siz yo‘qligingizda # ta yangi xabar keldi'),
  loadingOlder: 'Eski xabarlar yuklanmoqda',
  olderFailed: 'Eski xabarlarni yuklab bo‘lmadi.',
  arrived: (name, text) => `${name}: ${text}`,

  status: {
    queued: 'Yuborilishini kutmoqda',
    sending: 'Yuborilmoqda',
    sent: 'Yuborildi',
    delivered: 'Yetkazildi',
    read: 'O‘qildi',
    failed: 'Yuborilmadi',
  },
  edited: 'tahrirlangan',
  deletedMessage: 'Bu xabar o‘chirilgan.',
  notSent: (problem) => `Yuborilmadi. ${problem}`,
  showMore: 'Ko‘proq ko‘rsatish',
  reaction: (emoji, n) => `${emoji}, ${count(n, '# kishi')}`,
  attachment: (name, size) => `${name}, ${size}`,
  repliedTo: (name, isYou) => (isYou ? 'Sizga javob' : `Javob: ${name}`),
  opensInNewTab: 'yangi varaqda ochiladi',
  unknownPerson: 'Kimdir',

  conversation: 'Suhbat',
  loading: 'Xabarlar yuklanmoqda',
  loadFailed: 'Xabarlarni yuklab bo‘lmadi.',
  emptyTitle: 'Hali xabar yo‘q',
  emptyText: 'Birinchisini yozing.',
  noConversation: 'Hech qaysi suhbat ochilmagan.',
  readonlyNote: 'Bu suhbatni o‘qishingiz mumkin, lekin unda yoza olmaysiz.',
  people,
  typing: (names, more) => `${people(names, more)} yozmoqda`,

  placeholder: 'Xabar',
  composer: 'Xabar yozish',
  send: 'Yuborish',
  attach: 'Fayl biriktirish',
  attachedFiles: 'Biriktirilgan fayllar',
  removeFile: (name) => `${name} – olib tashlash`,
  tooLong: (over, max) =>
    `${count(over, '# ta belgi')} ortiqcha. Xabar ${formatNumber(numbers, max)} belgigacha bo‘lishi mumkin.`,
  fileTooLarge: (name, max) => `${name} juda katta. Fayl ${max} gacha bo‘lishi mumkin.`,
  fileNotAccepted: (name) => `${name} – bunday turdagi faylni bu yerda yuborib bo‘lmaydi.`,
  controlsRemoved: 'Ko‘rinmas boshqaruv belgilari yuborilmaydi.',
  charactersLeft: (n) => count(n, '# ta belgi qoldi'),

  states: {
    idle: 'Ulanmagan',
    connecting: 'Ulanmoqda…',
    connected: 'Ulangan',
    waiting: 'Aloqa uzildi',
    offline: 'Siz oflaynsiz',
    suspended: 'To‘xtatib turilgan',
    unauthorized: 'Tizimga kirilmagan',
    refused: 'Ulanish rad etildi',
    failed: 'Noto‘g‘ri sozlangan',
    disposed: 'Yopilgan',
  },
  lost: {
    none: 'Aloqa uzildi.',
    config: 'Chat noto‘g‘ri sozlangan.',
    dropped: 'Aloqa uzildi.',
    timeout: 'Server javob bermayapti.',
    unreachable: 'Serverga ulanib bo‘lmayapti.',
    silent: 'Aloqa uzildi.',
    'over-capacity': 'Chat juda band.',
    'rate-limited': 'Server biroz kutishni so‘rayapti.',
    'unknown-app': 'Server bu chatni tanimaydi.',
    'origin-not-allowed': 'Bu saytga chatdan foydalanish mumkin emas.',
    'server-error': 'Serverda nosozlik bor.',
    unauthorized: 'Siz tizimga kirmagansiz.',
    requested: 'Ulanmagan.',
    'no-network': 'Siz oflaynsiz.',
  },
  retryIn: (seconds) => `${formatNumber(numbers, seconds)} soniyadan keyin qayta uriniladi`,
  retrying: 'Qayta urinilmoqda…',
  connectedAgain: 'Aloqa tiklandi.',
  catchingUp: 'O‘tkazib yuborilganlar olinmoqda…',
  writingIsKept: 'Yozganlaringiz saqlanadi va keyinroq yuboriladi.',
  writingIsKeptHere: 'Yozganlaringiz shu sahifa ochiq turguncha saqlanadi va keyinroq yuboriladi.',
  signInAgain: 'Davom etish uchun qayta kiring.',
  tellTheOperator: 'Bu davom etsa, sayt egasiga xabar bering.',

  cannotConnect: 'Ulanib bo‘lmadi',
  noAnswerAfter: (n) => count(n, 'Chat serveri # ta urinishdan keyin ham javob bermadi.'),

  problems: {
    config: 'Chat noto‘g‘ri sozlangan.',
    connection: 'Aloqa yo‘q.',
    unauthorized: 'Siz tizimga kirmagansiz.',
    'subscription-denied': 'Bu yerda jonli yangilanish yo‘q: server ruxsat bermadi.',
    'subscription-failed': 'Hozircha jonli yangilanish yo‘q.',
    'malformed-event': 'Server ko‘rsatib bo‘lmaydigan narsa yubordi.',
    'malformed-answer': 'Serverning javobini tushunib bo‘lmadi.',
    network: 'Serverga ulanib bo‘lmayapti.',
    timeout: 'Server o‘z vaqtida javob bermadi.',
    aborted: 'Amal to‘xtatildi.',
    'not-found': 'Bu endi mavjud emas.',
    forbidden: 'Sizga bunga ruxsat yo‘q.',
    'too-large': 'Hajmi juda katta.',
    invalid: 'Server buni qabul qilmadi.',
    'rate-limited': 'Birdaniga juda ko‘p bo‘ldi. Biroz kuting.',
    server: 'Serverda nosozlik bor.',
    storage: 'Bu brauzer uni saqlay olmaydi.',
    'host-callback': 'Bu sahifada xatolik yuz berdi.',
  },
};

export default uzbek;
