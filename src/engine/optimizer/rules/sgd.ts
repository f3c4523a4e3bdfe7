/** Stochastic gradient descent as torch.optim.SGD with its defaults (no momentum). */
import type { UpdateRule } from "./updateRule";

const { fround } = Math;

export const sgd: UpdateRule = {
  kernel: "sgd",
  moments: [],
  initialScalars: () => ({}),
  begin: ({ learningRate }) => [learningRate],
  plain(rate: number) {
    return (weights, gradient) => {
      for (let i = 0; i < weights.length; i++) weights[i] = weights[i]! - fround(gradient[i]! * rate);
    };
  },
};
