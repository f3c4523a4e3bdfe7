/** RMSprop (Hinton 2012) as torch.optim.RMSprop with its defaults (no momentum), each operation rounded to float32. */
import type { UpdateRule } from "./updateRule";

const { fround, sqrt } = Math;
const ALPHA = fround(0.99);
const COMPLEMENT = fround(1 - 0.99);
const EPSILON = fround(1e-8);

export const rmsprop: UpdateRule = {
  moments: ["square_avg"],
  initialScalars: () => ({}),
  begin({ learningRate }) {
    const rate = fround(learningRate);
    return (weights, gradient, squareAvg: Float32Array) => {
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!;
        const square = fround(fround(squareAvg[i]! * ALPHA) + fround(fround(g * COMPLEMENT) * g));
        squareAvg[i] = square;
        weights[i] = weights[i]! - fround(fround(g * rate) / fround(fround(sqrt(square)) + EPSILON));
      }
    };
  },
};
