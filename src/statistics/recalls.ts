import { type ConfusionMatrix, countsOf } from "./confusion";
import { sensitivity } from "./metrics/sensitivity";

/** Sensitivity of each class, by code; NaN for a class without samples. */
export function recalls(confusion: ConfusionMatrix): readonly number[] {
  return confusion.map((_, code) => {
    const counts = countsOf(confusion, code);
    return sensitivity.defined(counts) ? sensitivity.compute(counts) : Number.NaN;
  });
}
