import { colorMap } from "./colorMap";
import { type LayerLook, levelsOf } from "./layerLook";
import type { LayerSource } from "./layerSource";
import { type Plane, placeOf } from "./planes";

/** What lies over an image. */
export interface ShownLayer {
  readonly name: string;
  readonly source: LayerSource;
  readonly look: LayerLook;
  /** Names of labels; empty where nobody says them. */
  readonly regions: ReadonlyMap<number, string>;
}

/**
 * Lays the slice `index` of a layer over a coloured slice (`colorSlice`), in the same order of pixels: its colour weighs
 * `opacity`, and where it is hidden what lies beneath is left alone.
 */
export function blendSlice(
  { source, look }: ShownLayer,
  plane: Plane,
  index: number,
  pixels: Uint8ClampedArray,
): void {
  const { across, down, through } = plane;
  const { data, strides, slope, intercept, size } = source.slice(through, index, look.interpolation);
  const columnStride = across.flipped ? -strides[across.axis] : strides[across.axis];
  const rowStride = down.flipped ? -strides[down.axis] : strides[down.axis];
  const first =
    (size[through] === 1 ? 0 : strides[through] * index) +
    strides[across.axis] * placeOf(across, 0) +
    strides[down.axis] * placeOf(down, 0);
  const colors = colorMap(look.colors);
  const levelOf = levelsOf(look);
  const { opacity, outline } = look;
  const rest = 1 - opacity;
  const levelAt = (row: number, column: number) =>
    row < 0 || column < 0 || row >= down.length || column >= across.length
      ? -1
      : levelOf(slope * data[first + row * rowStride + column * columnStride]! + intercept);
  let to = 0;
  for (let row = 0; row < down.length; row++) {
    let from = first + row * rowStride;
    for (let column = 0; column < across.length; column++, from += columnStride, to += 4) {
      const level = levelOf(slope * data[from]! + intercept);
      if (level < 0 || (outline && isInner(levelAt, row, column, level, look.colors === "labels"))) continue;
      const color = 3 * level;
      // Over what is no number the layer alone is seen, as dense as it is.
      const beneath = pixels[to + 3] === 0 ? 0 : rest;
      const own = beneath === 0 ? 1 : opacity;
      pixels[to] = own * colors[color]! + beneath * pixels[to]!;
      pixels[to + 1] = own * colors[color + 1]! + beneath * pixels[to + 1]!;
      pixels[to + 2] = own * colors[color + 2]! + beneath * pixels[to + 2]!;
      pixels[to + 3] = beneath === 0 ? 255 * opacity : 255;
    }
  }
}

/** Whether all four neighbours in the plane are shown too, and of the same label. */
function isInner(
  levelAt: (row: number, column: number) => number,
  row: number,
  column: number,
  level: number,
  labels: boolean,
): boolean {
  const alike = (other: number) => (labels ? other === level : other >= 0);
  return (
    alike(levelAt(row - 1, column)) &&
    alike(levelAt(row + 1, column)) &&
    alike(levelAt(row, column - 1)) &&
    alike(levelAt(row, column + 1))
  );
}
