/** Curves of tracks as figures: which line looks how, what is smoothed, where the best epochs and the threshold stand. */

import type { MetricSet, Track } from "../../../src/run/track";
import { canBeUndefined, lowerIsBetter } from "../../../src/statistics/metrics/metrics";
import type { Dash, Figure, Mark, PaletteColor, Rule, Series, Shape } from "../../shared/chart/figure";
import { PALETTE_SIZE } from "../../shared/chart/figure";
import { nearestIndex } from "../../shared/chart/nearest";
import { smooth } from "../../shared/chart/smoothing";

export interface FigureSettings {
  readonly axis: "epochs" | "time";
  /** Weight of the moving average, 0 (off) to 1 (not reached). */
  readonly smoothing: number;
  readonly logScale: boolean;
}

/** Words of the figures, in the language of the user. */
export interface FigureWords {
  readonly metric: (name: string) => string;
  /** Name of a metric within a sentence. */
  readonly short: (name: string) => string;
  readonly epochs: string;
  readonly minutes: string;
  readonly train: string;
  readonly validation: string;
  readonly eachBatch: string;
  readonly best: (metrics: string) => string;
  readonly threshold: (value: number) => string;
  /** Of a curve that is a mean, by its set: "Validation, mean". */
  readonly meanLabel: (set: string) => string;
  readonly lowest: (set: string) => string;
  readonly highest: (set: string) => string;
  /** What the mean is of. @param fewerAfter the last epoch, from 1, that all have reached; null where all that are there have */
  readonly meanOf: (tracks: readonly NamedTrack[], fewerAfter: number | null) => string;
}

export interface NamedTrack {
  readonly id: string;
  readonly label: string;
  readonly track: Track;
  /** Place among all tracks: gives colour and marker, whatever else is shown. */
  readonly place: number;
}

const SHAPES: readonly Shape[] = ["circle", "square", "triangle", "diamond", "cross"];

/** 6 colours x 5 markers: 30 runs look different, and differ by more than their colour. */
export function styleOfPlace(place: number): { readonly color: PaletteColor; readonly shape: Shape } {
  return {
    color: (place % PALETTE_SIZE) as PaletteColor,
    shape: SHAPES[place % SHAPES.length]!,
  };
}

const DASH = { train: "dashed", validation: "solid" } as const satisfies Record<MetricSet, Dash>;

/** With one track colours tell the sets apart, with several the tracks; the dash always tells the sets apart. */
export function styleOf(set: MetricSet, place: number, alone: boolean) {
  const dash = DASH[set];
  if (!alone) return { ...styleOfPlace(place), dash };
  return set === "train"
    ? ({ color: 0, shape: "square", dash } as const)
    : ({ color: 1, shape: "circle", dash } as const);
}

/** One chart of `metric` over `tracks`; `extent` when other tracks stand beside it. */
export function metricFigure(
  metric: string,
  tracks: readonly NamedTrack[],
  settings: FigureSettings,
  words: FigureWords,
  extent = commonExtent(tracks, settings),
): Figure {
  const alone = tracks.length === 1;
  return {
    id: metric,
    title: words.metric(metric),
    xLabel: settings.axis === "epochs" ? words.epochs : words.minutes,
    yLabel: words.metric(metric),
    series: tracks.flatMap((named) => trackSeries(metric, named, alone, settings, words)),
    marks: tracks.flatMap((named) => bestMarks(metric, named, alone, settings, words)),
    rules: alone && metric === "loss" ? thresholdRule(tracks[0]!.track, words) : [],
    logScale: settings.logScale && lowerIsBetter(metric),
    ...(alone
      ? {}
      : {
          legend: [
            { label: words.train, dash: DASH.train },
            { label: words.validation, dash: DASH.validation },
          ],
        }),
    extent,
  };
}

/** From the beginning of the training to the last value of any track: the range that all charts share. */
export function commonExtent(
  tracks: readonly NamedTrack[],
  settings: FigureSettings,
): readonly [number, number] {
  const ends = tracks.flatMap(({ track }) =>
    (["batches", "evaluations"] as const).map((of) => positions(track, of, settings).at(-1) ?? 0),
  );
  return [0, Math.max(...ends) || 1];
}

export function trackSeries(
  metric: string,
  { id, label, track, place }: NamedTrack,
  alone: boolean,
  settings: FigureSettings,
  words: FigureWords,
): readonly Series[] {
  const xs = positions(track, "evaluations", settings);
  const series: Series[] = [];
  if (alone && metric === "loss" && track.batches.loss.length > 0) {
    series.push({
      ...styleOf("train", place, alone),
      id: `${id}:batches:ghost`,
      label: words.eachBatch,
      xs: positions(track, "batches", settings),
      ys: track.batches.loss.view(),
      ghost: true,
    });
  }
  for (const set of ["train", "validation"] as const) {
    const measured = track.metric(set, metric);
    if (measured.length === 0 && !alone) continue;
    const line = {
      ...styleOf(set, place, alone),
      id: `${id}:${set}`,
      label: alone ? words[set] : `${label} · ${words[set]}`,
      xs: xs.subarray(0, measured.length),
      ghost: false,
      canBeUndefined: canBeUndefined(metric),
    };
    if (settings.smoothing === 0) series.push({ ...line, ys: measured });
    else
      series.push(
        { ...line, id: `${line.id}:ghost`, label: "", ys: measured, ghost: true },
        { ...line, ys: smooth(measured, settings.smoothing), measured },
      );
  }
  return series;
}

function positions(track: Track, of: "batches" | "evaluations", { axis }: FigureSettings): Float64Array {
  const columns = track[of];
  return axis === "epochs" ? columns.position.view() : columns.elapsed.view().map((seconds) => seconds / 60);
}

/** Best epochs on the validation curve; metrics that agree on an epoch share one mark. */
export function bestMarks(
  metric: string,
  { label, track, place }: NamedTrack,
  alone: boolean,
  settings: FigureSettings,
  words: FigureWords,
): readonly Mark[] {
  const metricsOf = new Map<number, string[]>();
  for (const [name, { epoch }] of Object.entries(track.best))
    metricsOf.set(epoch, [...(metricsOf.get(epoch) ?? []), words.short(name)]);
  return [...metricsOf].flatMap(([epoch, names]) => {
    const row = nearestIndex(track.evaluations.position.view(), epoch + 1);
    const y = track.metric("validation", metric)[row];
    if (y === undefined || !Number.isFinite(y)) return [];
    const x = positions(track, "evaluations", settings)[row]!;
    const best = words.best(names.join(", "));
    return [
      {
        label: alone ? best : `${label} · ${best}`,
        x,
        y,
        color: styleOf("validation", place, alone).color,
        shape: "star" as const,
        labelAt: lowerIsBetter(metric) ? ("top" as const) : ("bottom" as const),
      },
    ];
  });
}

function thresholdRule({ stopping }: Track, words: FigureWords): readonly Rule[] {
  if (stopping === null || stopping.patience === 0 || stopping.threshold === null) return [];
  return [{ y: stopping.threshold, label: words.threshold(stopping.threshold) }];
}
