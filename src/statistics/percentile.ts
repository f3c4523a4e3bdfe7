/**
 * Linear between the two nearest ranks, as numpy's `percentile` has it to the last bit, so that a value that is an edge stays one.
 * @param sorted rising, at least one
 * @param fraction 0 to 1
 */
export function percentile(sorted: ArrayLike<number>, fraction: number): number {
  const rank = fraction * (sorted.length - 1);
  const below = sorted[Math.floor(rank)]!;
  const above = sorted[Math.ceil(rank)]!;
  const part = rank - Math.floor(rank);
  return part < 0.5 ? below + (above - below) * part : above - (above - below) * (1 - part);
}
