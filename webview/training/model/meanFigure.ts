/** Curves of several networks as one: their mean, and the band from the lowest to the highest. */

import type { MetricSet } from "../../../src/run/track";
import { canBeUndefined } from "../../../src/statistics/metrics/metrics";
import { mean } from "../../../src/statistics/moments";
import type { Figure, Series } from "../../shared/chart/figure";
import { smooth } from "../../shared/chart/smoothing";
import {
  bestMarks,
  commonExtent,
  type FigureSettings,
  type FigureWords,
  type NamedTrack,
  styleOf,
  trackSeries,
} from "./figures";

/** A metric at the end of each epoch, over all networks that came so far. */
export interface MeanCurve {
  readonly xs: Float64Array;
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** How many networks have a value there. */
  readonly counts: readonly number[];
}

/**
 * What an evaluation leaves undefined takes no part; NaN of a metric that is always defined makes the mean NaN. Over minutes an epoch
 * stands at the mean of the times at which the networks came to its end.
 */
export function meanCurve(
  metric: string,
  set: MetricSet,
  tracks: readonly NamedTrack[],
  axis: FigureSettings["axis"],
): MeanCurve {
  const skipsNaN = canBeUndefined(metric);
  const epochs = new Map<number, { readonly values: number[]; readonly minutes: number[] }>();
  for (const { track } of tracks) {
    const values = track.metric(set, metric);
    const { epoch, elapsed } = track.evaluations;
    for (let row = 0; row < values.length; row++) {
      const number = epoch.at(row);
      // Evaluations within an epoch come before the one at its end.
      const within = row + 1 < epoch.length && epoch.at(row + 1) === number;
      const value = values[row]!;
      if (within || number >= track.completeEpochs || (skipsNaN && Number.isNaN(value))) continue;
      const found = epochs.get(number) ?? { values: [], minutes: [] };
      found.values.push(value);
      found.minutes.push(elapsed.at(row) / 60);
      epochs.set(number, found);
    }
  }
  const rows = [...epochs].sort(([a], [b]) => a - b);
  const curve = (of: (values: readonly number[]) => number) =>
    Float64Array.from(rows, ([, { values }]) => of(values));
  return {
    xs: Float64Array.from(rows, ([epoch, { minutes }]) => (axis === "epochs" ? epoch + 1 : mean(minutes))),
    mean: curve(mean),
    low: curve((values) => Math.min(...values)),
    high: curve((values) => Math.max(...values)),
    counts: rows.map(([, { values }]) => values.length),
  };
}

/** One chart of `metric` over several tracks. @param pointed the one that is drawn as a line of its own */
export function meanFigure(
  metric: string,
  tracks: readonly NamedTrack[],
  settings: FigureSettings,
  words: FigureWords,
  pointed: string | null,
): Figure {
  const curves = (["train", "validation"] as const).flatMap((set) => {
    const curve = meanCurve(metric, set, tracks, settings.axis);
    return curve.xs.length === 0 ? [] : [{ set, curve }];
  });
  const single = tracks.find(({ id }) => id === pointed);
  return {
    id: metric,
    title: words.metric(metric),
    xLabel: settings.axis === "epochs" ? words.epochs : words.minutes,
    yLabel: words.metric(metric),
    series: [
      ...tracks.flatMap((named) => singles(metric, named, settings, words)),
      ...curves.map(({ set, curve }) => meanSeries(set, curve, metric, settings, words)),
      // Its row in the table names it: another line in the legend would move the chart.
      ...(single === undefined
        ? []
        : trackSeries(metric, single, false, settings, words).map((series) => ({ ...series, faint: true }))),
    ],
    marks: single === undefined ? [] : bestMarks(metric, single, false, settings, words),
    rules: [],
    logScale: settings.logScale,
    note: words.meanOf(tracks, fewerAfter(curves[0]?.curve.counts ?? [], tracks.length)),
    extent: commonExtent(tracks, settings),
  };
}

/** The lines that were averaged: faint, and only while somebody looks. */
function singles(
  metric: string,
  named: NamedTrack,
  settings: FigureSettings,
  words: FigureWords,
): readonly Series[] {
  return trackSeries(metric, named, false, { ...settings, smoothing: 0 }, words).map((series) => ({
    ...series,
    id: `${series.id}:single`,
    ghost: true,
    faint: true,
    onDemand: true,
  }));
}

function meanSeries(
  set: MetricSet,
  { xs, mean: means, low, high }: MeanCurve,
  metric: string,
  { smoothing }: FigureSettings,
  words: FigureWords,
): Series {
  const smoothed = (ys: Float64Array) => (smoothing === 0 ? ys : smooth(ys, smoothing));
  const label = words.meanLabel(words[set]);
  return {
    ...styleOf(set, 0, true),
    id: `mean:${set}`,
    label,
    xs,
    ys: smoothed(means),
    ...(smoothing === 0 ? {} : { measured: means }),
    band: {
      low: smoothed(low),
      high: smoothed(high),
      lowLabel: words.lowest(words[set]),
      highLabel: words.highest(words[set]),
    },
    ghost: false,
    canBeUndefined: canBeUndefined(metric),
  };
}

/** The last epoch, as people count, that all networks have reached, where some of them have gone on; null otherwise. */
function fewerAfter(counts: readonly number[], all: number): number | null {
  const first = counts.findIndex((count) => count < all);
  return first <= 0 ? null : first;
}
