import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {IdKey} from '../model/index.js';
import type {ShownRow} from './scroll-anchor.js';
import type {WindowedRows} from './windowed-parts.js';

export interface RovingFocusOptions {
  readonly rows: () => WindowedRows;
  /** The rows in the page, in order. */
  readonly shown: () => readonly ShownRow[];
  /** The box that they scroll in, which gets the focus where no row can; `undefined` until the host has rendered. */
  readonly scroller: () => HTMLElement | undefined;
  /** Brings a row into the page. */
  readonly reveal: (key: IdKey) => void;
  /** Goes to the end of the rows. */
  readonly toEnd: () => void;
}

/** How far each key moves: by rows, by pages (what is visible), or to an end (infinite). */
const STEPS: Readonly<Record<string, readonly [rows: number, pages: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  PageUp: [0, -1],
  PageDown: [0, 1],
  Home: [-Infinity, 0],
  End: [Infinity, 0],
};

/** The links and buttons in the shadow roots of a row's elements. Those that the page renders itself are left to the page. */
function controlsOf({element}: ShownRow): HTMLElement[] {
  return [...element.querySelectorAll('*')].flatMap(({shadowRoot}) => [
    ...(shadowRoot?.querySelectorAll<HTMLElement>('a,button') ?? []),
  ]);
}

/**
 * Makes all rows of a windowed list one tab stop. Arrow keys move from row to row, Home and End to the ends, Page Up and Page Down by what is
 * visible. Tab moves on into the row, Enter to its first link or button, and Escape back to the row.
 *
 * The focus is never lost: if the row that has it is removed, a neighbour gets it; if the row is only scrolled out of view, the scroller.
 */
export class RovingFocus implements ReactiveController {
  readonly #options: RovingFocusOptions;
  /** The row with the tab stop. */
  #stop: IdKey | undefined;
  /** Whether the person has moved there. Otherwise the tab stop follows what is visible. */
  #isChosen = false;
  /** Whether that row gets the focus as soon as it is in its place. */
  #isPending = false;
  /** The row that Escape leads back to. */
  #back: IdKey | undefined;
  /** Whether the focus came to a row by keyboard. */
  #isByKey = false;
  /** The rows before the update, and the one of them that had the focus. */
  #before: readonly ShownRow[] = [];
  #held: ShownRow | undefined;

  /** Must be created after the controller that maintains `shown`. */
  constructor(host: ReactiveControllerHost, options: RovingFocusOptions) {
    this.#options = options;
    host.addController(this);
  }

  /** Whether the keyboard focus is on a row other than the last one, which then must not be scrolled away. */
  get isReading(): boolean {
    const {size, indexOf} = this.#options.rows();
    // `#focused` is checked, too, since WebKit fires no event when an element that is moved loses the focus.
    return this.#isByKey && !!this.#focused && this.#stop !== undefined && indexOf(this.#stop) < size - 1;
  }

  hostUpdate(): void {
    this.#before = this.#options.shown();
    this.#held = this.#focused;
  }

  hostUpdated(): void {
    const held = this.#held;
    if (!held || document.activeElement !== document.body) return;
    const {indexOf} = this.#options.rows();
    const isLeft = ({key}: ShownRow): boolean => indexOf(key) >= 0;
    const before = this.#before;
    const at = before.indexOf(held);
    const heir = before.slice(at).find(isLeft) ?? before.slice(0, at).findLast(isLeft);
    this.#options.scroller()?.focus({preventScroll: true});
    if (heir && this.#find(heir.key)) this.goTo(heir.key);
  }

  /** Focuses the row with the tab stop. */
  focus(options?: FocusOptions): void {
    (this.#find(this.#stop)?.element ?? this.#options.scroller())?.focus(options);
  }

  /** Focuses a row. From there, Escape leads to `back`; to where it led before, if the row is asked for again without one. */
  goTo(key: IdKey, back = key === this.#stop ? this.#back : undefined): void {
    this.#await(key, back);
    if (this.#find(key)) this.settle();
    else this.#options.reveal(key);
  }

  /** Focuses the last row, once the list is scrolled to it. */
  goToLast(): void {
    const {size, keyAt} = this.#options.rows();
    this.#await(keyAt(size - 1));
  }

  /** To be called when the rows are in their places. Sets the tab stop; while no row has the focus, to the last row whose end is visible. */
  settle(): void {
    const stop = this.#find(this.#stop);
    // It may have been removed before it came into the page.
    this.#isPending &&= this.#options.rows().indexOf(this.#stop ?? '') >= 0;
    if (!this.#isPending && !this.#focused) {
      const visible = this.#visible();
      this.#isChosen &&= !!stop && visible.includes(stop);
      const end = this.#box().bottom + 1;
      const isWhole = ({element}: ShownRow): boolean => element.getBoundingClientRect().bottom <= end;
      if (!this.#isChosen) this.#stop = (visible.findLast(isWhole) ?? visible.at(-1))?.key;
    }
    this.#mark();
    if (!this.#isPending || !stop) return;
    this.#isPending = false;
    stop.element.focus({preventScroll: true});
    stop.element.scrollIntoView({block: 'nearest'});
  }

  /** Sets the tab stop, and moves the focus from the scroller to the row with it. */
  enter(): void {
    const scroller = this.#options.scroller();
    this.settle();
    if ((scroller?.getRootNode() as ShadowRoot | undefined)?.activeElement === scroller) {
      // Without scrolling: the row is in view, and a list at its end must stay there.
      this.focus({preventScroll: true});
    }
  }

  /** To be called at each `focusin`, `focusout` and `keydown` in the scroller. */
  handle(event: Event): void {
    if (event instanceof KeyboardEvent) this.#move(event);
    else this.#noteFocus(event);
  }

  #noteFocus(event: Event): void {
    const row = event.type === 'focusin' ? this.#rowOf(event.target) : undefined;
    this.#isByKey = !!row && (event.composedPath()[0] as Element).matches(':focus-visible');
    if (!row) return;
    this.#isPending = false;
    this.#stop = row.key;
    this.#isChosen = true;
    this.#mark();
  }

  /** Handles a key. Keys with a modifier, those pressed beside the rows, and most of those pressed inside one are ignored. */
  #move(event: KeyboardEvent): void {
    const {key, target} = event;
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const row = this.#rowOf(target);
    // A field that the page has put beside the rows needs its keys itself.
    if (!row && target !== event.currentTarget) return;
    const isInside = row && row.element !== target;
    if (key === 'Escape') {
      const back = isInside ? row.key : this.#back;
      // The list may be that of another conversation by now.
      if (back === undefined || this.#options.rows().indexOf(back) < 0) return;
      this.goTo(back);
    } else if (isInside) {
      return;
    } else if (key === 'Enter') {
      const control = row && controlsOf(row)[0];
      if (!control) return;
      control.focus();
    } else if (!this.#moveBy(key, row)) {
      return;
    }
    event.preventDefault();
  }

  /** Moves, if the key is one for that and there is a row to move to. Returns whether it did. */
  #moveBy(key: string, row: ShownRow | undefined): boolean {
    const {size, keyAt, indexOf} = this.#options.rows();
    const step = STEPS[key];
    if (!step) return false;
    const [rows, pages] = step;
    const by = rows + pages * Math.max(1, this.#visible().length - 1);
    const index = this.#stop === undefined ? size - 1 : indexOf(this.#stop);
    const isJump = !Number.isFinite(by);
    if (row && !isJump && this.#hasMore(row, by)) return false;
    // If the scroller itself has the focus, the first key leads to the row with the tab stop.
    const next = Math.min(Math.max(row || isJump ? index + by : index, 0), size - 1);
    const target = keyAt(next);
    if (target === undefined || (row && next === index && !isJump)) return false;
    if (by === Infinity) {
      // There may be other rows at the end.
      this.#options.toEnd();
      this.goToLast();
    } else this.goTo(target);
    return true;
  }

  /** Whether a row extends beyond the visible part in this direction. The key then scrolls, as it does in the browser. */
  #hasMore({element}: ShownRow, by: number): boolean {
    const {top, bottom} = element.getBoundingClientRect();
    const box = this.#box();
    return by < 0 ? top < box.top - 1 && bottom > box.top : bottom > box.bottom + 1 && top < box.bottom;
  }

  #await(stop: IdKey | undefined, back?: IdKey): void {
    this.#stop = stop;
    this.#isChosen = true;
    this.#back = back;
    this.#isPending = stop !== undefined;
  }

  /** The row that has the focus. */
  get #focused(): ShownRow | undefined {
    const root = this.#options.scroller()?.getRootNode() as ShadowRoot | undefined;
    return this.#rowOf(root?.activeElement ?? null);
  }

  #find(key: IdKey | undefined): ShownRow | undefined {
    return this.#options.shown().find((row) => row.key === key);
  }

  #rowOf(target: EventTarget | null): ShownRow | undefined {
    return this.#options.shown().find(({element}) => element.contains(target as Node | null));
  }

  #box(): DOMRect {
    return this.#options.scroller()?.getBoundingClientRect() ?? new DOMRect();
  }

  #visible(): ShownRow[] {
    const box = this.#box();
    return this.#options.shown().filter(({element}) => {
      const {top, bottom} = element.getBoundingClientRect();
      return top < box.bottom && bottom > box.top;
    });
  }

  #mark(): void {
    for (const row of this.#options.shown()) {
      const tabIndex = row.key === this.#stop ? '0' : '-1';
      for (const element of [row.element, ...controlsOf(row)]) {
        if (element.getAttribute('tabindex') !== tabIndex) element.setAttribute('tabindex', tabIndex);
      }
    }
  }
}
