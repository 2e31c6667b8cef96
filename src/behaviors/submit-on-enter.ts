/**
 * Whether this key press asks to submit what was written: Enter alone, outside a composition. Shift+Enter is a line break, and so is
 * Enter with any other modifier but Ctrl or Meta, which submit as well. An Enter that the page has taken, e.g. for a list of names, asks for
 * nothing.
 */
export function isSubmitKey(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.altKey && !event.defaultPrevented && !isComposing(event);
}

/**
 * Whether the key belongs to an input method that has a composition open.
 *
 * Safari sends the Enter that ends a composition after `compositionend`, with `isComposing` already false; keyCode 229 is the only
 * trace left of it (https://bugs.webkit.org/show_bug.cgi?id=165004).
 */
function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  return event.isComposing || event.keyCode === 229;
}
