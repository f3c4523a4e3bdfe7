import { averageOfSquares, descend, movingAverage } from "./arithmetic";
import { defineOptimizer, defineRule, type UpdateRule } from "./definition";
import { AMSGRAD, BETAS, epsilon, type Settings } from "./hyperparameter";

export const adamHyperparameters = { betas: BETAS, eps: epsilon(1e-8), amsgrad: AMSGRAD } as const;

/**
 * Of Adam and of AdamW, which shrinks the weights first.
 * @param shrinkOf factor of the weights in a step
 */
export function adamRule(
  { betas: [beta1, beta2], eps, amsgrad }: Settings<typeof adamHyperparameters>,
  shrinkOf: (learningRate: number, weightDecay: number) => number,
): UpdateRule {
  return defineRule({
    moments: { exp_avg: 0, exp_avg_sq: 0, ...(amsgrad && { max_exp_avg_sq: 0 }) },
    begin: ({ step, learningRate, weightDecay }) => ({
      constants: {
        shrink: shrinkOf(learningRate, weightDecay),
        stepSize: learningRate / (1 - beta1 ** step),
        correction: Math.sqrt(1 - beta2 ** step),
      },
    }),
    formula(o, { weights, gradient, moments, constants: { shrink, stepSize, correction } }) {
      const exp_avg = movingAverage(o, moments.exp_avg, beta1, gradient);
      const exp_avg_sq = averageOfSquares(o, moments.exp_avg_sq, beta2, gradient);
      const largest =
        moments.max_exp_avg_sq === undefined ? undefined : o.max(moments.max_exp_avg_sq, exp_avg_sq);
      const root = o.sqrt(largest ?? exp_avg_sq);
      const denominator = o.add(o.div(root, correction), o.constant(eps));
      return {
        weights: descend(o, o.mul(weights, shrink), exp_avg, stepSize, denominator),
        moments: { exp_avg, exp_avg_sq, ...(largest !== undefined && { max_exp_avg_sq: largest }) },
      };
    },
  });
}

/** torch.optim.Adam (Kingma and Ba 2015; amsgrad: Reddi, Kale and Kumar 2018). */
export const adam = defineOptimizer({
  text: "Moving averages of the gradient and of its square make the steps (Kingma and Ba 2015).",
  usualRate: 0.001,
  hyperparameters: adamHyperparameters,
  weightDecay: "gradient",
  rule: (settings) => adamRule(settings, () => 1),
});
