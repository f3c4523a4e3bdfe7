/** How figures are named and excused, in the language of the reader. */
import type { WhyUndefined } from "../../src/statistics/figure";
import type { MetricNames } from "../shared/metricNames";
import { formatDecimals } from "../shared/numbers";
import { textOf } from "../shared/text";
import type { FigureName } from "./model/figureRows";
import { resultsFigureStrings } from "./strings";

const text = textOf(resultsFigureStrings);

export const whyText = (why: WhyUndefined): string => text(why);

/** Of an interval: its name in the field. */
export function methodName(method: string): string {
  const known = Object.keys(resultsFigureStrings).find((name) => name === method);
  return known === undefined ? method : text(known as keyof typeof resultsFigureStrings);
}

export const figureName = (name: FigureName, names: MetricNames): string => {
  switch (name) {
    case "AUC":
    case "AP":
    case "PPV":
    case "NPV":
      return text(name);
    default:
      return names.metric(name);
  }
};

/** Three decimals: more is not known of any group that is not enormous. */
export const shareText = (value: number): string => formatDecimals(value, 3);
