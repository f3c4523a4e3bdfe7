/** What a figure says at one position: pure, for the hover box and for the screen reader. */

import { distinct, type Figure, readable, type Series } from "./figure";
import { nearestIndex } from "./nearest";

export interface Reading {
  readonly series: Series;
  readonly x: number;
  /** Measured, not smoothed. */
  readonly value: number;
  /** Value of the line that is drawn, when it is smoothed. */
  readonly smoothed: number | null;
  /** Of a mean: the lowest and the highest that it is of. */
  readonly range: readonly [number, number] | null;
}

/** The reading of each distinct series at its point nearest to `x`; series that have no point there (ended before) are left out. */
export function readingsAt(figure: Figure, x: number, reach: number): readonly Reading[] {
  return distinct(figure).flatMap((series) => {
    const i = nearestIndex(series.xs, x);
    if (i < 0 || Math.abs(series.xs[i]! - x) > reach) return [];
    const measured = series.measured?.[i];
    return [
      {
        series,
        x: series.xs[i]!,
        value: measured ?? series.ys[i]!,
        smoothed: measured === undefined ? null : series.ys[i]!,
        range: series.band === undefined ? null : [series.band.low[i]!, series.band.high[i]!],
      },
    ];
  });
}

/** All positions of readable points, ascending, without repetition: the steps of the keyboard cursor. */
export function positionsOf(figure: Figure): Float64Array {
  const positions = new Set<number>();
  for (const { xs } of readable(figure)) for (let i = 0; i < xs.length; i++) positions.add(xs[i]!);
  return Float64Array.from(positions).sort();
}

/** `view` narrowed or widened by `factor` around `center`, within `extent`; null when it would show everything. */
export function zoomAround(
  view: readonly [number, number],
  center: number,
  factor: number,
  extent: readonly [number, number],
): readonly [number, number] | null {
  const from = Math.max(extent[0], center - (center - view[0]) * factor);
  const to = Math.min(extent[1], center + (view[1] - center) * factor);
  return from <= extent[0] && to >= extent[1] ? null : [from, to];
}

/** `view` moved by `distance` without leaving `extent`. */
export function pan(
  view: readonly [number, number],
  distance: number,
  extent: readonly [number, number],
): readonly [number, number] {
  const moved = Math.max(extent[0] - view[0], Math.min(extent[1] - view[1], distance));
  return [view[0] + moved, view[1] + moved];
}
