/**
 * Volumes as they are kept in memory: as whole numbers of one or two bytes, with a slope and an intercept, where these give every
 * value to the bit, which takes a half or a quarter of the memory; as the values themselves otherwise.
 */
import type { VoxelArray } from "../../space/voxelArray";
import type { Extent } from "../batches/normalise";

/** How values follow from what is stored: rounded to float32 after the product and after the sum, as nibabel does. */
export interface Scale {
  readonly slope: number;
  readonly intercept: number;
}

/** What is stored of a volume. */
export interface CompactVoxels {
  readonly data: VoxelArray;
  /** Null where `data` holds the values themselves. */
  readonly scale: Scale | null;
}

export const isIdentity = ({ slope, intercept }: Scale): boolean => slope === 1 && intercept === 0;

/** In place: from what is stored, as float32, to the values. Neither number need be a float32. */
export function applyScale(values: Float32Array, scale: Scale): void {
  const slope = Math.fround(scale.slope);
  const intercept = Math.fround(scale.intercept);
  for (let i = 0; i < values.length; i++) values[i] = Math.fround(values[i]! * slope) + intercept;
}

/** The smallest first. */
const WHOLE_NUMBERS = [
  { least: 0, most: 255, of: (count: number) => new Uint8Array(new SharedArrayBuffer(count)) },
  { least: -128, most: 127, of: (count: number) => new Int8Array(new SharedArrayBuffer(count)) },
  { least: 0, most: 65_535, of: (count: number) => new Uint16Array(new SharedArrayBuffer(2 * count)) },
  { least: -32_768, most: 32_767, of: (count: number) => new Int16Array(new SharedArrayBuffer(2 * count)) },
] as const;

/**
 * `values` in the smallest type that gives every one of them back to the bit (a negative zero is another than 0), in shared memory;
 * null where none does: they have decimals, a wide range, or are not all numbers.
 * @param scale of the file, whose whole numbers they may be
 * @param extent of `values`
 */
export function compactVoxels(
  values: Float32Array,
  { slope, intercept }: Scale,
  extent: Extent,
): CompactVoxels | null {
  const scale = { slope: Math.fround(slope), intercept: Math.fround(intercept) };
  const ends = [extent.min, extent.max].map((value) => Math.round((value - scale.intercept) / scale.slope));
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const type = WHOLE_NUMBERS.find(({ least, most }) => low >= least && high <= most);
  if (type === undefined || extent.hasNaN) return null;
  const data = type.of(values.length);
  return fill(data, values, scale) ? { data, scale: isIdentity(scale) ? null : scale } : null;
}

/** Whether what is filled in gives `values`. Stops at the first that it does not. */
function fill(
  data: Uint8Array | Int8Array | Uint16Array | Int16Array,
  values: Float32Array,
  { slope, intercept }: Scale,
): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    data[i] = Math.round((value - intercept) / slope);
    const back = Math.fround(Math.fround(data[i]! * slope) + intercept);
    if (back !== value || (value === 0 && !Object.is(back, value))) return false;
  }
  return true;
}
