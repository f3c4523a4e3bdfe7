/** Adagrad (Duchi, Hazan and Singer 2011) as torch.optim.Adagrad with its defaults. */
import type { UpdateRule } from "./updateRule";

const { fround, sqrt } = Math;
const EPSILON = fround(1e-10);

export const adagrad: UpdateRule = {
  kernel: "adagrad",
  moments: ["sum"],
  initialScalars: () => ({}),
  begin: ({ learningRate }) => [learningRate],
  plain(rate: number) {
    return (weights, gradient, sums: Float32Array) => {
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!;
        const sum = fround(sums[i]! + fround(g * g));
        sums[i] = sum;
        weights[i] = weights[i]! - fround(fround(g * rate) / fround(fround(sqrt(sum)) + EPSILON));
      }
    };
  },
};
