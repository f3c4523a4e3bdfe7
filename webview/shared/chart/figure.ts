/**
 * A chart as plain data. The canvas (uPlot), the SVG file, the CSV file and the table twin all draw this and nothing else.
 */
import { type Band, bandEnds } from "./band";
import { lowerBound } from "./nearest";

/** Index in the palette: blue, orange, green, red, purple, yellow of the theme. */
export type PaletteColor = 0 | 1 | 2 | 3 | 4 | 5;
export const PALETTE_SIZE = 6;

export type Dash = "solid" | "dashed" | "dotted" | "dashDot";
/** Lengths of strokes and gaps, in CSS pixels. */
export const DASHES: Readonly<Record<Dash, readonly number[]>> = {
  solid: [],
  dashed: [6, 4],
  dotted: [1.5, 3],
  dashDot: [8, 3, 1.5, 3],
};

export type Shape = "circle" | "square" | "triangle" | "diamond" | "cross" | "star";

/** Above this many marks their labels would cover each other: the hover box says them. */
export const MOST_MARK_LABELS = 4;
/** Above this many points in sight a marker on each would hide the line. */
const MOST_MARKERS = 60;

export interface Series {
  readonly id: string;
  readonly label: string;
  /** Ascending. */
  readonly xs: ArrayLike<number>;
  /** NaN and infinities stand for what they are: a gap, marked. */
  readonly ys: ArrayLike<number>;
  readonly color: PaletteColor;
  readonly dash: Dash;
  readonly shape: Shape;
  /**
   * A ghost is drawn faintly beneath: raw values under smoothed ones, single batches under evaluations. It has no row in
   * readout and table, and one in the legend only when its label is not empty.
   */
  readonly ghost: boolean;
  /** One of more series than a legend can name: drawn like a ghost, but a line of its own in table, CSV and for the keyboard. */
  readonly faint?: boolean;
  /** Of a mean: the range of what it was made of, a filled area. */
  readonly band?: Band;
  /** Drawn only while somebody points at the chart or has the focus in it; always in table and CSV. */
  readonly onDemand?: boolean;
  /** For a smoothed series: the measured values, which readout, table and CSV show. */
  readonly measured?: ArrayLike<number>;
  /** Of a metric that answers can leave undefined: its NaN is that, a gap that is said and no fault. */
  readonly canBeUndefined?: boolean;
}

/** A point that means something: the best epoch of a selection metric. */
export interface Mark {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly color: PaletteColor;
  readonly shape: Shape;
  /** Edge of the plot where its label stands: the one that the curves leave free. */
  readonly labelAt: "top" | "bottom";
}

/** A horizontal line with its meaning: the threshold of early stopping. */
export interface Rule {
  readonly label: string;
  readonly y: number;
}

/** "Dashed is training", whatever the colour. */
export interface LegendEntry {
  readonly label: string;
  readonly dash: Dash;
}

export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly Series[];
  readonly marks: readonly Mark[];
  readonly rules: readonly Rule[];
  readonly logScale: boolean;
  /** When many lines share what distinguishes them, the legend says it once instead of naming each line. */
  readonly legend?: readonly LegendEntry[];
  /** What must be known to read the lines, after the legend. */
  readonly note?: string;
  /** Range of x when nothing is zoomed, so that neighbouring charts agree; that of the data when absent. */
  readonly extent?: readonly [number, number];
  /** The same for y. */
  readonly extentY?: readonly [number, number];
}

/** What of a figure is seen; null follows the data. */
export interface View {
  readonly x: readonly [number, number] | null;
  readonly y: readonly [number, number] | null;
}
export const WHOLE: View = { x: null, y: null };

/** Series that hold the values of the figure: ghosts, which repeat them, left out. */
export const readable = (figure: Figure): readonly Series[] =>
  figure.series
    .filter(({ ghost, faint }) => !ghost || faint)
    .flatMap((series) => [series, ...bandEnds(series)]);

/** As it is seen by who does not point at it. */
export const withoutSingles = (figure: Figure): Figure =>
  figure.series.some(({ onDemand }) => onDemand)
    ? { ...figure, series: figure.series.filter(({ onDemand }) => !onDemand) }
    : figure;

/** Those of them that stand out: legend and readout name them. */
export const distinct = (figure: Figure): readonly Series[] => figure.series.filter(({ ghost }) => !ghost);

/** What of x is seen when nothing is zoomed: `extent`, else smallest and largest x of all series; [0, 1] when there is no point. */
export function xExtent(figure: Figure): readonly [number, number] {
  if (figure.extent !== undefined) return figure.extent;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const { xs } of figure.series) {
    if (xs.length === 0) continue;
    min = Math.min(min, xs[0]!);
    max = Math.max(max, xs[xs.length - 1]!);
  }
  if (min > max) return [0, 1];
  return min === max ? [min - 0.5, max + 0.5] : [min, max];
}

/**
 * What is drawn of x: the view, else the whole with some room at its end, where the newest marker stands, and at its beginning
 * when that is the first point.
 */
export function drawnRange(figure: Figure, view: View): readonly [number, number] {
  if (view.x !== null) return view.x;
  const [from, to] = xExtent(figure);
  const room = (to - from) * 0.015;
  return [figure.extent === undefined ? from - room : from, to + room];
}

/**
 * Range of y when it is not zoomed: `extentY`, else what lies within `x`, with a margin; the rules count, so that the threshold is always in sight.
 * Values that cannot be drawn (NaN, infinities, and not positive ones on a log scale) do not count.
 */
export function yExtent(figure: Figure, x: readonly [number, number]): readonly [number, number] {
  if (figure.extentY !== undefined) return figure.extentY;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  const include = (y: number) => {
    if (!Number.isFinite(y) || (figure.logScale && y <= 0)) return;
    if (y < min) min = y;
    if (y > max) max = y;
  };
  for (const { xs, ys, band } of figure.series) {
    for (let i = lowerBound(xs, x[0]); i < xs.length && xs[i]! <= x[1]; i++) {
      include(ys[i]!);
      if (band === undefined) continue;
      include(band.low[i]!);
      include(band.high[i]!);
    }
  }
  for (const { y } of figure.rules) include(y);
  if (min > max) return figure.logScale ? [0.1, 1] : [0, 1];
  if (figure.logScale) return min === max ? [min / 2, max * 2] : [min / 1.1, max * 1.1];
  // After the first epoch all points stand above each other: there must be room for the words of a mark beside them.
  const share = readable(figure).every(({ xs }) => xs.length <= 1) ? 0.2 : 0.06;
  const margin = min === max ? Math.abs(min) * 0.05 || 0.5 : (max - min) * share;
  return [min - margin, max + margin];
}

/** Where the middle of a label of `width` stands for a mark at `x`: so that it is not cut by the ends of the plot. */
export function labelCenter(x: number, width: number, [left, right]: readonly [number, number]): number {
  return Math.min(Math.max(x, left + width / 2), right - width / 2);
}

/**
 * Row of each label when they stand along one edge: a label moves to the next row as long as it would touch one before it.
 * `centers` and `widths` in any unit.
 */
export function labelRows(centers: readonly number[], widths: readonly number[]): readonly number[] {
  const order = centers.map((_, i) => i).sort((a, b) => centers[a]! - centers[b]!);
  const ends: number[] = [];
  const rows = new Array<number>(centers.length).fill(0);
  for (const i of order) {
    const start = centers[i]! - widths[i]! / 2;
    let row = ends.findIndex((end) => end <= start);
    if (row < 0) row = ends.length;
    ends[row] = start + widths[i]!;
    rows[i] = row;
  }
  return rows;
}

/** The plotting area from top to bottom, and how long a CSS pixel is in it. */
export interface Edges {
  readonly top: number;
  readonly bottom: number;
  readonly pixel: number;
}

/** Baseline of the words of a rule at `line`: below it, or above where the lower edge would cut them. */
export function ruleBaseline(line: number, { bottom, pixel }: Edges): number {
  return line + 18 * pixel <= bottom ? line + 14 * pixel : line - 5 * pixel;
}

/** Where the line from a mark at `point` to its label ends, and the baseline of the label. */
export interface Flag {
  readonly end: number;
  readonly baseline: number;
}

/** The label stands at the edge that the curves leave free; at the other one where the mark itself is in its place. */
export function flagOf({ labelAt }: Mark, point: number, row: number, { top, bottom, pixel }: Edges): Flag {
  const depth = (16 + 13 * row) * pixel;
  const [upper, lower] = [top + depth, bottom - depth];
  const reach = 8 * pixel;
  const free = { top: point - reach >= upper, bottom: point + reach <= lower };
  const atTop = labelAt === "top" ? free.top || !free.bottom : free.top && !free.bottom;
  return atTop ? { end: upper, baseline: upper - 5 * pixel } : { end: lower, baseline: lower + 9 * pixel };
}

/**
 * How many later curves run over each one, point for point: it is drawn wider by as many steps, so that all are seen. Ghosts
 * cover nothing.
 */
export function coverings(series: readonly Series[]): readonly number[] {
  return series.map((below, i) =>
    below.ghost ? 0 : series.slice(i + 1).filter((above) => !above.ghost && isSameCurve(above, below)).length,
  );
}

function isSameCurve(one: Series, other: Series): boolean {
  if (one.xs.length !== other.xs.length || one.xs.length === 0) return false;
  for (let i = one.xs.length - 1; i >= 0; i--)
    if (one.xs[i] !== other.xs[i] || !Object.is(one.ys[i], other.ys[i])) return false;
  return true;
}

/** Width of a line that so many others cover, in CSS pixels. */
export const lineWidth = ({ ghost }: Series, covered: number): number =>
  ghost ? 1 : 1.75 + 2.5 * Math.min(covered, 3);

/** Number of markers on a line of too many points for one each. */
const SPARSE_MARKERS = 8;

/**
 * Indices of the points in `x` that carry the marker of their series: all when they are few, else some at even distances, so
 * that a line is never known by its colour alone. `place` among the series shifts them apart.
 */
export function markedPoints(
  { xs, ys, ghost }: Series,
  x: readonly [number, number],
  place: number,
): readonly number[] {
  // A ghost is a line without markers, but of its first point there would be nothing to see.
  if (ghost && xs.length > 1) return [];
  const from = lowerBound(xs, x[0]);
  let to = lowerBound(xs, x[1]);
  while (to < xs.length && xs[to]! <= x[1]) to++;
  const indices =
    to - from <= MOST_MARKERS
      ? Array.from({ length: to - from }, (_, i) => from + i)
      : Array.from({ length: SPARSE_MARKERS }, (_, i) => {
          const share = (i + ((place * 0.37) % 1)) / SPARSE_MARKERS;
          return lowerBound(xs, x[0] + share * (x[1] - x[0]));
        });
  return indices.filter((i) => i < to && Number.isFinite(ys[i]!));
}

/** Positions of the values that are not numbers, within `x`: drawn as crosses on the lower edge. */
export function undrawable(series: Series, x: readonly [number, number]): readonly number[] {
  const known = undrawablePositions.get(series) ?? findUndrawable(series);
  undrawablePositions.set(series, known);
  return known.filter((position) => position >= x[0] && position <= x[1]);
}

/** Legend and canvas ask the same of the same series. */
const undrawablePositions = new WeakMap<Series, readonly number[]>();

function findUndrawable({ xs, ys, canBeUndefined = false }: Series): readonly number[] {
  const positions: number[] = [];
  const faulty = (y: number) => !Number.isFinite(y) && !(canBeUndefined && Number.isNaN(y));
  for (let i = 0; i < xs.length; i++) if (faulty(ys[i]!)) positions.push(xs[i]!);
  return positions;
}
