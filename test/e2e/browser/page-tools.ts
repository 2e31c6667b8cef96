/** What functions that run in the page are given: ways through open shadow roots. */
export interface PageTools {
  /** All elements that match, in tree order, shadow roots included. `scope`: only in the first element that matches this. */
  all(selector: string, scope?: string): Element[];
  /** The first of them. Throws where there is none. */
  one(selector: string, scope?: string): Element;
  /** What a person reads there: the text of the composed tree, white space collapsed. */
  text(node: Node): string;
  /** Whether it takes up space and is not hidden. */
  visible(element: Element): boolean;
}

/** Makes the tools. Runs in the page, and so uses nothing from around it. */
export function createPageTools(): PageTools {
  const walk = (root: ParentNode, selector: string, found: Element[]): Element[] => {
    for (const element of root.querySelectorAll('*')) {
      if (element.matches(selector)) found.push(element);
      if (element.shadowRoot) walk(element.shadowRoot, selector, found);
    }
    return found;
  };
  const all = (selector: string, scope?: string): Element[] => {
    if (scope === undefined) return walk(document, selector, []);
    const root = document.querySelector(scope);
    return root ? walk(root, selector, []) : [];
  };
  const one = (selector: string, scope?: string): Element => {
    const [element] = all(selector, scope);
    if (!element) throw new Error(`There is no ${selector}${scope === undefined ? '' : ` in ${scope}`}.`);
    return element;
  };
  const raw = (node: Node): string => {
    if (node instanceof HTMLStyleElement) return '';
    if (!(node instanceof Element)) return node.nodeType === Node.TEXT_NODE ? (node.nodeValue ?? '') : '';
    const assigned = node instanceof HTMLSlotElement ? node.assignedNodes() : [];
    const children = assigned.length > 0 ? assigned : [...(node.shadowRoot ?? node).childNodes];
    return children.map(raw).join(' ');
  };
  const text = (node: Node): string => raw(node).replace(/\s+/gu, ' ').trim();
  const visible = (element: Element): boolean => element.checkVisibility() && element.getClientRects().length > 0;
  return {all, one, text, visible};
}
