import {formatList, formatNumber, plural} from '../format.js';
import type {Strings} from '../strings.js';

const locale = 'zh-Hant';
const count = (n: number, other: string): string => plural(locale, n, {other});

function people(names: readonly string[], more: number): string {
  return formatList(locale, more > 0 ? [...names, count(more, '其他 # 人')] : names);
}

/** Chinese, in traditional characters and in the words of Taiwan. */
export const traditionalChinese: Strings = {
  locale,
  direction: 'ltr',

  you: '你',
  close: '關閉',
  back: '返回',
  tryAgain: '重試',
  tryNow: '立即重試',
  discard: '刪除',
  today: '今天',
  yesterday: '昨天',

  messages: '訊息',
  newMessages: '新訊息',
  jumpToLatest: '跳到最新訊息',
  newBelow: (n) => count(n, '# 則新訊息'),
  newWhileAway: (n) => count(n, '你離開期間有 # 則新訊息'),
  loadingOlder: '正在載入較早的訊息',
  olderFailed: '無法載入較早的訊息。',
  arrived: (name, text) => `${name}：${text}`,

  status: {
    queued: '等待傳送',
    sending: '傳送中',
    sent: '已傳送',
    delivered: '已送達',
    read: '已讀',
    failed: '未傳送',
  },
  edited: '已編輯',
  deletedMessage: '這則訊息已刪除。',
  notSent: (problem) => `未傳送。${problem}`,
  showMore: '顯示更多',
  reaction: (emoji, n) => `${emoji}，${count(n, '# 人')}`,
  attachment: (name, size) => `${name}，${size}`,
  repliedTo: (name, isYou) => (isYou ? '回覆你' : `回覆 ${name}`),
  opensInNewTab: '在新分頁中開啟',
  unknownPerson: '某人',

  conversation: '對話',
  loading: '正在載入訊息',
  loadFailed: '無法載入訊息。',
  emptyTitle: '還沒有訊息',
  emptyText: '來寫第一則吧。',
  noConversation: '尚未開啟任何對話。',
  readonlyNote: '你可以閱讀這個對話，但無法在其中發言。',
  people,
  typing: (names, more) => `${people(names, more)}正在輸入`,

  placeholder: '訊息',
  composer: '輸入訊息',
  send: '傳送',
  attach: '附加檔案',
  attachedFiles: '已附加的檔案',
  removeFile: (name) => `移除 ${name}`,
  tooLong: (over, max) => `超出 ${count(over, '# 個字元')}。每則訊息最多 ${formatNumber(locale, max)} 個字元。`,
  fileTooLarge: (name, max) => `${name} 太大。檔案大小上限為 ${max}。`,
  fileNotAccepted: (name) => `這裡無法傳送這種類型的檔案：${name}。`,
  controlsRemoved: '看不見的控制字元會被移除。',
  charactersLeft: (n) => count(n, '還可輸入 # 個字元'),

  states: {
    idle: '未連線',
    connecting: '連線中…',
    connected: '已連線',
    waiting: '連線中斷',
    offline: '你已離線',
    suspended: '已暫停',
    unauthorized: '已登出',
    refused: '連線遭到拒絕',
    failed: '設定有誤',
    disposed: '已關閉',
  },
  lost: {
    none: '連線中斷。',
    config: '聊天功能的設定有誤。',
    dropped: '連線中斷。',
    timeout: '伺服器沒有回應。',
    unreachable: '無法連線到伺服器。',
    silent: '連線中斷。',
    'over-capacity': '聊天服務目前忙碌。',
    'rate-limited': '伺服器要求稍候再試。',
    'unknown-app': '伺服器無法識別此聊天服務。',
    'origin-not-allowed': '此網站無權使用聊天功能。',
    'server-error': '伺服器發生問題。',
    unauthorized: '你已登出。',
    requested: '未連線。',
    'no-network': '你已離線。',
  },
  retryIn: (seconds) => `${formatNumber(locale, seconds)}\u00a0秒後重試`,
  retrying: '正在重試…',
  connectedAgain: '已重新連線。',
  catchingUp: '正在取得你錯過的內容…',
  writingIsKept: '你寫的訊息會保留，稍後再傳送。',
  writingIsKeptHere: '只要此頁面保持開啟，你寫的訊息就會保留，稍後再傳送。',
  signInAgain: '請重新登入以繼續。',
  tellTheOperator: '如果問題持續發生，請通知網站管理員。',

  cannotConnect: '無法連線',
  noAnswerAfter: (n) => count(n, '嘗試 # 次後，聊天伺服器仍沒有回應。'),

  problems: {
    config: '聊天功能的設定有誤。',
    connection: '目前沒有連線。',
    unauthorized: '你已登出。',
    'subscription-denied': '這裡無法即時更新：伺服器拒絕存取。',
    'subscription-failed': '目前無法即時更新。',
    'malformed-event': '伺服器傳來的內容無法顯示。',
    'malformed-answer': '無法理解伺服器的回應。',
    network: '無法連線到伺服器。',
    timeout: '伺服器未及時回應。',
    aborted: '操作已中斷。',
    'not-found': '內容已不存在。',
    forbidden: '你沒有權限執行此操作。',
    'too-large': '內容太大。',
    invalid: '伺服器未接受。',
    'rate-limited': '操作太頻繁，請稍候再試。',
    server: '伺服器發生問題。',
    storage: '此瀏覽器無法儲存。',
    'host-callback': '此頁面發生問題。',
  },
};

export default traditionalChinese;
