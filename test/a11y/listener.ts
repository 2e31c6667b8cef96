/** What is said by the live regions of an element and of all that it shows, in the order in which it is said. */
export class Listener {
  readonly heard: string[] = [];
  readonly #observer = new MutationObserver((records) => this.#hear(records));

  constructor(root: Element) {
    for (const region of regionsIn(root)) this.#observer.observe(region, {childList: true, characterData: true, subtree: true});
  }

  /** What was said since it was last asked. */
  take(): string[] {
    this.#hear(this.#observer.takeRecords());
    return this.heard.splice(0);
  }

  stop(): void {
    this.#observer.disconnect();
  }

  #hear(records: readonly MutationRecord[]): void {
    // A node that was added empty and then filled is told of twice, and is one thing to say.
    const nodes = new Set(
      records.flatMap(({type, target, addedNodes}) => (type === 'characterData' ? [target] : [...addedNodes])),
    );
    this.heard.push(...[...nodes].map(({textContent}) => textContent?.trim() ?? '').filter(Boolean));
  }
}

function regionsIn(root: Element): Element[] {
  const inside = [...(root.shadowRoot ?? root).querySelectorAll('*')];
  const own = inside.filter((element) => element.matches('[role=log], [role=status], [role=alert], [aria-live]'));
  return [...own, ...inside.flatMap((element) => (element.shadowRoot ? regionsIn(element) : []))];
}
