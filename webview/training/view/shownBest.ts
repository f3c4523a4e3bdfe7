import type { TemplateResult } from "lit";
import type { BestEpochs } from "../../../src/run/events";
import { bestValue } from "../../../src/run/selection";
import { measuredColumns } from "../../../src/run/undefinedReasons";
import { explained } from "../../shared/explained";
import { whyUndefined } from "../../shared/figures/whyUndefined";
import type { MetricNames } from "../../shared/metricNames";
import { formatMetric } from "../../shared/numbers";
import { runStrings } from "../../shared/strings";
import { textOf } from "../../shared/text";

const text = textOf(runStrings);

/** What a best model reached; the table of one of ClinicaDL tells NaN where it is undefined. */
export const shownValue = (value: number | undefined): string =>
  Number.isNaN(value) ? text("undefined") : formatMetric(value);

/** The value at the best epoch by `metric`, or that the validation set leaves it undefined, and why. */
export function shownBest(
  metric: string,
  best: BestEpochs[string],
  { classes }: MetricNames,
): TemplateResult | string {
  const value = bestValue(metric, best);
  if (value !== null) return shownValue(value);
  const measured = measuredColumns(best.validation, best.undefinedMetrics ?? []);
  return explained(text("undefined"), whyUndefined(metric, measured, classes));
}
