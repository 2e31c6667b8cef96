/**
 * A text made safe to print: in a terminal, control characters of a stranger could move the cursor, change the title, hide a line or change
 * the text direction. Line breaks become `⏎`, tabs become spaces, and other such characters their code as `\u{…}`.
 */
export function printable(text: string): string {
  return text
    .replace(/\r\n?|\n|\u2028|\u2029/g, ' ⏎ ')
    .replaceAll('\t', ' ')
    .replace(/[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu, (character) => {
      return `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`;
    });
}
