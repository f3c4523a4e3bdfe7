/**
 * Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019) as torch.optim.Adam and torch.optim.AdamW with their
 * default betas and epsilon.
 */
import { averageOfSquares, lerp } from "./movingAverage";
import type { UpdateRule } from "./updateRule";

const { fround, sqrt } = Math;
const BETA1 = 0.9;
const BETA2 = 0.999;
const COMPLEMENT1 = fround(1 - BETA1);
const COMPLEMENT2 = fround(1 - BETA2);
const EPSILON = fround(1e-8);

/** AdamW: its weight decay does not go into the gradient but shrinks the weights. Without it, Adam. */
export function adamW(weightDecay: number): UpdateRule {
  return {
    kernel: "adam",
    moments: ["exp_avg", "exp_avg_sq"],
    initialScalars: () => ({}),
    begin: ({ step, learningRate }) => [
      1 - learningRate * weightDecay,
      learningRate / (1 - BETA1 ** step),
      sqrt(1 - BETA2 ** step),
    ],
    plain(shrink: number, stepSize: number, correction: number) {
      const beta2 = fround(BETA2);
      return (weights, gradient, expAvg: Float32Array, expAvgSq: Float32Array) => {
        for (let i = 0; i < weights.length; i++) {
          const g = gradient[i]!;
          const m = lerp(expAvg[i]!, g, COMPLEMENT1);
          const v = averageOfSquares(expAvgSq[i]!, beta2, g, COMPLEMENT2);
          const denominator = fround(fround(fround(sqrt(v)) / correction) + EPSILON);
          expAvg[i] = m;
          expAvgSq[i] = v;
          weights[i] = fround(weights[i]! * shrink) - fround(fround(m * stepSize) / denominator);
        }
      };
    },
  };
}

export const adam = adamW(0);
