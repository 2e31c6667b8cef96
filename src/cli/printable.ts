/**
 * A text that a terminal shows and does not obey: what a stranger wrote could else move the cursor, change the title, hide a line,
 * or turn the reading direction. Line ends become `⏎`, tabs blanks, all else of that kind its code in `\u{…}`.
 */
export function printable(text: string): string {
  return text
    .replace(/\r\n?|\n|\u2028|\u2029/g, ' ⏎ ')
    .replaceAll('\t', ' ')
    .replace(/[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu, (character) => {
      return `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`;
    });
}
