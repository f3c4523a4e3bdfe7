/** Where the slices of a mosaic stand, and which they are. */

/** So many are seen at once, where the image has as many. */
const SLICES = 12;
/** The first and the last of an image show next to nothing of a head. */
const MARGIN = 0.1;

export interface MosaicGrid {
  /** Numbers of the slices, rising. */
  readonly indices: readonly number[];
  /** Of one slice, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Where the slice at that place of `indices` stands. */
  cell(place: number): { readonly left: number; readonly top: number };
  /** Place of the slice that is nearest to one of that number. */
  nearest(index: number): number;
  /** Number of the slice that is drawn there; null between them. */
  at(x: number, y: number): number | null;
}

/** As large as they fit into the rectangle. @param extent of a slice, in millimetres; @param count of slices in the image */
export function mosaicGrid(
  [across, down]: readonly [number, number],
  count: number,
  width: number,
  height: number,
): MosaicGrid {
  const shown = Math.min(SLICES, count);
  const indices = Array.from({ length: shown }, (_, i) =>
    Math.min(count - 1, Math.floor(count * (MARGIN + ((1 - 2 * MARGIN) * (i + 0.5)) / shown))),
  );
  const scaleWith = (columns: number) =>
    Math.min(width / (columns * across), height / (Math.ceil(shown / columns) * down));
  const columns = indices
    .map((_, i) => i + 1)
    .reduce((best, n) => (scaleWith(n) > scaleWith(best) ? n : best), 1);
  const scale = scaleWith(columns);
  const [cellWidth, cellHeight] = [across * scale, down * scale];
  return {
    indices,
    width: cellWidth,
    height: cellHeight,
    cell: (place) => ({
      left: (place % columns) * cellWidth,
      top: Math.floor(place / columns) * cellHeight,
    }),
    nearest: (index) =>
      indices.reduce(
        (best, one, place) => (Math.abs(one - index) < Math.abs(indices[best]! - index) ? place : best),
        0,
      ),
    at: (x, y) => {
      const column = Math.floor(x / cellWidth);
      if (column < 0 || column >= columns || y < 0) return null;
      return indices[Math.floor(y / cellHeight) * columns + column] ?? null;
    },
  };
}
