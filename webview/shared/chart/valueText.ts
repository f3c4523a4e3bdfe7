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

/** "(0.38 – 0.46)" */
export const rangeText = ([low, high]: readonly [number, number]): string =>
  `(${formatMetric(low)} – ${formatMetric(high)})`;

/** The same with the name of its line, for who listens. */
export const spokenValue = (
  series: Series,
  value: number,
  range: readonly [number, number] | null = null,
): string =>
  Number.isFinite(value) || series.canBeUndefined === true
    ? `${series.label} ${valueText(series, value)}${range === null ? "" : ` ${rangeText(range)}`}`
    : text("notANumber", series.label);
