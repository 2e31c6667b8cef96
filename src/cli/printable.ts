const UNSAFE = /[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

/**
 * A text made safe to print: in a terminal, control characters of a stranger could move the cursor, change the title, hide a line or change
 * the text direction. Line breaks become `⏎`, tabs become spaces, and other such characters their code as `\u{…}`.
 */
export function printable(text: string): string {
  return text
    .replace(/\r\n?|\n|\u2028|\u2029/g, ' ⏎ ')
    .replaceAll('\t', ' ')
    .replace(UNSAFE, (character) => `\\u{${codeOf(character)}}`);
}

/** A value as JSON on one line that is safe to print, and reads back as it was. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (character) => `\\u${codeOf(character).padStart(4, '0')}`);
}

function codeOf(character: string): string {
  return character.codePointAt(0)?.toString(16) ?? '';
}
