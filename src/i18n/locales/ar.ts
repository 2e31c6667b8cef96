import {formatList, formatNumber, plural, variantOf, type PluralForms} from '../format.js';
import type {Strings} from '../strings.js';

const locale = 'ar';
const count = (n: number, forms: PluralForms): string => plural(variantOf(locale), n, forms);

const newMessages = (n: number): string =>
  count(n, {one: 'رسالة جديدة', two: 'رسالتان جديدتان', few: '# رسائل جديدة', many: '# رسالة جديدة', other: '# رسالة جديدة'});
/** `two` is what two of them are in this case. */
const characters = (n: number, two: string): string =>
  count(n, {one: 'حرف واحد', two, few: '# أحرف', many: '# حرفًا', other: '# حرف'});

function people(names: readonly string[], more: number): string {
  const others = count(more, {one: 'شخص آخر', two: 'شخصان آخران', few: '# آخرون', other: '# آخرون'});
  return formatList(locale, more > 0 ? [...names, others] : names);
}

/** Arabic. */
export const arabic: Strings = {
  locale,
  direction: 'rtl',

  you: 'أنت',
  close: 'إغلاق',
  back: 'رجوع',
  tryAgain: 'إعادة المحاولة',
  tryNow: 'المحاولة الآن',
  discard: 'حذف',
  today: 'اليوم',
  yesterday: 'أمس',

  messages: 'الرسائل',
  newMessages: 'رسائل جديدة',
  jumpToLatest: 'الانتقال إلى أحدث رسالة',
  newBelow: newMessages,
  newWhileAway: (n) => `${newMessages(n)} أثناء غيابك`,
  loadingOlder: 'جارٍ تحميل الرسائل الأقدم',
  olderFailed: 'تعذّر تحميل الرسائل الأقدم.',
  arrived: (name, text) => `${name}: ${text}`,

  status: {
    queued: 'في انتظار الإرسال',
    sending: 'جارٍ الإرسال',
    sent: 'أُرسلت',
    delivered: 'وصلت',
    read: 'قُرئت',
    failed: 'لم تُرسل',
  },
  edited: 'معدَّلة',
  deletedMessage: 'حُذفت هذه الرسالة.',
  notSent: (problem) => `لم تُرسل. ${problem}`,
  showMore: 'عرض المزيد',
  reaction: (emoji, n) =>
    `${emoji}، ${count(n, {one: 'شخص واحد', two: 'شخصان', few: '# أشخاص', many: '# شخصًا', other: '# شخص'})}`,
  attachment: (name, size) => `${name}، ${size}`,
  repliedTo: (name, isYou) => (isYou ? 'ردًّا عليك' : `ردًّا على ${name}`),
  opensInNewTab: 'يُفتح في علامة تبويب جديدة',
  unknownPerson: 'شخص ما',

  conversation: 'محادثة',
  loading: 'جارٍ تحميل الرسائل',
  loadFailed: 'تعذّر تحميل الرسائل.',
  emptyTitle: 'لا توجد رسائل بعد',
  emptyText: 'اكتب الرسالة الأولى.',
  noConversation: 'لا توجد محادثة مفتوحة.',
  readonlyNote: 'يمكنك قراءة هذه المحادثة دون الكتابة فيها.',
  people,
  typing: (names, more) =>
    `${people(names, more)}: ${count(names.length + more, {one: 'يكتب', two: 'يكتبان', other: 'يكتبون'})} الآن`,

  placeholder: 'رسالة',
  composer: 'كتابة رسالة',
  send: 'إرسال',
  attach: 'إرفاق ملفات',
  attachedFiles: 'الملفات المرفقة',
  removeFile: (name) => `إزالة ${name}`,
  tooLong: (over, max) =>
    `أطول من المسموح بمقدار ${characters(over, 'حرفين')}. الحد الأقصى ${formatNumber(variantOf(locale), max)}.`,
  fileTooLarge: (name, max) => `الملف ${name} كبير جدًّا. الحد الأقصى ${max}.`,
  fileNotAccepted: (name) => `لا يمكن إرسال هذا النوع من الملفات هنا: ${name}.`,
  controlsRemoved: 'ستُحذف أحرف التحكم غير المرئية.',
  charactersLeft: (n) => `المتبقي: ${characters(n, 'حرفان')}`,

  states: {
    idle: 'غير متصل',
    connecting: 'جارٍ الاتصال…',
    connected: 'متصل',
    waiting: 'انقطع الاتصال',
    offline: 'أنت غير متصل بالإنترنت',
    suspended: 'متوقف مؤقتًا',
    unauthorized: 'تم تسجيل الخروج',
    refused: 'رُفض الاتصال',
    failed: 'الإعداد غير صحيح',
    disposed: 'مغلق',
  },
  lost: {
    none: 'انقطع الاتصال.',
    config: 'الدردشة غير معدّة بشكل صحيح.',
    dropped: 'انقطع الاتصال.',
    timeout: 'الخادم لا يستجيب.',
    unreachable: 'لا يمكن الوصول إلى الخادم.',
    silent: 'انقطع الاتصال.',
    'over-capacity': 'الدردشة مزدحمة جدًّا.',
    'rate-limited': 'يطلب الخادم الانتظار قليلًا.',
    'unknown-app': 'الخادم لا يعرف هذه الدردشة.',
    'origin-not-allowed': 'لا يُسمح لهذا الموقع باستخدام الدردشة.',
    'server-error': 'حدثت مشكلة في الخادم.',
    unauthorized: 'تم تسجيل خروجك.',
    requested: 'غير متصل.',
    'no-network': 'أنت غير متصل بالإنترنت.',
  },
  retryIn: (seconds) => `إعادة المحاولة خلال ${formatNumber(variantOf(locale), seconds)}\u00a0ث`,
  retrying: 'جارٍ إعادة المحاولة…',
  connectedAgain: 'عاد الاتصال.',
  catchingUp: 'جارٍ جلب ما فاتك…',
  writingIsKept: 'ما تكتبه محفوظ وسيُرسل لاحقًا.',
  writingIsKeptHere: 'ما تكتبه محفوظ وسيُرسل لاحقًا ما دامت هذه الصفحة مفتوحة.',
  signInAgain: 'سجّل الدخول مجددًا للمتابعة.',
  tellTheOperator: 'إذا استمر ذلك فأبلغ القائمين على هذا الموقع.',

  cannotConnect: 'تعذّر الاتصال',
  noAnswerAfter: (n) =>
    `لم يستجب خادم الدردشة بعد ${count(n, {one: 'محاولة واحدة', two: 'محاولتين', few: '# محاولات', many: '# محاولة', other: '# محاولة'})}.`,

  problems: {
    config: 'الدردشة غير معدّة بشكل صحيح.',
    connection: 'لا يوجد اتصال.',
    unauthorized: 'تم تسجيل خروجك.',
    'subscription-denied': 'التحديثات المباشرة متوقفة هنا: رفض الخادم الوصول.',
    'subscription-failed': 'التحديثات المباشرة متوقفة حاليًّا.',
    'malformed-event': 'أرسل الخادم شيئًا لا يمكن عرضه.',
    'malformed-answer': 'تعذّر فهم إجابة الخادم.',
    network: 'لا يمكن الوصول إلى الخادم.',
    timeout: 'لم يستجب الخادم في الوقت المناسب.',
    aborted: 'توقفت العملية قبل اكتمالها.',
    'not-found': 'لم يعد موجودًا.',
    forbidden: 'لا يُسمح لك بذلك.',
    'too-large': 'الحجم كبير جدًّا.',
    invalid: 'لم يقبله الخادم.',
    'rate-limited': 'طلبات كثيرة دفعة واحدة. انتظر قليلًا.',
    server: 'حدثت مشكلة في الخادم.',
    storage: 'لا يستطيع هذا المتصفح حفظه.',
    'host-callback': 'حدث خطأ في هذه الصفحة.',
  },
};

export default arabic;
