// The control characters except tab and line feed; the two that override the direction of all that follows; and the byte order mark. Other
// direction marks stay, since some languages need them.
// eslint-disable-next-line no-control-regex -- finding them is the purpose
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202d\u202e\ufeff]/gu;

// Half a surrogate pair, as a cut through an emoji leaves it. Servers do not accept it as text.
const LONE_SURROGATES = /[\ud800-\udfff]/gu;

/** A text as it is sent: with line feeds only, without control characters, and without spaces around it. */
export function cleanText(text: string): string {
  return withoutControls(text.replace(/\r\n?/gu, '\n')).trim();
}

/** Whether the text has characters that `cleanText` removes, other than spaces and carriage returns. */
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
