import {formatList, formatNumber, plural} from '../format.js';
import type {Strings} from '../strings.js';

const locale = 'pt';
/** `many` is for full millions, after which Portuguese puts “de”. */
const count = (n: number, one: string, other: string, many = other.replace('#', '# de')): string =>
  plural(locale, n, {one, many, other});

function people(names: readonly string[], more: number): string {
  return formatList(locale, more > 0 ? [...names, count(more, 'mais # pessoa', 'mais #', 'mais #')] : names);
}

/** Portuguese, as it is written in Brazil. */
export const portuguese: Strings = {
  locale,
  direction: 'ltr',

  you: 'Você',
  close: 'Fechar',
  back: 'Voltar',
  tryAgain: 'Tentar de novo',
  tryNow: 'Tentar agora',
  discard: 'Descartar',
  today: 'Hoje',
  yesterday: 'Ontem',

  messages: 'Mensagens',
  newMessages: 'Novas mensagens',
  jumpToLatest: 'Ir para a última mensagem',
  newBelow: (n) => count(n, '# nova mensagem', '# novas mensagens'),
  newWhileAway: (n) => count(n, '# nova mensagem enquanto você esteve fora', '# novas mensagens enquanto você esteve fora'),
  loadingOlder: 'Carregando mensagens anteriores',
  olderFailed: 'Não foi possível carregar as mensagens anteriores.',
  arrived: (name, text) => `${name}: ${text}`,

  status: {
    queued: 'Aguardando envio',
    sending: 'Enviando',
    sent: 'Enviada',
    delivered: 'Entregue',
    read: 'Lida',
    failed: 'Não enviada',
  },
  edited: 'editada',
  deletedMessage: 'Esta mensagem foi apagada.',
  notSent: (problem) => `Não enviada. ${problem}`,
  showMore: 'Mostrar mais',
  reaction: (emoji, n) => `${emoji}, ${count(n, '# pessoa', '# pessoas')}`,
  attachment: (name, size) => `${name}, ${size}`,
  repliedTo: (name, isYou) => `Em resposta a ${isYou ? 'você' : name}`,
  opensInNewTab: 'abre em uma nova aba',
  unknownPerson: 'Alguém',

  conversation: 'Conversa',
  loading: 'Carregando mensagens',
  loadFailed: 'Não foi possível carregar as mensagens.',
  emptyTitle: 'Ainda não há mensagens',
  emptyText: 'Escreva a primeira.',
  noConversation: 'Nenhuma conversa está aberta.',
  readonlyNote: 'Você pode ler esta conversa, mas não escrever nela.',
  people,
  typing: (names, more) => `${people(names, more)} ${names.length + more === 1 ? 'está' : 'estão'} digitando`,

  placeholder: 'Mensagem',
  composer: 'Escrever uma mensagem',
  send: 'Enviar',
  attach: 'Anexar arquivos',
  attachedFiles: 'Arquivos anexados',
  removeFile: (name) => `Remover ${name}`,
  tooLong: (over, max) => `${count(over, '# caractere', '# caracteres')} a mais. O limite é de ${formatNumber(locale, max)}.`,
  fileTooLarge: (name, max) => `${name} é grande demais. O limite é de ${max}.`,
  fileNotAccepted: (name) => `${name} é de um tipo de arquivo que não pode ser enviado aqui.`,
  controlsRemoved: 'Os caracteres de controle invisíveis serão removidos.',
  charactersLeft: (n) => count(n, 'Resta # caractere', 'Restam # caracteres'),

  states: {
    idle: 'Sem conexão',
    connecting: 'Conectando…',
    connected: 'Conectado',
    waiting: 'Conexão perdida',
    offline: 'Você está offline',
    suspended: 'Em pausa',
    unauthorized: 'Sessão encerrada',
    refused: 'Conexão recusada',
    failed: 'Configuração incorreta',
    disposed: 'Fechado',
  },
  lost: {
    none: 'A conexão caiu.',
    config: 'O chat não está configurado corretamente.',
    dropped: 'A conexão caiu.',
    timeout: 'O servidor não responde.',
    unreachable: 'Não é possível acessar o servidor.',
    silent: 'A conexão caiu.',
    'over-capacity': 'O chat está muito ocupado.',
    'rate-limited': 'O servidor pede uma pausa.',
    'unknown-app': 'O servidor não conhece este chat.',
    'origin-not-allowed': 'Este site não pode usar o chat.',
    'server-error': 'O servidor está com um problema.',
    unauthorized: 'Sua sessão foi encerrada.',
    requested: 'Sem conexão.',
    'no-network': 'Você está offline.',
  },
  retryIn: (seconds) => `Nova tentativa em ${formatNumber(locale, seconds)}\u00a0s`,
  retrying: 'Tentando de novo…',
  connectedAgain: 'Conexão restabelecida.',
  catchingUp: 'Buscando o que você perdeu…',
  writingIsKept: 'O que você escrever fica guardado e será enviado depois.',
  writingIsKeptHere: 'O que você escrever fica guardado e será enviado depois, enquanto esta página estiver aberta.',
  signInAgain: 'Entre de novo para continuar.',
  tellTheOperator: 'Se isso continuar, avise quem cuida deste site.',

  cannotConnect: 'Não foi possível conectar',
  noAnswerAfter: (n) => `O servidor do chat não respondeu após ${count(n, '# tentativa', '# tentativas')}.`,

  problems: {
    config: 'O chat não está configurado corretamente.',
    connection: 'Não há conexão.',
    unauthorized: 'Sua sessão foi encerrada.',
    'subscription-denied': 'Aqui não há atualização ao vivo: o servidor negou o acesso.',
    'subscription-failed': 'No momento não há atualização ao vivo.',
    'malformed-event': 'O servidor enviou algo que não pode ser mostrado.',
    'malformed-answer': 'A resposta do servidor não pôde ser entendida.',
    network: 'Não é possível acessar o servidor.',
    timeout: 'O servidor não respondeu a tempo.',
    aborted: 'A ação foi interrompida.',
    'not-found': 'Isso não existe mais.',
    forbidden: 'Você não tem permissão para isso.',
    'too-large': 'É grande demais.',
    invalid: 'O servidor não aceitou.',
    'rate-limited': 'Foi muita coisa de uma vez. Espere um momento.',
    server: 'O servidor está com um problema.',
    storage: 'Este navegador não consegue guardar isso.',
    'host-callback': 'Algo deu errado nesta página.',
  },
};

export default portuguese;
