/** How far two models are apart in a figure. */
import { type Figure, isUndefined } from "../../statistics/figure";
import type { Interval } from "../../statistics/intervals/interval";
import type { Figures } from "./figuresOfPeople";

export interface FigureDifference {
  readonly measure: string;
  /** First less second. */
  readonly difference: Figure;
  readonly interval: Figure<IntervalOfDifference>;
}

/** Of 95 %. */
export interface IntervalOfDifference extends Interval {
  /** How often people were drawn again; not given where a formula made it. */
  readonly resamples?: number;
}

/** Of the figures that both have, the first less the second. */
export const lessOf = (first: Figures, second: Figures): Figures =>
  Object.fromEntries(
    Object.entries(first).flatMap(([name, one]) => {
      const other = second[name];
      if (other === undefined) return [];
      return [[name, isUndefined(one) ? one : isUndefined(other) ? other : one - other]];
    }),
  );
