/**
 * NAdam (Dozat 2016) as torch.optim.NAdam of PyTorch 2 with its defaults. (PyTorch 1 multiplied one momentum too many into
 * the product of the next step.)
 */
import { averageOfSquares, lerp } from "./movingAverage";
import type { UpdateRule } from "./updateRule";

const { fround, sqrt } = Math;
const BETA1 = 0.9;
const BETA2 = 0.999;
const COMPLEMENT1 = fround(1 - BETA1);
const COMPLEMENT2 = fround(1 - BETA2);
const EPSILON = fround(1e-8);
const MOMENTUM_DECAY = 4e-3;

/** Position of the product of the momenta of all steps so far. */
const MU_PRODUCT = 0;

export const nadam: UpdateRule = {
  kernel: "nadam",
  moments: ["exp_avg", "exp_avg_sq"],
  initialScalars: () => ({ mu_product: 1 }),
  begin({ step, scalars, learningRate }) {
    const mu = momentum(step);
    const nextMu = momentum(step + 1);
    const product = fround(scalars[MU_PRODUCT]! * fround(mu));
    scalars[MU_PRODUCT] = product;
    const gradientStep = (learningRate * (1 - mu)) / (1 - product);
    const averageStep = (learningRate * nextMu) / (1 - product * nextMu);
    return [gradientStep, averageStep, 1 - BETA2 ** step];
  },
  plain(gradientStep: number, averageStep: number, correction: number) {
    const beta2 = fround(BETA2);
    return (weights, gradient, expAvg: Float32Array, expAvgSq: Float32Array) => {
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!;
        const m = lerp(expAvg[i]!, g, COMPLEMENT1);
        const v = averageOfSquares(expAvgSq[i]!, beta2, g, COMPLEMENT2);
        const denominator = fround(fround(sqrt(fround(v / correction))) + EPSILON);
        const w = fround(weights[i]! - fround(fround(g * gradientStep) / denominator));
        expAvg[i] = m;
        expAvgSq[i] = v;
        weights[i] = w - fround(fround(m * averageStep) / denominator);
      }
    };
  },
};

const momentum = (step: number) => BETA1 * (1 - 0.5 * 0.96 ** (step * MOMENTUM_DECAY));
