/** Words of the training panel as its functions need them. */
import type { MetricNames } from "../shared/metricNames";
import { formatMetric } from "../shared/numbers";
import { textOf } from "../shared/text";
import type { TrackInfo } from "./messages";
import type { FigureWords } from "./model/figures";
import { trainingStrings } from "./strings";

export const text = textOf(trainingStrings);

export function trackName({ split, network }: TrackInfo): string {
  const splitName = text("split", split);
  return network === null ? splitName : `${splitName}, ${text("network", network)}`;
}

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
  threshold: (value) => text("threshold", formatMetric(value)),
});
