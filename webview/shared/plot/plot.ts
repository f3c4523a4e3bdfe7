/**
 * A chart in a plane as plain data: curves that may go straight up, bands around them, points that are people. The view, the SVG file
 * and the tables are made of this and nothing else. What changes with the epoch is a Figure (`chart/figure.ts`), which zooms and aligns.
 */
import type { Dash, PaletteColor, Shape } from "../chart/figure";

export interface PlotLine {
  /** "" for a line that the legend does not name. */
  readonly label: string;
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  /** null: of no series, a diagonal for instance. */
  readonly color: PaletteColor | null;
  readonly dash: Dash;
}

/** What lies between two lines. */
export interface PlotBand {
  readonly label: string;
  readonly xs: ArrayLike<number>;
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
  readonly color: PaletteColor;
}

export interface PlotPoints {
  readonly label: string;
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  readonly color: PaletteColor;
  readonly shape: Shape;
  /** Radius in pixels. */
  readonly size: number;
  /** Ends of a whisker through each point. */
  readonly whiskers?: { readonly lower: ArrayLike<number>; readonly upper: ArrayLike<number> };
}

/** A horizontal line with its meaning. */
export interface PlotRule {
  readonly label: string;
  readonly y: number;
}

/** A point that means something: where the threshold stands. */
export interface PlotMark {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly color: PaletteColor;
  readonly shape: Shape;
}

/** What the keyboard and the pointer can read: a position and its words. */
export interface PlotReading {
  readonly x: number;
  readonly y: number;
  readonly words: string;
  /** Row of the group that the point is; -1 where it is nobody. */
  readonly row: number;
}

export interface PlotTable {
  readonly columns: readonly string[];
  readonly rows: number;
  readonly cell: (row: number, column: number) => number | string;
}

/** An upright axis of its own, with what its heights mean. */
export interface PlotAxis {
  readonly x: number;
  readonly name: string;
  readonly ends: readonly { readonly height: number; readonly label: string }[];
}

export interface Plot {
  /** For the name of its file. */
  readonly id: string;
  readonly title: string;
  /** Beside the title, and in words of a file: "AUC 0.83 (0.71 to 0.92)". */
  readonly note: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** In the place of the ticks of x and y: parallel coordinates. */
  readonly axes?: readonly PlotAxis[];
  readonly lines: readonly PlotLine[];
  readonly bands: readonly PlotBand[];
  readonly points: readonly PlotPoints[];
  readonly rules: readonly PlotRule[];
  readonly marks: readonly PlotMark[];
  /** How many there are, and each one when it is asked for: of thousands few are looked at. */
  readonly readings: number;
  readonly reading: (index: number) => PlotReading;
  readonly table: PlotTable;
}

/** [0, 1], with room for what lies on its ends. */
export const SHARES: readonly [number, number] = [-0.02, 1.02];

/** From the smallest to the largest of `values`, and some room; [0, 1] where there is none. */
export function rangeOf(...values: readonly ArrayLike<number>[]): readonly [number, number] {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const column of values) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i]!;
      if (!Number.isFinite(value)) continue;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  if (min > max) return [0, 1];
  const room = min === max ? Math.abs(min) * 0.05 || 0.5 : (max - min) * 0.05;
  return [min - room, max + room];
}

/** Index of the reading nearest to a place, distances counted in `unit` of each axis; -1 where none is within `reach`. */
export function nearestReading(
  { readings, reading }: Plot,
  [x, y]: readonly [number, number],
  unit: readonly [number, number],
  reach: number,
): number {
  let [best, least] = [-1, reach];
  for (let i = 0; i < readings; i++) {
    const point = reading(i);
    const distance = Math.hypot((point.x - x) / unit[0], (point.y - y) / unit[1]);
    if (distance <= least) [best, least] = [i, distance];
  }
  return best;
}

/** A table of columns of equal length. */
export function tableOf(
  columns: readonly { readonly name: string; readonly values: ArrayLike<number | string> }[],
): PlotTable {
  return {
    columns: columns.map(({ name }) => name),
    rows: columns[0]?.values.length ?? 0,
    cell: (row, column) => columns[column]!.values[row]!,
  };
}

/** The names of the columns, then a row a line, all digits kept. */
export const tableRows = ({ columns, rows, cell }: PlotTable): readonly (readonly string[])[] => [
  columns,
  ...Array.from({ length: rows }, (_, row) => columns.map((__, column) => written(cell(row, column)))),
];

const written = (value: number | string) =>
  typeof value === "string" ? value : Number.isNaN(value) ? "" : String(value);
