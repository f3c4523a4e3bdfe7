import type { IntensityMethod } from "./method";
import { percentilesOf } from "./percentilesOf";

/** Values are clipped to two percentiles, which are brought to the ends of a range. */
export const percentile: IntensityMethod<"percentile"> = {
  measure: (chosen, { low, high }) => {
    const [least = 0, most = 0] = percentilesOf(chosen, [low, high]);
    return most > least ? [least, most] : null;
  },
  apply: (values, [least = 0, most = 1], { range: [bottom, top] }) => {
    const factor = (top - bottom) / (most - least);
    for (let i = 0; i < values.length; i++) {
      const value = Math.min(most, Math.max(least, values[i]!));
      values[i] = (value - least) * factor + bottom;
    }
  },
};
