/**
 * Averaged stochastic gradient descent (Polyak and Juditsky 1992) as torch.optim.ASGD with its defaults, each operation
 * rounded to float32. `ax` is the average of the weights since step T0; as in PyTorch, the weights themselves go on without it.
 */
import type { UpdateRule } from "./updateRule";

const { fround } = Math;
const LAMBDA = 1e-4;
const ALPHA = 0.75;
const T0 = 1e6;

/** Positions of the scalars. */
const ETA = 0;
const MU = 1;

export const asgd: UpdateRule = {
  moments: ["ax"],
  initialScalars: (learningRate) => ({ eta: learningRate, mu: 1 }),
  begin({ step, scalars, learningRate }) {
    const eta = scalars[ETA]!;
    const mu = scalars[MU]!;
    const shrink = fround(1 - LAMBDA * eta);
    scalars[ETA] = learningRate / (1 + LAMBDA * learningRate * step) ** ALPHA;
    scalars[MU] = 1 / Math.max(1, step - T0);
    return (weights, gradient, averages: Float32Array) => {
      for (let i = 0; i < weights.length; i++) {
        const w = fround(fround(weights[i]! * shrink) - fround(gradient[i]! * eta));
        const average = averages[i]!;
        weights[i] = w;
        averages[i] = mu === 1 ? w : average + fround(fround(w - average) * mu);
      }
    };
  },
};
