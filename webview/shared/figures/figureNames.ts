/** How the figures of results are named and written, wherever a view shows them. */
import type { MetricNames } from "../metricNames";
import { formatDecimals } from "../numbers";
import { figureStrings } from "../strings";
import { textOf } from "../text";

const text = textOf(figureStrings);

const isFigure = (name: string): name is keyof typeof figureStrings => name in figureStrings;

/** "Log loss", "Sensitivity (AD)". */
export const nameOfFigure = (name: string, { metric }: Pick<MetricNames, "metric">): string =>
  isFigure(name) ? text(name) : metric(name);

/** The measure that is no figure but the probability of one: no p is 0. */
export const isProbability = (name: string): boolean => name === "BA_p";

/** "< 0.001", else three decimals. */
export const pText = (p: number): string =>
  p < 0.001 ? `< ${formatDecimals(0.001, 3)}` : formatDecimals(p, 3);
