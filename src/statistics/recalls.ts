import { type ConfusionMatrix, countsOf } from "./confusion";
import { isDefined } from "./metrics/needs";
import { sensitivity } from "./metrics/sensitivity";

/** Sensitivity of each class, by code; NaN for a class without samples. */
export function recalls(confusion: ConfusionMatrix): readonly number[] {
  return confusion.map((_, code) => {
    const counts = countsOf(confusion, code);
    return isDefined(sensitivity, counts) ? sensitivity.compute(counts) : Number.NaN;
  });
}
