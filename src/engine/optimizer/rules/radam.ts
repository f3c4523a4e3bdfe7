/** RAdam (Liu et al. 2020) as torch.optim.RAdam with its defaults. */
import { averageOfSquares, lerp } from "./movingAverage";
import type { UpdateRule } from "./updateRule";

const { fround, sqrt } = Math;
const BETA1 = 0.9;
const BETA2 = 0.999;
const COMPLEMENT1 = fround(1 - BETA1);
const COMPLEMENT2 = fround(1 - BETA2);
const EPSILON = fround(1e-8);
/** Length of the moving average after infinitely many steps. */
const RHO_INFINITY = 2 / (1 - BETA2) - 1;

export const radam: UpdateRule = {
  kernel: "radam",
  moments: ["exp_avg", "exp_avg_sq"],
  initialScalars: () => ({}),
  begin: ({ step, learningRate }) => [
    learningRate,
    1 - BETA1 ** step,
    sqrt(1 - BETA2 ** step),
    rectificationOf(step),
  ],
  plain(rate: number, correction1: number, correction2: number, rectification: number) {
    const beta2 = fround(BETA2);
    return (weights, gradient, expAvg: Float32Array, expAvgSq: Float32Array) => {
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!;
        const m = lerp(expAvg[i]!, g, COMPLEMENT1);
        const v = averageOfSquares(expAvgSq[i]!, beta2, g, COMPLEMENT2);
        expAvg[i] = m;
        expAvgSq[i] = v;
        let step = fround(fround(m / correction1) * rate);
        if (rectification > 0) {
          const inverse = fround(1 / fround(fround(sqrt(v)) + EPSILON));
          step = fround(fround(step * fround(inverse * correction2)) * rectification);
        }
        weights[i] = weights[i]! - step;
      }
    };
  },
};

/** The factor that makes up for the variance of the adaptive step; 0 in the first steps, which are not adaptive. */
function rectificationOf(step: number): number {
  const rho = RHO_INFINITY - (2 * step * BETA2 ** step) / (1 - BETA2 ** step);
  if (rho <= 5) return 0;
  return sqrt(((rho - 4) * (rho - 2) * RHO_INFINITY) / ((RHO_INFINITY - 4) * (RHO_INFINITY - 2) * rho));
}
