/** How figures are named and excused, in the language of the reader. */

import type { Measure } from "../../src/report/results/measures";
import { FIGURE_REASONS, INSTEAD_OF_DELONG } from "../../src/run/figureWords";
import type { WhyUndefined } from "../../src/statistics/figure";
import type { Interval } from "../../src/statistics/intervals/interval";
import { nameOfFigure } from "../shared/figures/figureNames";
import { type MetricNames, metricNames } from "../shared/metricNames";
import { formatDecimals } from "../shared/numbers";
import { textOf } from "../shared/text";
import { text } from "./texts";

const reasons = textOf(FIGURE_REASONS);
const insteads = textOf(INSTEAD_OF_DELONG);

export const whyText = (why: WhyUndefined): string => reasons(why);

/** Why an interval of an AUC is not DeLong's own; "" where it is. */
export function insteadText(interval: Interval): string {
  const instead = "instead" in interval ? interval.instead : null;
  const known = Object.keys(INSTEAD_OF_DELONG).find((name) => name === instead);
  return known === undefined ? "" : insteads(known as keyof typeof INSTEAD_OF_DELONG);
}

/** "Sensitivity (AD)", of one class of three with that class. */
export function figureName({ name, code }: Pick<Measure, "name" | "code">, names: MetricNames): string {
  // Of three classes or more, names say no class by themselves.
  const known = nameOfFigure(name, code === null ? names : metricNames([]));
  return code === null ? known : text("ofOneClass", known, names.classes[code] ?? String(code));
}

/** Three decimals: more is not known of any group that is not enormous. */
export const shareText = (value: number): string => formatDecimals(value, 3);
