/** Places three planes in a rectangle, all at one scale, as large as they fit. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where each plane stands (with its margins), and how many pixels a millimetre takes. */
export interface Arrangement {
  readonly coronal: Box;
  readonly sagittal: Box;
  readonly axial: Box;
  readonly scale: number;
}

/** Room around each picture for its name, slice number and letters, in pixels. */
export const MARGIN = { side: 18, top: 24, bottom: 18 } as const;
/** A grid, in which the planes continue each other, is preferred to a row or column that is this much larger. */
const PREFERENCE = 1.15;

/** `extents`: millimetres along right, anterior, superior. @param quarter whether a quarter stays free beside them */
export function arrange(
  [x, y, z]: readonly [number, number, number],
  width: number,
  height: number,
  quarter = false,
): Arrangement {
  const across = (...extents: number[]) => scaleFor(width, extents, 2 * MARGIN.side);
  const down = (...extents: number[]) => scaleFor(height, extents, MARGIN.top + MARGIN.bottom);
  const grid = Math.min(across(x, y), down(z, y));
  const row = Math.min(across(x, y, x), down(Math.max(y, z)));
  const column = Math.min(across(Math.max(x, y)), down(z, z, y));
  if (quarter || grid * PREFERENCE >= Math.max(row, column)) return inGrid(x, y, z, grid, width, height);
  return row >= column ? inRow(x, y, z, row, width, height) : inColumn(x, y, z, column, width, height);
}

/** A single plane in the middle of the rectangle. */
export function placeOne([across, down]: readonly [number, number], width: number, height: number): Box {
  const scale = Math.min(
    scaleFor(width, [across], 2 * MARGIN.side),
    scaleFor(height, [down], MARGIN.top + MARGIN.bottom),
  );
  const [boxWidth, boxHeight] = [wide(across, scale), high(down, scale)];
  return { left: (width - boxWidth) / 2, top: (height - boxHeight) / 2, width: boxWidth, height: boxHeight };
}

/** Largest scale at which these extents, each with its margins, fit one after the other. */
function scaleFor(room: number, extents: readonly number[], margins: number): number {
  const total = extents.reduce((sum, extent) => sum + extent, 0);
  return Math.max(0, (room - margins * extents.length) / total);
}

const outer = (extent: number, scale: number, margins: number) => extent * scale + margins;
const wide = (extent: number, scale: number) => outer(extent, scale, 2 * MARGIN.side);
const high = (extent: number, scale: number) => outer(extent, scale, MARGIN.top + MARGIN.bottom);

/** Coronal and sagittal share their vertical axis, coronal and axial their horizontal one. */
function inGrid(x: number, y: number, z: number, scale: number, width: number, height: number): Arrangement {
  const [first, second] = [wide(x, scale), wide(y, scale)];
  const [upper, lower] = [high(z, scale), high(y, scale)];
  const left = (width - first - second) / 2;
  const top = (height - upper - lower) / 2;
  return {
    coronal: { left, top, width: first, height: upper },
    sagittal: { left: left + first, top, width: second, height: upper },
    axial: { left, top: top + upper, width: first, height: lower },
    scale,
  };
}

function inRow(x: number, y: number, z: number, scale: number, width: number, height: number): Arrangement {
  const [first, second] = [wide(x, scale), wide(y, scale)];
  const left = (width - 2 * first - second) / 2;
  const box = (from: number, boxWidth: number, extent: number): Box => ({
    left: left + from,
    top: (height - high(extent, scale)) / 2,
    width: boxWidth,
    height: high(extent, scale),
  });
  return {
    coronal: box(0, first, z),
    sagittal: box(first, second, z),
    axial: box(first + second, first, y),
    scale,
  };
}

function inColumn(
  x: number,
  y: number,
  z: number,
  scale: number,
  width: number,
  height: number,
): Arrangement {
  const [upper, lower] = [high(z, scale), high(y, scale)];
  const top = (height - 2 * upper - lower) / 2;
  const box = (from: number, boxHeight: number, extent: number): Box => ({
    left: (width - wide(extent, scale)) / 2,
    top: top + from,
    width: wide(extent, scale),
    height: boxHeight,
  });
  return {
    coronal: box(0, upper, x),
    sagittal: box(upper, upper, y),
    axial: box(2 * upper, lower, x),
    scale,
  };
}
