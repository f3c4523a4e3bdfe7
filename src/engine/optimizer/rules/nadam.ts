/**
 * NAdam (Dozat 2016) as torch.optim.NAdam of PyTorch 2 with its defaults, each operation rounded to float32. (PyTorch 1
 * multiplied one momentum too many into the product of the next step.)
 */
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
  moments: ["exp_avg", "exp_avg_sq"],
  initialScalars: () => ({ mu_product: 1 }),
  begin({ step, scalars, learningRate }) {
    const mu = momentum(step);
    const nextMu = momentum(step + 1);
    const product = fround(scalars[MU_PRODUCT]! * fround(mu));
    scalars[MU_PRODUCT] = product;
    const gradientStep = fround((learningRate * (1 - mu)) / (1 - product));
    const averageStep = fround((learningRate * nextMu) / (1 - product * nextMu));
    const beta2 = fround(BETA2);
    const correction = fround(1 - BETA2 ** step);
    return (weights, gradient, expAvg: Float32Array, expAvgSq: Float32Array) => {
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!;
        const m = fround(expAvg[i]! + fround(fround(g - expAvg[i]!) * COMPLEMENT1));
        const v = fround(fround(expAvgSq[i]! * beta2) + fround(fround(g * COMPLEMENT2) * g));
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
