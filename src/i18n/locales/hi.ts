import {formatList, formatNumber, plural} from '../format.js';
import type {Strings} from '../strings.js';

const locale = 'hi';
/** `one` is for 0 as well. */
const count = (n: number, one: string, other: string): string => plural(locale, n, {one, other});

function people(names: readonly string[], more: number): string {
  return formatList(locale, more > 0 ? [...names, count(more, '# अन्य व्यक्ति', '# अन्य लोग')] : names);
}

/** Hindi. */
export const hindi: Strings = {
  locale,
  direction: 'ltr',

  you: 'आप',
  close: 'बंद करें',
  back: 'वापस',
  tryAgain: 'फिर से कोशिश करें',
  tryNow: 'अभी कोशिश करें',
  discard: 'हटाएँ',
  today: 'आज',
  yesterday: 'कल',

  messages: 'संदेश सूची',
  newMessages: 'नए संदेश',
  jumpToLatest: 'नवीनतम संदेश पर जाएँ',
  newBelow: (n) => count(n, '# नया संदेश', '# नए संदेश'),
  newWhileAway: (n) => count(n, 'आपकी अनुपस्थिति में # नया संदेश', 'आपकी अनुपस्थिति में # नए संदेश'),
  loadingOlder: 'पुराने संदेश लोड हो रहे हैं',
  olderFailed: 'पुराने संदेश लोड नहीं हो सके।',
  arrived: (name, text) => `${name}: ${text}`,

  status: {
    queued: 'भेजे जाने की प्रतीक्षा में',
    sending: 'भेजा जा रहा है',
    sent: 'भेजा गया',
    delivered: 'पहुँच गया',
    read: 'पढ़ लिया गया',
    failed: 'नहीं भेजा गया',
  },
  edited: 'संपादित',
  deletedMessage: 'यह संदेश हटा दिया गया।',
  notSent: (problem) => `नहीं भेजा गया। ${problem}`,
  showMore: 'और दिखाएँ',
  reaction: (emoji, n) => `${emoji}, ${count(n, '# व्यक्ति', '# लोग')}`,
  attachment: (name, size) => `${name}, ${size}`,
  repliedTo: (name, isYou) => `${isYou ? 'आपको' : `${name} को`} जवाब`,
  opensInNewTab: 'नए टैब में खुलता है',
  unknownPerson: 'अज्ञात व्यक्ति',

  conversation: 'बातचीत',
  loading: 'संदेश लोड हो रहे हैं',
  loadFailed: 'संदेश लोड नहीं हो सके।',
  emptyTitle: 'अभी कोई संदेश नहीं है',
  emptyText: 'पहला संदेश लिखें।',
  noConversation: 'कोई बातचीत खुली नहीं है।',
  readonlyNote: 'आप यह बातचीत पढ़ सकते हैं, पर इसमें लिख नहीं सकते।',
  people,
  typing: (names, more) => `${people(names, more)} लिख रहे हैं`,

  placeholder: 'संदेश',
  composer: 'संदेश लिखें',
  send: 'भेजें',
  attach: 'फ़ाइलें जोड़ें',
  attachedFiles: 'जोड़ी गई फ़ाइलें',
  removeFile: (name) => `${name} हटाएँ`,
  tooLong: (over, max) =>
    `${count(over, '# अक्षर ज़्यादा है', '# अक्षर ज़्यादा हैं')}। एक संदेश में ${formatNumber(locale, max)} अक्षर हो सकते हैं।`,
  fileTooLarge: (name, max) => `${name} बहुत बड़ी है। फ़ाइल ${max} तक की हो सकती है।`,
  fileNotAccepted: (name) => `${name}: इस प्रकार की फ़ाइल यहाँ नहीं भेजी जा सकती।`,
  controlsRemoved: 'अदृश्य नियंत्रण वर्ण हटा दिए जाएँगे।',
  charactersLeft: (n) => count(n, '# अक्षर बाकी है', '# अक्षर बाकी हैं'),

  states: {
    idle: 'कनेक्ट नहीं है',
    connecting: 'कनेक्ट हो रहा है…',
    connected: 'कनेक्ट है',
    waiting: 'कनेक्शन टूट गया',
    offline: 'आप ऑफ़लाइन हैं',
    suspended: 'रुका हुआ',
    unauthorized: 'आप साइन आउट हैं',
    refused: 'कनेक्शन अस्वीकृत',
    failed: 'सही ढंग से सेट नहीं है',
    disposed: 'बंद',
  },
  lost: {
    none: 'कनेक्शन टूट गया।',
    config: 'चैट सही ढंग से सेट नहीं है।',
    dropped: 'कनेक्शन टूट गया।',
    timeout: 'सर्वर जवाब नहीं दे रहा।',
    unreachable: 'सर्वर तक पहुँचा नहीं जा सकता।',
    silent: 'कनेक्शन टूट गया।',
    'over-capacity': 'चैट बहुत व्यस्त है।',
    'rate-limited': 'सर्वर थोड़ा रुकने को कह रहा है।',
    'unknown-app': 'सर्वर इस चैट को नहीं पहचानता।',
    'origin-not-allowed': 'इस साइट को चैट इस्तेमाल करने की अनुमति नहीं है।',
    'server-error': 'सर्वर में कोई समस्या है।',
    unauthorized: 'आप साइन आउट हैं।',
    requested: 'कनेक्ट नहीं है।',
    'no-network': 'आप ऑफ़लाइन हैं।',
  },
  retryIn: (seconds) => `${formatNumber(locale, seconds)}\u00a0से॰ में फिर कोशिश होगी`,
  retrying: 'फिर से कोशिश हो रही है…',
  connectedAgain: 'फिर से कनेक्ट हो गया।',
  catchingUp: 'जो छूट गया, वह लाया जा रहा है…',
  writingIsKept: 'आप जो लिखेंगे, वह सहेजा जाएगा और बाद में भेजा जाएगा।',
  writingIsKeptHere: 'आप जो लिखेंगे, वह इस पेज के खुले रहने तक सहेजा जाएगा और बाद में भेजा जाएगा।',
  signInAgain: 'जारी रखने के लिए फिर से साइन इन करें।',
  tellTheOperator: 'अगर ऐसा ही रहे, तो इस साइट के संचालक को बताएँ।',

  cannotConnect: 'कनेक्ट नहीं हो सका',
  noAnswerAfter: (n) => `${count(n, '# कोशिश', '# कोशिशों')} के बाद भी चैट सर्वर ने जवाब नहीं दिया।`,

  problems: {
    config: 'चैट सही ढंग से सेट नहीं है।',
    connection: 'कोई कनेक्शन नहीं है।',
    unauthorized: 'आप साइन आउट हैं।',
    'subscription-denied': 'यहाँ लाइव अपडेट बंद हैं: सर्वर ने अनुमति नहीं दी।',
    'subscription-failed': 'लाइव अपडेट फ़िलहाल बंद हैं।',
    'malformed-event': 'सर्वर ने ऐसा कुछ भेजा जो दिखाया नहीं जा सकता।',
    'malformed-answer': 'सर्वर का जवाब समझा नहीं जा सका।',
    network: 'सर्वर तक पहुँचा नहीं जा सकता।',
    timeout: 'सर्वर ने समय पर जवाब नहीं दिया।',
    aborted: 'काम बीच में रुक गया।',
    'not-found': 'यह अब मौजूद नहीं है।',
    forbidden: 'आपको इसकी अनुमति नहीं है।',
    'too-large': 'यह बहुत बड़ा है।',
    invalid: 'सर्वर ने इसे स्वीकार नहीं किया।',
    'rate-limited': 'एक साथ बहुत ज़्यादा हो गया। थोड़ा रुकें।',
    server: 'सर्वर में कोई समस्या है।',
    storage: 'यह ब्राउज़र इसे सहेज नहीं सकता।',
    'host-callback': 'इस पेज पर कुछ गड़बड़ हो गई।',
  },
};

export default hindi;
