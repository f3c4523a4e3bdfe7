/** Words of the training panel as its functions need them. */
import { formatMetric } from "../shared/numbers";
import { textOf } from "../shared/text";
import type { TrackInfo } from "./messages";
import type { FigureWords } from "./model/figures";
import { trainingStrings } from "./strings";

export const text = textOf(trainingStrings);

/** Name of a metric for a reader: "BA" is "Balanced accuracy"; what has no longer name keeps its own. */
export function metricName(metric: string): string {
  switch (metric) {
    case "loss":
    case "BA":
    case "accuracy":
    case "F1_score":
    case "sensitivity":
    case "specificity":
      return text(metric);
    default:
      return metric;
  }
}

/** Name of a metric within a sentence or a narrow place: "loss", "BA". */
export const shortMetricName = (metric: string): string =>
  metric === "loss" ? text("loss").toLocaleLowerCase() : metric;

export function trackName({ split, network }: TrackInfo): string {
  const splitName = text("split", split);
  return network === null ? splitName : `${splitName}, ${text("network", network)}`;
}

export const figureWords: FigureWords = {
  metric: metricName,
  short: shortMetricName,
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
};
