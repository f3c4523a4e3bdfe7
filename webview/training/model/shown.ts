/** What of a run is shown: the current track, the tracks with curves, the metrics with a chart. */

import type { Track } from "../../../src/run/track";
import { leadingMetrics } from "../../../src/statistics/metrics/metrics";
import { type Figure, type View, xExtent, yExtent } from "../../shared/chart/figure";
import type { RunInfo } from "../messages";
import type { DisplaySettings } from "../settings";
import type { NamedTrack } from "./figures";

/** Without a mean: above this many tracks only the current one is drawn until the user asks for more. */
const MANY_TRACKS = 12;

/** The track that the user chose, else the one that trains, else the first that has something to show. */
export function currentTrack(
  tracks: readonly NamedTrack[],
  settings: DisplaySettings,
): NamedTrack | undefined {
  return (
    tracks.find(({ id }) => id === settings.current) ??
    tracks.find(({ track }) => track.start !== null && track.end === null) ??
    tracks.find(({ track }) => track.epochs.length > 0) ??
    tracks[0]
  );
}

export function shownTracks(
  tracks: readonly NamedTrack[],
  current: NamedTrack,
  { shown, layout }: DisplaySettings,
): readonly NamedTrack[] {
  if (shown !== null) return tracks.filter(({ id }) => shown.includes(id));
  return layout !== "mean" && tracks.length > MANY_TRACKS ? [current] : tracks;
}

/** The metrics that the user chose, else those that matter for the task. */
export function chartedMetrics(
  run: RunInfo,
  available: readonly string[],
  settings: DisplaySettings,
): readonly string[] {
  if (settings.metrics !== null) return settings.metrics.filter((metric) => available.includes(metric));
  const wanted = new Set<string>(["loss", ...leadingMetrics(run.task), ...run.selectionMetrics]);
  return [...wanted].filter((metric) => available.includes(metric));
}

/** Side by side, charts of a metric share their range of y as well: what is higher is drawn higher. */
export function withCommonRange(figures: readonly Figure[], view: View): readonly Figure[] {
  const ranges = figures.map((figure) => yExtent(figure, view.x ?? xExtent(figure)));
  const low = Math.min(...ranges.map(([min]) => min));
  const high = Math.max(...ranges.map(([, max]) => max));
  return figures.map((figure) => ({ ...figure, extentY: [low, high] }));
}

/** Class names by code: the log knows them even where the experiment left them to the data. */
export function classesOf(run: RunInfo, { start }: Track): readonly string[] {
  return start !== null && start.classes.length > 0 ? start.classes : run.classes;
}
