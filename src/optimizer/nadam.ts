import { averageOfSquares, descend, movingAverage } from "./arithmetic";
import { defineOptimizer, defineRule } from "./definition";
import { BETAS, epsilon } from "./hyperparameter";

/**
 * torch.optim.NAdam of PyTorch 2 (Dozat 2016). PyTorch 1 multiplied one momentum too many into the product of the next step.
 */
export const nadam = defineOptimizer({
  text: "Adam that looks one step of momentum ahead (Dozat 2016).",
  usualRate: 0.002,
  hyperparameters: {
    betas: BETAS,
    eps: epsilon(1e-8),
    momentum_decay: {
      kind: "number",
      default: 4e-3,
      bounds: { least: 0 },
      text: "How fast momentum rises to its full share in the first steps.",
    },
  },
  weightDecay: "gradient",
  rule({ betas: [beta1, beta2], eps, momentum_decay }) {
    const momentum = (step: number) => beta1 * (1 - 0.5 * 0.96 ** (step * momentum_decay));
    return defineRule({
      moments: { exp_avg: 0, exp_avg_sq: 0 },
      /** The product of the momenta of all steps so far. */
      initialScalars: () => ({ mu_product: 1 }),
      begin({ step, learningRate, scalars }) {
        const [mu, nextMu] = [momentum(step), momentum(step + 1)];
        const product = Math.fround(scalars.mu_product * Math.fround(mu));
        return {
          constants: {
            gradientStep: (learningRate * (1 - mu)) / (1 - product),
            averageStep: (learningRate * nextMu) / (1 - product * nextMu),
            correction: 1 - beta2 ** step,
          },
          scalars: { mu_product: product },
        };
      },
      formula(o, { weights, gradient, moments, constants: { gradientStep, averageStep, correction } }) {
        const exp_avg = movingAverage(o, moments.exp_avg, beta1, gradient);
        const exp_avg_sq = averageOfSquares(o, moments.exp_avg_sq, beta2, gradient);
        const denominator = o.add(o.sqrt(o.div(exp_avg_sq, correction)), o.constant(eps));
        const byGradient = descend(o, weights, gradient, gradientStep, denominator);
        return {
          weights: descend(o, byGradient, exp_avg, averageStep, denominator),
          moments: { exp_avg, exp_avg_sq },
        };
      },
    });
  },
});
