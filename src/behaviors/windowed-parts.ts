import type {IdKey} from '../model/index.js';
import type {ShownRow} from './scroll-anchor.js';

/** The rows of a list, as a window over them needs to know them. */
export interface WindowedRows {
  readonly size: number;
  readonly keyAt: (index: number) => IdKey | undefined;
  readonly indexOf: (key: IdKey) => number;
}

/** What the host has rendered: the scroller, and in it the space for rows before the window, the rows, and the space after. */
export interface WindowedParts {
  readonly scroller: HTMLElement;
  readonly before: HTMLElement;
  readonly rows: HTMLElement;
  readonly after: HTMLElement;
}

export interface WindowedListOptions {
  readonly rows: () => WindowedRows;
  /** `undefined` until the host has rendered. */
  readonly parts: () => WindowedParts | undefined;
  /** Called when all is in its place: after an update, a scroll, a change of size. */
  readonly onSettled?: () => void;
  /** Called when the end is no longer followed, before anything is measured. */
  readonly onLeft?: () => void;
  /** Called when the end was followed, with how far that was in CSS pixels. */
  readonly onFollowed?: (way: number) => void;
  /** Whether nothing is to stick to the end of the rows, e.g. as it is not the end of what there is. */
  readonly isHeld?: () => boolean;
  /** Whether all rows are rendered. */
  readonly isWhole?: () => boolean;
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
  // One that a page renders may fail; the others stand where they belong all the same.
  await Promise.allSettled(updates);
}
