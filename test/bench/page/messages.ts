import type {MessageInput} from '../../../src/model/index.js';

const START = Date.UTC(2026, 0, 5, 8);
const PEOPLE = ['Ali Karimov', 'Vali Yusupov', 'Ana Lima', 'Chidi Okafor', 'Mei Tanaka', 'Noor Haddad'];
const WORDS = 'the boat leaves at noon so bring a coat and some bread it may rain before we are back on the other side'.split(
  ' ',
);
const EMOJI = ['👍', '🎉', '😂', '❤️'];
const GROUP = 3;

/** The person who uses the page. */
export const OWN_ID = 1;

/** The text of the n-th message: it begins with its number, and is between three and some forty words long. */
function textOf(n: number): string {
  const length = 3 + ((n * 7) % 11) * ((n % 5) + 1);
  const words = Array.from({length}, (_, i) => WORDS[(n * 3 + i) % WORDS.length]);
  const link = n % 7 === 0 ? ` https://example.com/photos/${n}` : '';
  return `${n}: ${words.join(' ')}${link}`;
}

/**
 * The n-th message of a lively conversation, with all that a message has: author and picture, a link in every seventh, reactions on every
 * sixth, a quote in every thirteenth. Always the same for the same number.
 */
export function messageOf(n: number): MessageInput {
  const person = Math.floor(n / GROUP) % PEOPLE.length;
  const sender = {id: person + 1, name: PEOPLE[person] ?? '', email: null, avatarUrl: `/avatar/${person}.svg`};
  const isQuoting = n % 13 === 0;
  return {
    id: n,
    conversationId: 1,
    tempId: null,
    sender,
    content: textOf(n),
    createdAt: new Date(START + n * 45_000 + Math.floor(n / GROUP) * 400_000),
    editedAt: n % 23 === 0 ? new Date(START + n * 600_000) : null,
    deletedAt: null,
    position: n,
    revision: n,
    replyTo: isQuoting ? {id: n - 1, sender: {id: 2, name: 'Vali Yusupov'}, content: textOf(n - 1)} : null,
    attachments: [],
    reactions: n % 6 === 0 ? [{emoji: EMOJI[n % EMOJI.length] ?? '', count: 1 + (n % 3), userIds: [2]}] : [],
    status: person + 1 === OWN_ID ? (n % 2 === 0 ? 'read' : 'delivered') : 'sent',
    error: null,
  };
}

/** The messages from `first` up to and with `last`. */
export function messagesOf(first: number, last: number): MessageInput[] {
  return Array.from({length: last - first + 1}, (_, i) => messageOf(first + i));
}

/** Which message a text is that of; `NaN` for none. */
export function numberIn(text: string | null | undefined): number {
  return Number.parseInt(/(\d+): /.exec(text ?? '')?.[1] ?? '', 10);
}
