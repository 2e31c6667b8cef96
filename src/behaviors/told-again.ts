/**
 * The text to put into a live region in place of `before`. Screen readers announce changes; if the text is the same again, a no-break space at
 * its end makes it one.
 */
export function toldAgain(text: string, before: string): string {
  return text && text === before ? `${text}\u00a0` : text;
}
