// Everything below the space but tab and line feed, DEL and the second control block; and the two characters that
// turn the direction of what follows whatever it is. The other marks of direction are part of how some languages are written.
// eslint-disable-next-line no-control-regex -- finding them is the purpose
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202d\u202e\ufeff]/gu;

// Half a character, as a cut through an emoji leaves it, is no valid text to any server.
const LONE_SURROGATES = /[\ud800-\udfff]/gu;

/** What is sent of what somebody wrote: one kind of line end, no control characters, no spaces around it. */
export function cleanText(text: string): string {
  return withoutControls(text.replace(/\r\n?/gu, '\n')).trim();
}

/** Whether there are characters that `cleanText` leaves out, other than spaces and line ends. */
export function hasControls(text: string): boolean {
  return text.replace(/\r\n?/gu, '\n').search(CONTROLS) >= 0;
}

/** The number of characters as a server counts them: code points, not the halves that JavaScript counts. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0xd800 && code <= 0xdbff) length -= 1;
  }
  return length;
}

function withoutControls(text: string): string {
  return text.replace(CONTROLS, '').replace(LONE_SURROGATES, '\ufffd');
}
