/** Adamax (Kingma and Ba 2015, section 7.1) as torch.optim.Adamax with its defaults. */
import { lerp } from "./movingAverage";
import type { UpdateRule } from "./updateRule";

const { abs, fround, max } = Math;
const BETA1 = 0.9;
const BETA2 = fround(0.999);
const COMPLEMENT1 = fround(1 - BETA1);
const EPSILON = fround(1e-8);

export const adamax: UpdateRule = {
  kernel: "adamax",
  moments: ["exp_avg", "exp_inf"],
  initialScalars: () => ({}),
  begin: ({ step, learningRate }) => [learningRate / (1 - BETA1 ** step)],
  plain(stepSize: number) {
    return (weights, gradient, expAvg: Float32Array, expInf: Float32Array) => {
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!;
        const m = lerp(expAvg[i]!, g, COMPLEMENT1);
        const norm = max(fround(expInf[i]! * BETA2), fround(abs(g) + EPSILON));
        expAvg[i] = m;
        expInf[i] = norm;
        weights[i] = weights[i]! - fround(fround(m * stepSize) / norm);
      }
    };
  },
};
