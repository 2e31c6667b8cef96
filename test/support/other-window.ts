/** How much of a side of the screen cannot be seen, in CSS pixels. */
type Insets = Readonly<Partial<Record<'top' | 'right' | 'bottom' | 'left', number>>>;

/**
 * Shows what an element shows in a window of another size, on a screen without corners or with them: a copy without scripts, by the
 * same styles. Not every driver can change the window of a test. Resolves with the shadow root of the copy.
 */
export async function inWindow(element: Element, width: number, height: number, insets: Insets = {}): Promise<ShadowRoot> {
  const frame = document.createElement('iframe');
  frame.style.cssText = `inline-size: ${width}px; block-size: ${height}px; border: 0`;
  frame.srcdoc = '<!doctype html><meta charset="utf-8"><style>body { margin: 0 }</style>';
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, {once: true}));
  element.after(frame);
  await loaded;
  const other = frame.contentDocument!;
  const host = other.createElement('div');
  host.dir = getComputedStyle(element).direction;
  const copy = host.attachShadow({mode: 'open'});
  const {adoptedStyleSheets, childNodes} = element.shadowRoot!;
  for (const sheet of adoptedStyleSheets) {
    const style = other.createElement('style');
    const text = [...sheet.cssRules].map(({cssText}) => cssText).join('\n');
    style.textContent = text.replace(/env\(safe-area-inset-(\w+)\)/g, (_, side: keyof Insets) => `${insets[side] ?? 0}px`);
    copy.append(style);
  }
  copy.append(...[...childNodes].map((node) => other.importNode(node, true)));
  other.body.append(host);
  return copy;
}
