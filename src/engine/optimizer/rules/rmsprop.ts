/** RMSprop (Hinton 2012) as torch.optim.RMSprop with its defaults (no momentum). */
import { averageOfSquares } from "./movingAverage";
import type { UpdateRule } from "./updateRule";

const { fround, sqrt } = Math;
const ALPHA = fround(0.99);
const COMPLEMENT = fround(1 - 0.99);
const EPSILON = fround(1e-8);

export const rmsprop: UpdateRule = {
  kernel: "rmsprop",
  moments: ["square_avg"],
  initialScalars: () => ({}),
  begin: ({ learningRate }) => [learningRate],
  plain(rate: number) {
    return (weights, gradient, squareAvg: Float32Array) => {
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!;
        const square = averageOfSquares(squareAvg[i]!, ALPHA, g, COMPLEMENT);
        squareAvg[i] = square;
        weights[i] = weights[i]! - fround(fround(g * rate) / fround(fround(sqrt(square)) + EPSILON));
      }
    };
  },
};
