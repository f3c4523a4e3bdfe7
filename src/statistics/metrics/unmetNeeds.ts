/** Why a metric has no value, told from which other metrics of the same answers have one. */
import { METRICS } from "./metrics";
import type { Need } from "./needs";

/** Columns of an evaluation of a set: metrics, or `<metric>-<code>` for a class of more than two. */
export interface MeasuredColumns {
  readonly defined: readonly string[];
  readonly lacking: readonly string[];
}

/**
 * What the answers lack, of all that `column` needs. A metric with a value has all that it needs, one without a value lacks the
 * only thing that it needs and no other metric has; where that leaves nothing to name, all that may be lacking.
 */
export function unmetNeeds(column: string, measured: MeasuredColumns): readonly Need[] {
  const [, name = column, ofClass = ""] = /^(.+?)(-\d+)?$/.exec(column) ?? [];
  const amongst = (columns: readonly string[]) =>
    METRICS.filter((metric) => columns.includes(`${metric.name}${ofClass}`));
  const met = new Set(amongst(measured.defined).flatMap(needsOf));
  const open = (metric: (typeof METRICS)[number]) => needsOf(metric).filter((need) => !met.has(need));
  const lacking = new Set(
    amongst(measured.lacking).flatMap((metric) => (open(metric).length === 1 ? open(metric) : [])),
  );
  const possible = METRICS.filter((metric) => metric.name === name).flatMap(open);
  const certain = possible.filter((need) => lacking.has(need));
  return certain.length > 0 ? certain : possible;
}

const needsOf = (metric: (typeof METRICS)[number]): readonly Need[] =>
  "needs" in metric ? metric.needs : [];
