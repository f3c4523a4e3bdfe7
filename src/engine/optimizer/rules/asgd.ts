/**
 * Averaged stochastic gradient descent (Polyak and Juditsky 1992) as torch.optim.ASGD with its defaults. `ax` is the average
 * of the weights since step T0 and the weights themselves before; as in PyTorch, nothing reads it.
 */
import { lerp } from "./movingAverage";
import type { UpdateRule } from "./updateRule";

const { fround } = Math;
const LAMBDA = 1e-4;
const ALPHA = 0.75;
const T0 = 1e6;

/** Positions of the scalars: the rate of the next step, and the weight of the next weights in the average. */
const ETA = 0;
const MU = 1;

export const asgd: UpdateRule = {
  kernel: "asgd",
  moments: ["ax"],
  initialScalars: (learningRate) => ({ eta: learningRate, mu: 1 }),
  begin({ step, scalars, learningRate }) {
    const eta = scalars[ETA]!;
    const mu = scalars[MU]!;
    scalars[ETA] = learningRate / (1 + LAMBDA * learningRate * step) ** ALPHA;
    scalars[MU] = 1 / Math.max(1, step - T0);
    return [1 - LAMBDA * eta, eta, mu];
  },
  plain(shrink: number, eta: number, mu: number) {
    return (weights, gradient, averages: Float32Array) => {
      for (let i = 0; i < weights.length; i++) {
        const w = fround(fround(weights[i]! * shrink) - fround(gradient[i]! * eta));
        weights[i] = w;
        averages[i] = mu === 1 ? w : lerp(averages[i]!, w, mu);
      }
    };
  },
};
