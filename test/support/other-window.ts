/**
 * Shows what an element shows in a window of another size: a copy without scripts, by the same styles. Not every driver can change the
 * window of a test. Resolves with the shadow root of the copy.
 */
export async function inWindow(element: Element, width: number, height: number): Promise<ShadowRoot> {
  const frame = document.createElement('iframe');
  frame.style.cssText = `inline-size: ${width}px; block-size: ${height}px; border: 0`;
  frame.srcdoc = '<!doctype html><meta charset="utf-8"><style>body { margin: 0 }</style>';
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, {once: true}));
  element.after(frame);
  await loaded;
  const other = frame.contentDocument!;
  const host = other.createElement('div');
  const copy = host.attachShadow({mode: 'open'});
  const {adoptedStyleSheets, childNodes} = element.shadowRoot!;
  for (const sheet of adoptedStyleSheets) {
    const style = other.createElement('style');
    style.textContent = [...sheet.cssRules].map(({cssText}) => cssText).join('\n');
    copy.append(style);
  }
  copy.append(...[...childNodes].map((node) => other.importNode(node, true)));
  other.body.append(host);
  return copy;
}
