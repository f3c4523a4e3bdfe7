import { descend, movingAverage } from "./arithmetic";
import { defineOptimizer, defineRule } from "./definition";
import { BETAS, epsilon } from "./hyperparameter";

/** torch.optim.Adamax (Kingma and Ba 2015, section 7.1). */
export const adamax = defineOptimizer({
  text: "Adam with the largest gradient, fading, instead of an average of squares (Kingma and Ba 2015, section 7.1).",
  usualRate: 0.002,
  hyperparameters: { betas: BETAS, eps: epsilon(1e-8) },
  weightDecay: "gradient",
  rule: ({ betas: [beta1, beta2], eps }) =>
    defineRule({
      moments: { exp_avg: 0, exp_inf: 0 },
      begin: ({ step, learningRate }) => ({ constants: { stepSize: learningRate / (1 - beta1 ** step) } }),
      formula(o, { weights, gradient, moments, constants: { stepSize } }) {
        const exp_avg = movingAverage(o, moments.exp_avg, beta1, gradient);
        const faded = o.mul(moments.exp_inf, o.constant(beta2));
        const exp_inf = o.max(faded, o.add(o.abs(gradient), o.constant(eps)));
        return { weights: descend(o, weights, exp_avg, stepSize, exp_inf), moments: { exp_avg, exp_inf } };
      },
    }),
});
