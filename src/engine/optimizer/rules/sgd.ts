/** Stochastic gradient descent as torch.optim.SGD with its defaults (no momentum), each operation rounded to float32. */
import type { UpdateRule } from "./updateRule";

const { fround } = Math;

export const sgd: UpdateRule = {
  moments: [],
  initialScalars: () => ({}),
  begin({ learningRate }) {
    const rate = fround(learningRate);
    return (weights, gradient) => {
      for (let i = 0; i < weights.length; i++) weights[i] = weights[i]! - fround(gradient[i]! * rate);
    };
  },
};
