/** From how many UTF-16 units or lines on a text is folded, and how much of it shows then. */
const LONG = {length: 20_000, lines: 200} as const;
const FOLDED = {length: 3000, lines: 40} as const;
/** How many marks one letter may carry. Browsers take a third of a second to shape ten thousand, on a line as high as any other. */
const MARKS = 99;
const LOADED_LETTER = /\p{M}{100}/u;

// A flag, a keycap, what is an emoji by itself or by what follows it; with all that may be joined to it.
const UP_TO_THREE_EMOJI =
  /^(?:(?:\p{Regional_Indicator}{2}|[0-9#*]\ufe0f\u20e3|\p{Emoji_Presentation}[\p{Emoji_Modifier}\ufe0f]?|\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier}))(?:\u200d\p{Extended_Pictographic}[\p{Emoji_Modifier}\ufe0f]?|[\u{e0020}-\u{e007f}])*\s*){1,3}$/u;

/** Whether a text is one, two or three emoji and nothing else. */
export function isEmojiOnly(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length <= 64 && UP_TO_THREE_EMOJI.test(trimmed);
}

/** The beginning of a text that is too long to be shown as a whole at first; `null` for one that is not. */
export function foldedText(text: string): string | null {
  const marks = text.slice(0, LONG.length).search(LOADED_LETTER);
  const isLong = marks >= 0 || text.length > LONG.length || endOfLine(text, LONG.lines) < text.length;
  if (!isLong) return null;
  const end = Math.min(FOLDED.length, endOfLine(text, FOLDED.lines), marks < 0 ? Infinity : marks + MARKS);
  // Never between the halves of a surrogate pair.
  const isHalf = /[\ud800-\udbff]/.test(text[end - 1] ?? '');
  return text.slice(0, isHalf ? end - 1 : end);
}

/** Where the n-th line ends; the end of the text where it has no more lines than that. */
function endOfLine(text: string, lines: number): number {
  let end = -1;
  for (let line = 0; line < lines; line++) {
    end = text.indexOf('\n', end + 1);
    if (end < 0) return text.length;
  }
  return end;
}

/** A name without characters that change the text direction. They could fake a file extension, or reverse the sentence around the name. */
export function withoutBidiControls(text: string): string {
  return text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
}
