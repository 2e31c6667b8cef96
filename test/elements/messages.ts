import type {MessageInput} from '../../src/model/index.js';

const START = Date.UTC(2026, 0, 5, 9, 0, 0);

/** A message of Ana (id 2), or of whom `sender` says; the n-th of a conversation in which one comes every ten minutes. */
export function message(n: number, more: Partial<MessageInput> = {}): MessageInput {
  return {
    id: n,
    sender: {id: 2, name: 'Ana'},
    content: `Message ${n}`,
    createdAt: new Date(START + n * 600_000),
    position: n,
    ...more,
  };
}

/** The messages from `first` up to and with `last`. */
export function messages(first: number, last: number, more: (n: number) => Partial<MessageInput> = () => ({})): MessageInput[] {
  return Array.from({length: last - first + 1}, (_, i) => message(first + i, more(first + i)));
}

/** A text of between one and many lines, always the same for the same number. */
export function variedText(n: number): string {
  return `${n}: ${'Some words of a message that may wrap. '.repeat(1 + ((n * 7) % 11))}`;
}

/** Resolves after the browser has laid out, told of sizes, and painted. */
export async function frames(count = 2): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
}
