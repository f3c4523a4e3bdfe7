import type { BestEpochs } from "../../../src/run/events";
import { bestValue } from "../../../src/run/selection";
import { formatMetric } from "../../shared/numbers";
import { runStrings } from "../../shared/strings";
import { textOf } from "../../shared/text";

const text = textOf(runStrings);

/** What a best model reached; the table of one of ClinicaDL tells NaN where it is undefined. */
export const shownValue = (value: number | undefined): string =>
  Number.isNaN(value) ? text("undefined") : formatMetric(value);

/** The value at the best epoch by `metric`, or that the validation set leaves it undefined. */
export const shownBest = (metric: string, best: BestEpochs[string]): string =>
  shownValue(bestValue(metric, best) ?? Number.NaN);
