import { extentOf, minMax as scale } from "../batches/normalise";
import type { IntensityMethod } from "./method";

/** ClinicaDL's: (x - min) / (max - min). */
export const minMax: IntensityMethod<"min-max"> = {
  measure: (chosen) => {
    const { min, max } = extentOf(chosen);
    return max > min ? [min, max] : null;
  },
  apply: (values, [min = 0, max = 1]) => scale(values, { min, max }),
};
