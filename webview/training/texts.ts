/** Words of the training panel as its functions need them. */
import type { MetricNames } from "../shared/metricNames";
import { formatMetric } from "../shared/numbers";
import { textOf } from "../shared/text";
import type { TrackInfo } from "./messages";
import type { FigureWords, NamedTrack } from "./model/figures";
import { trainingStrings } from "./strings";

export const text = textOf(trainingStrings);

export function trackName({ split, network }: TrackInfo): string {
  const splitName = text("split", split);
  return network === null ? splitName : `${splitName}, ${text("network", network)}`;
}

/** Whether they differ by their split alone: networks of parts are networks. */
export const areSplits = (tracks: readonly NamedTrack[]): boolean =>
  tracks.every(({ id }) => !id.includes("/"));

export const figureWords = (names: MetricNames): FigureWords => ({
  ...names,
  get epochs() {
    return text("epochs");
  },
  get minutes() {
    return text("minutes");
  },
  get train() {
    return text("train");
  },
  get validation() {
    return text("validation");
  },
  get eachBatch() {
    return text("eachBatch");
  },
  best: (metrics) => text("best", metrics),
  meanLabel: (set) => text("meanLabel", set),
  lowest: (set) => text("lowest", set),
  highest: (set) => text("highest", set),
  meanOf: (tracks, fewerAfter) => {
    const mean = text(areSplits(tracks) ? "meanOfSplits" : "meanOfNetworks", tracks.length);
    return fewerAfter === null ? mean : text("fewerAfter", mean, fewerAfter);
  },
  threshold: (value) => text("threshold", formatMetric(value)),
});
