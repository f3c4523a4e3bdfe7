import type { Series } from "./figure";
import { lowerBound } from "./nearest";

/**
 * One table of columns for uPlot: `xs` ascending, one column of y for each series. `undefined`: this series has no point here
 * (the line goes on); `null`: it has one that is no number (the line breaks).
 */
export interface AlignedColumns {
  readonly xs: readonly number[];
  readonly ys: readonly (number | null | undefined)[][];
}

/**
 * Puts series with positions of their own on common positions, seen through `range` at `pixels` of width.
 * Few points keep their exact positions. Many are grouped by pixel, each series keeping the smallest and the largest value of
 * each group, in their order: a spike of one batch in 10,000 stays visible. Cost is linear in the points in sight.
 */
export function align(
  series: readonly Series[],
  range: readonly [number, number],
  pixels: number,
): AlignedColumns {
  const windows = series.map((one) => visibleWindow(one.xs, range));
  const crowded = windows.some(([from, to]) => to - from > 2 * pixels);
  const aligned = crowded ? byPixel(series, windows, range, pixels) : exact(series, windows);
  for (const column of aligned.ys) openGaps(column);
  return aligned;
}

/** A line breaks from its last number before a null to its first after it: the empty places between are part of the gap. */
function openGaps(column: (number | null | undefined)[]): void {
  const spread = (from: number, to: number, step: 1 | -1) => {
    let broken = false;
    for (let i = from; i !== to; i += step) {
      if (column[i] === null) broken = true;
      else if (column[i] !== undefined) broken = false;
      else if (broken) column[i] = null;
    }
  };
  spread(0, column.length, 1);
  spread(column.length - 1, -1, -1);
}

/** Indices [from, to) of the points in sight, and one more on either side so that lines run out of the picture. */
function visibleWindow(xs: ArrayLike<number>, [min, max]: readonly [number, number]): [number, number] {
  const from = Math.max(0, lowerBound(xs, min) - 1);
  let to = lowerBound(xs, max);
  while (to < xs.length && xs[to]! <= max) to++;
  return [from, Math.min(xs.length, to + 1)];
}

const drawn = (y: number): number | null => (Number.isFinite(y) ? y : null);

function exact(series: readonly Series[], windows: readonly (readonly [number, number])[]): AlignedColumns {
  const positions = new Set<number>();
  series.forEach(({ xs }, s) => {
    const [from, to] = windows[s]!;
    for (let i = from; i < to; i++) positions.add(xs[i]!);
  });
  const xs = Float64Array.from(positions).sort();
  const ys = series.map((one, s) => {
    const column = new Array<number | null | undefined>(xs.length).fill(undefined);
    const [from, to] = windows[s]!;
    let row = 0;
    for (let i = from; i < to; i++) {
      while (xs[row]! < one.xs[i]!) row++;
      column[row] = drawn(one.ys[i]!);
    }
    return column;
  });
  return { xs: Array.from(xs), ys };
}

function byPixel(
  series: readonly Series[],
  windows: readonly (readonly [number, number])[],
  [min, max]: readonly [number, number],
  pixels: number,
): AlignedColumns {
  // One group more on either side holds the neighbours out of sight.
  const width = (max - min) / pixels;
  const groups = pixels + 2;
  const groupOf = (x: number) => Math.min(groups - 1, Math.max(0, Math.floor((x - min) / width) + 1));
  const xs = Array.from(
    { length: 2 * groups },
    (_, i) => min + (Math.floor(i / 2) - 1 + (i % 2 === 0 ? 0.25 : 0.75)) * width,
  );
  const ys = series.map((one, s) => {
    const column = new Array<number | null | undefined>(2 * groups).fill(undefined);
    const [from, to] = windows[s]!;
    for (let i = from; i < to; ) {
      const group = groupOf(one.xs[i]!);
      const end = group === groups - 1 ? to : endOfGroup(one.xs, i, to, min + group * width);
      const [first, second] = extremes(one.ys, i, end);
      column[2 * group] = first;
      column[2 * group + 1] = second;
      i = end;
    }
    return column;
  });
  return { xs, ys };
}

/** Index after the last of xs[from..to) before `border`; at least one point is taken, whatever rounding says. */
function endOfGroup(xs: ArrayLike<number>, from: number, to: number, border: number): number {
  let end = from + 1;
  while (end < to && xs[end]! < border) end++;
  return end;
}

/** Smallest and largest number of ys[from..to) in the order in which they stand; [null, undefined] when none is a number. */
function extremes(ys: ArrayLike<number>, from: number, to: number): [number | null, number | undefined] {
  let low = -1;
  let high = -1;
  for (let i = from; i < to; i++) {
    const y = ys[i]!;
    if (!Number.isFinite(y)) continue;
    if (low < 0 || y < ys[low]!) low = i;
    if (high < 0 || y > ys[high]!) high = i;
  }
  if (low < 0) return [null, undefined];
  if (low === high) return [ys[low]!, undefined];
  return low < high ? [ys[low]!, ys[high]!] : [ys[high]!, ys[low]!];
}
