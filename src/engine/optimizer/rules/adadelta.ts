/** Adadelta (Zeiler 2012) as torch.optim.Adadelta with its default rho and epsilon. */
import { averageOfSquares } from "./movingAverage";
import type { UpdateRule } from "./updateRule";

const { fround, sqrt } = Math;
const RHO = fround(0.9);
const COMPLEMENT = fround(1 - 0.9);
const EPSILON = fround(1e-6);

export const adadelta: UpdateRule = {
  kernel: "adadelta",
  moments: ["square_avg", "acc_delta"],
  initialScalars: () => ({}),
  begin: ({ learningRate }) => [learningRate],
  plain(rate: number) {
    return (weights, gradient, squareAvg: Float32Array, accDelta: Float32Array) => {
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!;
        const square = averageOfSquares(squareAvg[i]!, RHO, g, COMPLEMENT);
        const numerator = fround(sqrt(fround(accDelta[i]! + EPSILON)));
        const delta = fround(fround(numerator / fround(sqrt(fround(square + EPSILON)))) * g);
        squareAvg[i] = square;
        accDelta[i] = averageOfSquares(accDelta[i]!, RHO, delta, COMPLEMENT);
        weights[i] = weights[i]! - fround(delta * rate);
      }
    };
  },
};
