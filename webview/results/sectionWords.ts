/** The words of the charts, in the language of the reader. */

import type { Measure } from "../../src/report/results/measures";
import { isUndefined } from "../../src/statistics/figure";
import { formatMetric } from "../shared/numbers";
import { shareText } from "./figureTexts";
import type { SectionWords } from "./model/sections";
import { text } from "./texts";

export const sectionWords = (label: string): SectionWords => ({
  note: noteOf,
  calibration: {
    title: text("calibrationTitle"),
    x: (name) => text("calibrationX", name),
    y: (name) => text("calibrationY", name),
    note: (error, bins, brier) => text("calibrationNote", shareText(error), bins, shareText(brier)),
    bin: (count, probability, share) => text("bin", count, shareText(probability), shareText(share)),
    perfect: text("perfect"),
    n: text("n"),
    lower: text("lower"),
    upper: text("upper"),
    bins: text("bins"),
  },
  curves: {
    rocTitle: text("rocTitle"),
    rocX: text("rocX"),
    rocY: text("rocY"),
    prTitle: text("prTitle"),
    prX: text("prX"),
    prY: text("prY"),
    band: text("band"),
    chance: text("chance"),
    threshold: text("threshold"),
    lower: text("lower"),
    upper: text("upper"),
    atThreshold: (threshold) => text("atThreshold", formatMetric(threshold)),
    rocPoint: (threshold, sensitivity, specificity) =>
      text("point", formatMetric(threshold), formatMetric(sensitivity), formatMetric(specificity)),
    prPoint: (threshold, precision, recall) =>
      text("prPoint", formatMetric(threshold), formatMetric(precision), formatMetric(recall)),
  },
  values: {
    predictedTitle: text("predictedTitle"),
    residualsTitle: text("residualsTitle"),
    blandAltmanTitle: text("blandAltmanTitle"),
    trueValue: text("trueValue", label),
    predictedValue: text("predictedValue", label),
    residual: text("residual"),
    identity: text("identity"),
    each: text("each"),
    participant: text("participant"),
    blandX: text("blandX"),
    bias: (value) => text("bias", formatMetric(value)),
    limit: (sign, value) => text("limit", `${sign}1.96`, formatMetric(value)),
    person: (name, truth, predicted) =>
      text("personValue", name, formatMetric(truth), formatMetric(predicted)),
    figure: (name, value) => text("personFigure", name, formatMetric(value)),
    byPerson: (figure) => text("byPersonTitle", figure),
    place: text("place"),
  },
});

/** "AUC 0.83 (0.71 to 0.92)". */
function noteOf({ name, value, interval }: Measure): string {
  if (isUndefined(value)) return "";
  const key = name === "AUC" ? "auc" : "ap";
  if (interval === null || isUndefined(interval)) return text(`${key}Note`, shareText(value));
  return text(`${key}Interval`, shareText(value), shareText(interval.lower), shareText(interval.upper));
}
