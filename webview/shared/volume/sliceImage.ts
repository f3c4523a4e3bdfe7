import { LEVELS } from "./colorMap";
import type { IntensityWindow } from "./intensity";
import { type Plane, placeOf } from "./planes";
import type { Volume } from "./volume";

/**
 * Colours the slice `index` of a plane: RGBA, one pixel a voxel, row by row as the plane lies on the screen. What is no number
 * stays transparent. `pixels`: 4 x across x down.
 */
export function colorSlice(
  { data, strides, slope, intercept, colours }: Volume,
  plane: Plane,
  index: number,
  { low, high }: IntensityWindow,
  colors: Uint8Array,
  pixels: Uint8ClampedArray,
): void {
  const { across, down, through } = plane;
  const perValue = (LEVELS - 1) / (high - low);
  const columnStride = across.flipped ? -strides[across.axis] : strides[across.axis];
  const first = strides[through] * index + strides[across.axis] * placeOf(across, 0);
  let to = 0;
  for (let row = 0; row < down.length; row++) {
    let from = first + strides[down.axis] * placeOf(down, row);
    for (let column = 0; column < across.length; column++, from += columnStride, to += 4) {
      if (colours !== undefined) {
        pixels.set(colours.subarray(4 * from, 4 * from + 4), to);
        continue;
      }
      const value = slope * data[from]! + intercept;
      // An infinity is no brightness either.
      if (!Number.isFinite(value)) {
        pixels[to + 3] = 0;
        continue;
      }
      const level = 3 * Math.min(LEVELS - 1, Math.max(0, Math.round((value - low) * perValue)));
      pixels[to] = colors[level]!;
      pixels[to + 1] = colors[level + 1]!;
      pixels[to + 2] = colors[level + 2]!;
      pixels[to + 3] = 255;
    }
  }
}
