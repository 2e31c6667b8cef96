import type {IdKey} from '../model/index.js';
import type {ShownRow} from './scroll-anchor.js';

/** What a windowed list needs to know about its rows. */
export interface WindowedRows {
  readonly size: number;
  readonly keyAt: (index: number) => IdKey | undefined;
  readonly indexOf: (key: IdKey) => number;
}

/** The elements that the host has rendered: the scroller, and in it the space before the rows, the rows, and the space after them. */
export interface WindowedParts {
  readonly scroller: HTMLElement;
  readonly before: HTMLElement;
  readonly rows: HTMLElement;
  readonly after: HTMLElement;
  /** What comes after all of them. */
  readonly end: HTMLElement;
}

/** The parts that a host has rendered, by their classes; `undefined` before it has. */
export function partsIn(root: ShadowRoot | null): WindowedParts | undefined {
  const part = (name: string): HTMLElement | null | undefined => root?.querySelector<HTMLElement>(`.${name}`);
  const scroller = part('scroller');
  if (!scroller) return undefined;
  // They are rendered together, so if there is one, there are all.
  return {scroller, before: part('before'), rows: part('rows'), after: part('after'), end: part('end')} as WindowedParts;
}

export interface WindowedListOptions {
  readonly rows: () => WindowedRows;
  /** `undefined` until the host has rendered. */
  readonly parts: () => WindowedParts | undefined;
  /** Called when all rows are in their places: after an update, a scroll or a change of size. */
  readonly onSettled: () => void;
  /** Called when the end is no longer followed, before anything is measured. */
  readonly onLeft: () => void;
  /** Called when the list was scrolled to follow its end, with the distance in CSS pixels. */
  readonly onFollowed: (way: number) => void;
  /** Whether the list must not stick to its end, e.g. because there are newer messages that are not in the list. */
  readonly isHeld: () => boolean;
  /** Whether all rows are rendered. */
  readonly isWhole: () => boolean;
}

/** The rows that are in the page, in their order. */
export function shownIn(rows: HTMLElement, keyAt: (index: number) => IdKey | undefined): readonly ShownRow[] {
  const shown: ShownRow[] = [];
  for (let i = 0; i < rows.children.length; i++) {
    const element = rows.children[i];
    const key = keyAt(i);
    if (element instanceof HTMLElement && key !== undefined) shown.push({key, element});
  }
  return shown;
}

/** Resolves when the elements in these rows have rendered. */
export async function rendered(shown: readonly ShownRow[]): Promise<void> {
  const updates: unknown[] = [];
  for (const {element} of shown) {
    for (const child of element.lastElementChild?.children ?? []) {
      if ('updateComplete' in child) updates.push(child.updateComplete);
    }
  }
  // An element of the page may fail to render. The others are waited for all the same.
  await Promise.allSettled(updates);
}
