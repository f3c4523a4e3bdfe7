/** The curves of compared runs as one chart. */
import { canBeUndefined, lowerIsBetter } from "../../../src/statistics/metrics/metrics";
import { type Dash, type Figure, PALETTE_SIZE, type Series } from "../../shared/chart/figure";
import { smooth } from "../../shared/chart/smoothing";
import { styleOfPlace } from "../../training/model/figures";
import type { ComparedRun, ComparedTrack } from "../messages";

/** Above this many runs only those that are pinned or pointed at are distinct. */
export const MOST_DISTINCT = 12;

export interface CompareView {
  readonly metric: string;
  readonly sets: "train" | "validation" | "both";
  readonly smoothing: number;
  readonly logScale: boolean;
}

export interface CompareWords {
  readonly metric: string;
  readonly epochs: string;
  readonly train: string;
  readonly validation: string;
  readonly track: (run: ComparedRun, track: ComparedTrack) => string;
}

const DASHES: readonly Dash[] = ["solid", "dashed", "dotted", "dashDot"];

/** Colour and marker tell the run; the dash tells the set when both are drawn, and more runs apart when one is. */
export function runStyle(place: number) {
  return { ...styleOfPlace(place), dash: DASHES[Math.floor(place / PALETTE_SIZE) % DASHES.length]! };
}

/**
 * The curves of the runs `of`, which are of one task.
 * @param all compared runs, among which each has its look
 * @param distinct paths of the runs that are pinned or pointed at
 */
export function compareFigure(
  all: readonly ComparedRun[],
  of: readonly ComparedRun[],
  view: CompareView,
  distinct: ReadonlySet<string>,
  words: CompareWords,
): Figure {
  const crowded = of.length > MOST_DISTINCT;
  const series = of.flatMap((run) =>
    runSeries(run, all.indexOf(run), view, crowded && !distinct.has(run.maps), words),
  );
  return {
    id: view.metric,
    title: words.metric,
    xLabel: words.epochs,
    yLabel: words.metric,
    // What is distinct lies over what is faint.
    series: series.toSorted((a, b) => Number(b.ghost) - Number(a.ghost)),
    marks: [],
    rules: [],
    logScale: view.logScale && lowerIsBetter(view.metric),
  };
}

function runSeries(
  run: ComparedRun,
  place: number,
  { metric, sets, smoothing }: CompareView,
  faint: boolean,
  words: CompareWords,
): readonly Series[] {
  const shown = sets === "both" ? (["train", "validation"] as const) : [sets];
  return run.tracks.flatMap((track) =>
    shown.flatMap((set): readonly Series[] => {
      const measured = track.metrics[`${set}.${metric}`];
      if (measured === undefined) return [];
      const style = runStyle(place);
      const name = words.track(run, track);
      return [
        {
          ...style,
          ...(sets === "both" ? SET_STYLES[set] : {}),
          id: `${run.maps}:${track.split}:${track.network ?? ""}:${set}`,
          label: sets === "both" ? `${name} · ${words[set]}` : name,
          xs: track.positions,
          ys: smoothing === 0 ? measured : smooth(measured, smoothing),
          measured,
          canBeUndefined: canBeUndefined(metric),
          ghost: faint,
          faint,
        },
      ];
    }),
  );
}

const SET_STYLES = { train: { dash: "dashed" }, validation: { dash: "solid" } } as const;
