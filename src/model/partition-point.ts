/**
 * The first index, from 0 up to `count`, for which `isBefore` is false, by binary search. `isBefore` must be true up to some index and
 * false from there on.
 */
export function partitionPoint(count: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
