/** What ClinicaDL does to the voxels of an input: NaN removal, then min-max normalisation to [0, 1]. */

/** The largest float32. */
export const LARGEST = 3.4028234663852886e38;

/**
 * In place, as `torch.nan_to_num`, and only when there is a NaN: NaN becomes 0, an infinity the largest float32.
 * Tells whether there was one.
 */
export function removeNaN(values: Float32Array): boolean {
  if (!hasNaN(values)) return false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) values[i] = 0;
    else if (value === Number.POSITIVE_INFINITY) values[i] = LARGEST;
    else if (value === Number.NEGATIVE_INFINITY) values[i] = -LARGEST;
  }
  return true;
}

function hasNaN(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) return true;
  }
  return false;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** What one look at all values tells. */
export interface Extent extends Range {
  readonly hasNaN: boolean;
}

/** Smallest and largest value, over which NaN is passed, and whether there is one. */
export function extentOf(values: Float32Array): Extent {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let hasNaN = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // Almost every value: the rest is rare, and an image has millions.
    if (value >= min && value <= max) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    if (Number.isNaN(value)) hasNaN = true;
  }
  return { min, max, hasNaN };
}

/** In place: (x - min) / (max - min), each step rounded to float32 as PyTorch does. `range` must not be empty. */
export function minMax(values: Float32Array, { min, max }: Range): void {
  const width = Math.fround(max - min);
  for (let i = 0; i < values.length; i++) values[i] = Math.fround(values[i]! - min) / width;
}
