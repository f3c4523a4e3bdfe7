/** RAdam (Liu et al. 2020) as torch.optim.RAdam with its defaults, each operation rounded to float32. */
import type { BlockUpdate, UpdateRule } from "./updateRule";

const { fround, sqrt } = Math;
const BETA1 = 0.9;
const BETA2 = 0.999;
const COMPLEMENT1 = fround(1 - BETA1);
const COMPLEMENT2 = fround(1 - BETA2);
const EPSILON = fround(1e-8);
/** Length of the moving average of an infinitely long run. */
const RHO_INFINITY = 2 / (1 - BETA2) - 1;

export const radam: UpdateRule = {
  moments: ["exp_avg", "exp_avg_sq"],
  initialScalars: () => ({}),
  begin({ step, learningRate }): BlockUpdate {
    const rate = fround(learningRate);
    const beta2 = fround(BETA2);
    const correction1 = fround(1 - BETA1 ** step);
    const correction2 = fround(sqrt(1 - BETA2 ** step));
    const rectification = rectificationOf(step);
    const rectify = fround(rectification ?? 1);
    return (weights, gradient, expAvg: Float32Array, expAvgSq: Float32Array) => {
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!;
        const m = fround(expAvg[i]! + fround(fround(g - expAvg[i]!) * COMPLEMENT1));
        const v = fround(fround(expAvgSq[i]! * beta2) + fround(fround(g * COMPLEMENT2) * g));
        expAvg[i] = m;
        expAvgSq[i] = v;
        const plainStep = fround(fround(m / correction1) * rate);
        const inverse = fround(1 / fround(fround(sqrt(v)) + EPSILON));
        const adaptiveStep = fround(fround(plainStep * fround(inverse * correction2)) * rectify);
        weights[i] = weights[i]! - (rectification === undefined ? plainStep : adaptiveStep);
      }
    };
  },
};

/** The factor that makes up for the variance of the adaptive step; undefined in the first steps, which are not adaptive. */
function rectificationOf(step: number): number | undefined {
  const rho = RHO_INFINITY - (2 * step * BETA2 ** step) / (1 - BETA2 ** step);
  if (rho <= 5) return undefined;
  return sqrt(((rho - 4) * (rho - 2) * RHO_INFINITY) / ((RHO_INFINITY - 4) * (RHO_INFINITY - 2) * rho));
}
