import {formatNumber, plural} from '../format.js';
import type {Strings} from '../strings.js';

const locale = 'ja';
const count = (n: number, other: string): string => plural(locale, n, {other});

const unknownPerson = '名前不明の人';
const titled = (name: string): string => (name === unknownPerson ? name : `${name}さん`);

function people(names: readonly string[], more: number): string {
  const all = names.map(titled).join('、');
  return more > 0 ? `${all}、${count(more, '他#人')}` : all;
}

/** Japanese. */
export const japanese: Strings = {
  locale,
  direction: 'ltr',

  you: 'あなた',
  close: '閉じる',
  back: '戻る',
  tryAgain: '再試行',
  tryNow: '今すぐ再試行',
  discard: '破棄',
  today: '今日',
  yesterday: '昨日',

  messages: 'メッセージ一覧',
  newMessages: '新着メッセージ',
  jumpToLatest: '最新のメッセージへ移動',
  newBelow: (n) => count(n, '新着メッセージ#件'),
  newWhileAway: (n) => count(n, '離れている間の新着メッセージ#件'),
  loadingOlder: '以前のメッセージを読み込み中',
  olderFailed: '以前のメッセージを読み込めませんでした。',
  arrived: (name, text) => `${titled(name)}：${text}`,

  status: {
    queued: '送信待ち',
    sending: '送信中',
    sent: '送信済み',
    delivered: '配信済み',
    read: '既読',
    failed: '送信失敗',
  },
  edited: '編集済み',
  deletedMessage: 'このメッセージは削除されました。',
  notSent: (problem) => `送信できませんでした。${problem}`,
  showMore: 'もっと見る',
  reaction: (emoji, n) => `${emoji}、${count(n, '#人')}`,
  attachment: (name, size) => `${name}、${size}`,
  repliedTo: (name, isYou) => `${isYou ? name : titled(name)}への返信`,
  opensInNewTab: '新しいタブで開きます',
  unknownPerson,

  conversation: '会話',
  loading: 'メッセージを読み込み中',
  loadFailed: 'メッセージを読み込めませんでした。',
  emptyTitle: 'メッセージはまだありません',
  emptyText: '最初のメッセージを書いてみましょう。',
  noConversation: '開いている会話はありません。',
  readonlyNote: 'この会話は閲覧のみで、書き込みはできません。',
  people,
  typing: (names, more) => `${people(names, more)}が入力中`,

  placeholder: 'メッセージ',
  composer: 'メッセージを書く',
  send: '送信',
  attach: 'ファイルを添付',
  attachedFiles: '添付ファイル',
  removeFile: (name) => `${name}を外す`,
  tooLong: (over, max) => `${count(over, '#文字')}超過しています。1件のメッセージは${formatNumber(locale, max)}文字までです。`,
  fileTooLarge: (name, max) => `${name}は大きすぎます。ファイルは${max}までです。`,
  fileNotAccepted: (name) => `${name}は、ここでは送れない種類のファイルです。`,
  controlsRemoved: '見えない制御文字は取り除かれます。',
  charactersLeft: (n) => count(n, '残り#文字'),

  states: {
    idle: '未接続',
    connecting: '接続中…',
    connected: '接続済み',
    waiting: '接続が切れました',
    offline: 'オフラインです',
    suspended: '一時停止中',
    unauthorized: 'サインアウト済み',
    refused: '接続が拒否されました',
    failed: '設定に誤りがあります',
    disposed: '終了しました',
  },
  lost: {
    none: '接続が切れました。',
    config: 'チャットの設定に誤りがあります。',
    dropped: '接続が切れました。',
    timeout: 'サーバーが応答しません。',
    unreachable: 'サーバーに接続できません。',
    silent: '接続が切れました。',
    'over-capacity': 'チャットが大変混み合っています。',
    'rate-limited': 'サーバーからしばらく待つように求められています。',
    'unknown-app': 'サーバーがこのチャットを認識できません。',
    'origin-not-allowed': 'このサイトではチャットを利用できません。',
    'server-error': 'サーバーに問題が発生しています。',
    unauthorized: 'サインアウトしています。',
    requested: '接続していません。',
    'no-network': 'オフラインです。',
  },
  retryIn: (seconds) => `${formatNumber(locale, seconds)}秒後に再試行します`,
  retrying: '再試行中…',
  connectedAgain: '接続が回復しました。',
  catchingUp: '届いていなかった内容を取得中…',
  writingIsKept: '書いたメッセージは保存され、後で送信されます。',
  writingIsKeptHere: '書いたメッセージは、このページを開いている間は保存され、後で送信されます。',
  signInAgain: '続けるには、もう一度サインインしてください。',
  tellTheOperator: '続くようなら、このサイトの管理者にお知らせください。',

  cannotConnect: '接続できません',
  noAnswerAfter: (n) => count(n, '#回試しましたが、チャットサーバーの応答がありませんでした。'),

  problems: {
    config: 'チャットの設定に誤りがあります。',
    connection: '接続がありません。',
    unauthorized: 'サインアウトしています。',
    'subscription-denied': 'サーバーがアクセスを拒否したため、ここではリアルタイム更新は無効です。',
    'subscription-failed': '現在、リアルタイム更新は無効です。',
    'malformed-event': 'サーバーから表示できない内容が届きました。',
    'malformed-answer': 'サーバーの応答を理解できませんでした。',
    network: 'サーバーに接続できません。',
    timeout: 'サーバーが時間内に応答しませんでした。',
    aborted: '中断されました。',
    'not-found': 'すでに存在しません。',
    forbidden: 'この操作は許可されていません。',
    'too-large': '大きすぎます。',
    invalid: 'サーバーに受け付けられませんでした。',
    'rate-limited': '操作の回数が多すぎます。少しお待ちください。',
    server: 'サーバーに問題が発生しています。',
    storage: 'このブラウザーでは保存できません。',
    'host-callback': 'このページで問題が発生しました。',
  },
};

export default japanese;
