const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Whether the text comes back as it was from SQLite, whose text ends at a NUL, and from UTF-8, which has no half characters. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && toWellFormed(text) === text;
}

/** The text with each half of a surrogate pair replaced. (`String.prototype.toWellFormed` is not in the library of ES2023.) */
export function toWellFormed(text: string): string {
  return text.replace(LONE_SURROGATES, '\uFFFD');
}
