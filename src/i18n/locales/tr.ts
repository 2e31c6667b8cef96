import {formatList, formatNumber, plural} from '../format.js';
import type {Strings} from '../strings.js';

const locale = 'tr';
// After a number Turkish leaves the noun in the singular.
const count = (n: number, other: string): string => plural(locale, n, {one: other, other});

function people(names: readonly string[], more: number): string {
  return formatList(locale, more > 0 ? [...names, count(more, '# kişi daha')] : names);
}

/** Turkish. */
export const turkish: Strings = {
  locale,
  direction: 'ltr',

  you: 'Siz',
  close: 'Kapat',
  back: 'Geri',
  tryAgain: 'Yeniden dene',
  tryNow: 'Şimdi dene',
  discard: 'Sil',
  today: 'Bugün',
  yesterday: 'Dün',

  messages: 'Mesajlar',
  newMessages: 'Yeni mesajlar',
  jumpToLatest: 'Son mesaja git',
  newBelow: (n) => count(n, '# yeni mesaj'),
  newWhileAway: (n) => count(n, 'Siz yokken # yeni mesaj geldi'),
  loadingOlder: 'Eski mesajlar yükleniyor',
  olderFailed: 'Eski mesajlar yüklenemedi.',
  arrived: (name, text) => `${name}: ${text}`,

  status: {
    queued: 'Gönderilmeyi bekliyor',
    sending: 'Gönderiliyor',
    sent: 'Gönderildi',
    delivered: 'İletildi',
    read: 'Okundu',
    failed: 'Gönderilmedi',
  },
  edited: 'düzenlendi',
  deletedMessage: 'Bu mesaj silindi.',
  notSent: (problem) => `Gönderilmedi. ${problem}`,
  showMore: 'Daha fazla göster',
  reaction: (emoji, n) => `${emoji}, ${count(n, '# kişi')}`,
  attachment: (name, size) => `${name}, ${size}`,
  repliedTo: (name) => `Yanıtlanan: ${name}`,
  opensInNewTab: 'yeni sekmede açılır',
  unknownPerson: 'Birisi',

  conversation: 'Sohbet',
  loading: 'Mesajlar yükleniyor',
  loadFailed: 'Mesajlar yüklenemedi.',
  emptyTitle: 'Henüz mesaj yok',
  emptyText: 'İlk mesajı yazın.',
  noConversation: 'Açık bir sohbet yok.',
  readonlyNote: 'Bu sohbeti okuyabilirsiniz, ancak yazamazsınız.',
  people,
  typing: (names, more) => `${people(names, more)} yazıyor`,

  placeholder: 'Mesaj',
  composer: 'Mesaj yaz',
  send: 'Gönder',
  attach: 'Dosya ekle',
  attachedFiles: 'Eklenen dosyalar',
  removeFile: (name) => `Kaldır: ${name}`,
  tooLong: (over, max) => `${count(over, '# karakter')} fazla. Bir mesaj en çok ${formatNumber(locale, max)} karakter olabilir.`,
  fileTooLarge: (name, max) => `${name} çok büyük. Bir dosya en çok ${max} olabilir.`,
  fileNotAccepted: (name) => `${name}: bu türden bir dosya buradan gönderilemez.`,
  controlsRemoved: 'Görünmeyen denetim karakterleri gönderilmeyecek.',
  charactersLeft: (n) => count(n, '# karakter kaldı'),

  states: {
    idle: 'Bağlı değil',
    connecting: 'Bağlanıyor…',
    connected: 'Bağlı',
    waiting: 'Bağlantı koptu',
    offline: 'Çevrimdışısınız',
    suspended: 'Duraklatıldı',
    unauthorized: 'Oturum kapalı',
    refused: 'Bağlantı reddedildi',
    failed: 'Doğru ayarlanmamış',
    disposed: 'Kapalı',
  },
  lost: {
    none: 'Bağlantı koptu.',
    config: 'Sohbet doğru ayarlanmamış.',
    dropped: 'Bağlantı koptu.',
    timeout: 'Sunucu yanıt vermiyor.',
    unreachable: 'Sunucuya ulaşılamıyor.',
    silent: 'Bağlantı koptu.',
    'over-capacity': 'Sohbet çok yoğun.',
    'rate-limited': 'Sunucu biraz beklemenizi istiyor.',
    'unknown-app': 'Sunucu bu sohbeti tanımıyor.',
    'origin-not-allowed': 'Bu site sohbeti kullanamaz.',
    'server-error': 'Sunucuda bir sorun var.',
    unauthorized: 'Oturumunuz kapalı.',
    requested: 'Bağlı değil.',
    'no-network': 'Çevrimdışısınız.',
  },
  retryIn: (seconds) => `${formatNumber(locale, seconds)}\u00a0sn sonra yeniden denenecek`,
  retrying: 'Yeniden deneniyor…',
  connectedAgain: 'Yeniden bağlanıldı.',
  catchingUp: 'Kaçırdıklarınız alınıyor…',
  writingIsKept: 'Yazdıklarınız saklanır ve daha sonra gönderilir.',
  writingIsKeptHere: 'Yazdıklarınız, bu sayfa açık kaldığı sürece saklanır ve daha sonra gönderilir.',
  signInAgain: 'Devam etmek için yeniden oturum açın.',
  tellTheOperator: 'Bu sürerse sitenin sahibine haber verin.',

  cannotConnect: 'Bağlanılamıyor',
  noAnswerAfter: (n) => count(n, 'Sohbet sunucusu # denemeden sonra da yanıt vermedi.'),

  problems: {
    config: 'Sohbet doğru ayarlanmamış.',
    connection: 'Bağlantı yok.',
    unauthorized: 'Oturumunuz kapalı.',
    'subscription-denied': 'Burada canlı güncelleme yok: sunucu erişimi reddetti.',
    'subscription-failed': 'Şu anda canlı güncelleme yok.',
    'malformed-event': 'Sunucu gösterilemeyen bir şey gönderdi.',
    'malformed-answer': 'Sunucunun yanıtı anlaşılamadı.',
    network: 'Sunucuya ulaşılamıyor.',
    timeout: 'Sunucu zamanında yanıt vermedi.',
    aborted: 'İşlem yarıda kesildi.',
    'not-found': 'Artık mevcut değil.',
    forbidden: 'Bunun için yetkiniz yok.',
    'too-large': 'Çok büyük.',
    invalid: 'Sunucu kabul etmedi.',
    'rate-limited': 'Bir kerede çok fazla oldu. Biraz bekleyin.',
    server: 'Sunucuda bir sorun var.',
    storage: 'Bu tarayıcı onu saklayamıyor.',
    'host-callback': 'Bu sayfada bir şeyler ters gitti.',
  },
};

export default turkish;
