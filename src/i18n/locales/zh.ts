import {formatList, formatNumber, plural} from '../format.js';
import type {Strings} from '../strings.js';

const locale = 'zh';
const count = (n: number, other: string): string => plural(locale, n, {other});

function people(names: readonly string[], more: number): string {
  return formatList(locale, more > 0 ? [...names, count(more, '另外 # 人')] : names);
}

/** Chinese, in simplified characters. */
export const chinese: Strings = {
  locale,
  direction: 'ltr',

  you: '你',
  close: '关闭',
  back: '返回',
  tryAgain: '重试',
  tryNow: '立即重试',
  discard: '放弃',
  today: '今天',
  yesterday: '昨天',

  messages: '消息',
  newMessages: '新消息',
  jumpToLatest: '跳到最新消息',
  newBelow: (n) => count(n, '# 条新消息'),
  newWhileAway: (n) => count(n, '你离开期间有 # 条新消息'),
  loadingOlder: '正在加载更早的消息',
  olderFailed: '无法加载更早的消息。',
  arrived: (name, text) => `${name}：${text}`,

  status: {
    queued: '等待发送',
    sending: '正在发送',
    sent: '已发送',
    delivered: '已送达',
    read: '已读',
    failed: '未发送',
  },
  edited: '已编辑',
  deletedMessage: '此消息已删除。',
  notSent: (problem) => `未发送。${problem}`,
  showMore: '展开',
  reaction: (emoji, n) => `${emoji}，${count(n, '# 人')}`,
  attachment: (name, size) => `${name}，${size}`,
  repliedTo: (name, isYou) => (isYou ? '回复你' : `回复 ${name}`),
  opensInNewTab: '在新标签页中打开',
  unknownPerson: '某人',

  conversation: '对话',
  loading: '正在加载消息',
  loadFailed: '无法加载消息。',
  emptyTitle: '还没有消息',
  emptyText: '来写第一条吧。',
  noConversation: '没有打开的对话。',
  readonlyNote: '你可以阅读此对话，但不能发言。',
  people,
  typing: (names, more) => `${people(names, more)}正在输入`,

  placeholder: '消息',
  composer: '编写消息',
  send: '发送',
  attach: '添加附件',
  attachedFiles: '已添加的附件',
  removeFile: (name) => `移除 ${name}`,
  tooLong: (over, max) => `超出 ${count(over, '# 个字符')}。每条消息最多 ${formatNumber(locale, max)} 个字符。`,
  fileTooLarge: (name, max) => `${name} 太大。文件最大为 ${max}。`,
  fileNotAccepted: (name) => `这里不能发送 ${name} 这种类型的文件。`,
  controlsRemoved: '不可见的控制字符将被去除。',
  charactersLeft: (n) => count(n, '还可输入 # 个字符'),

  states: {
    idle: '未连接',
    connecting: '正在连接…',
    connected: '已连接',
    waiting: '连接已断开',
    offline: '你已离线',
    suspended: '已暂停',
    unauthorized: '未登录',
    refused: '连接被拒绝',
    failed: '设置有误',
    disposed: '已关闭',
  },
  lost: {
    none: '连接已断开。',
    config: '聊天设置有误。',
    dropped: '连接已断开。',
    timeout: '服务器没有响应。',
    unreachable: '无法连接到服务器。',
    silent: '连接已断开。',
    'over-capacity': '聊天服务繁忙。',
    'rate-limited': '服务器要求稍候。',
    'unknown-app': '服务器不认识此聊天。',
    'origin-not-allowed': '此网站不能使用聊天。',
    'server-error': '服务器出现问题。',
    unauthorized: '你尚未登录。',
    requested: '未连接。',
    'no-network': '你已离线。',
  },
  retryIn: (seconds) => `${formatNumber(locale, seconds)}\u00a0秒后重试`,
  retrying: '正在重试…',
  connectedAgain: '已重新连接。',
  catchingUp: '正在获取你错过的内容…',
  writingIsKept: '你写的消息会保留，稍后发送。',
  writingIsKeptHere: '只要此页面保持打开，你写的消息会保留，稍后发送。',
  signInAgain: '请重新登录以继续。',
  tellTheOperator: '如果问题持续，请告知网站管理员。',

  cannotConnect: '无法连接',
  noAnswerAfter: (n) => count(n, '尝试 # 次后，聊天服务器仍未响应。'),

  problems: {
    config: '聊天设置有误。',
    connection: '没有连接。',
    unauthorized: '你尚未登录。',
    'subscription-denied': '此处无法实时更新：服务器拒绝访问。',
    'subscription-failed': '目前无法实时更新。',
    'malformed-event': '服务器发来的内容无法显示。',
    'malformed-answer': '无法理解服务器的回应。',
    network: '无法连接到服务器。',
    timeout: '服务器未及时响应。',
    aborted: '操作已中断。',
    'not-found': '内容已不存在。',
    forbidden: '你没有权限这样做。',
    'too-large': '内容过大。',
    invalid: '服务器未接受。',
    'rate-limited': '操作过于频繁，请稍候。',
    server: '服务器出现问题。',
    storage: '此浏览器无法保存。',
    'host-callback': '此页面出现问题。',
  },
};

export default chinese;
