import { formatMetric } from "../numbers";
import { runStrings } from "../strings";
import { textOf } from "../text";
import type { Series } from "./figure";

const text = textOf(runStrings);

/** A value of a line as it is read: of a metric that can be undefined, NaN and what was never measured are that. */
export function valueText(
  { canBeUndefined = false }: Pick<Series, "canBeUndefined">,
  value: number | undefined,
): string {
  return canBeUndefined && (value === undefined || Number.isNaN(value))
    ? text("undefined")
    : formatMetric(value);
}

/** The same with the name of its line, for who listens. */
export const spokenValue = (series: Series, value: number): string =>
  Number.isFinite(value) || series.canBeUndefined === true
    ? `${series.label} ${valueText(series, value)}`
    : text("notANumber", series.label);
