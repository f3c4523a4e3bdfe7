import type { IntensityMethod } from "./method";

/** (x - mean) / sd, with the sample's standard deviation (n - 1), as PyTorch's `std` and TorchIO's `ZNormalization`. */
export const zScore: IntensityMethod<"z-score"> = {
  measure: (chosen) => {
    let sum = 0;
    for (let i = 0; i < chosen.length; i++) sum += chosen[i]!;
    const mean = sum / chosen.length;
    let squares = 0;
    for (let i = 0; i < chosen.length; i++) squares += (chosen[i]! - mean) ** 2;
    const deviation = Math.sqrt(squares / (chosen.length - 1));
    return deviation > 0 ? [mean, deviation] : null;
  },
  apply: (values, [mean = 0, deviation = 1]) => {
    for (let i = 0; i < values.length; i++) values[i] = (values[i]! - mean) / deviation;
  },
};
