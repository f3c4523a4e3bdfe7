/** Places in columns of ascending numbers. */

/** Index of the first value >= `wanted` in an ascending array; its length when there is none. */
export function lowerBound(ascending: ArrayLike<number>, wanted: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the value nearest to `wanted` in an ascending array; -1 when it is empty. */
export function nearestIndex(ascending: ArrayLike<number>, wanted: number): number {
  if (ascending.length === 0) return -1;
  const after = Math.min(lowerBound(ascending, wanted), ascending.length - 1);
  if (after === 0) return 0;
  return wanted - ascending[after - 1]! <= ascending[after]! - wanted ? after - 1 : after;
}
