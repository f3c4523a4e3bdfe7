import type { Spread } from "../../../src/statistics/spread";
import { formatMetric } from "../numbers";
import { runStrings } from "../strings";
import { textOf } from "../text";

const text = textOf(runStrings);

/** "0.7346 ± 0.0022 (1 undefined)": what is no number is said, and takes no part in the mean; "–" where nothing was measured. */
export function spreadText({ mean, deviation, count, notNumbers, undefinedValues }: Spread): string {
  if (count === 0 && notNumbers === 0 && undefinedValues > 0) return text("undefined");
  if (count === 0) return notNumbers > 0 ? "NaN" : "–";
  const numbers = count === 1 ? formatMetric(mean) : `${formatMetric(mean)} ± ${formatMetric(deviation)}`;
  const others = [
    ...(notNumbers === 0 ? [] : [`${notNumbers} NaN`]),
    ...(undefinedValues === 0 ? [] : [text("undefinedCount", undefinedValues)]),
  ];
  return others.length === 0 ? numbers : `${numbers} (${others.join(", ")})`;
}
