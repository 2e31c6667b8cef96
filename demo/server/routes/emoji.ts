const CLUSTERS = new Intl.Segmenter('en', {granularity: 'grapheme'});
// One class and no alternatives: a digit is two of these, and trying each of both would take hours for a row of them.
const PARTS = /^[\p{Emoji}\p{Emoji_Component}\p{Extended_Pictographic}]+$/u;
const PICTURE = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|\u20E3/u;
const MAX_LENGTH = 40;

/** Whether the text is one emoji, with skin tones, joiners and flags; digits alone are none. */
export function isEmoji(text: string): boolean {
  return text.length <= MAX_LENGTH && PARTS.test(text) && PICTURE.test(text) && [...CLUSTERS.segment(text)].length === 1;
}
