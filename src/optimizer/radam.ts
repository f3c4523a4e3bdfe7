import { averageOfSquares, movingAverage } from "./arithmetic";
import { defineOptimizer, defineRule } from "./definition";
import { BETAS, epsilon } from "./hyperparameter";

/** torch.optim.RAdam (Liu et al. 2020). */
export const radam = defineOptimizer({
  text: "Adam whose first steps are made smaller while its averages are uncertain (Liu et al. 2020).",
  usualRate: 0.001,
  hyperparameters: { betas: BETAS, eps: epsilon(1e-8) },
  weightDecay: "gradient",
  rule: ({ betas: [beta1, beta2], eps }) =>
    defineRule({
      moments: { exp_avg: 0, exp_avg_sq: 0 },
      begin({ step, learningRate }) {
        const rectification = rectificationOf(step, beta2);
        return {
          constants: {
            rate: learningRate,
            correction1: 1 - beta1 ** step,
            correction2: Math.sqrt(1 - beta2 ** step),
            rectification,
          },
          switches: { adaptive: rectification > 0 },
        };
      },
      formula(o, { weights, gradient, moments, constants, switches: { adaptive } }) {
        const { rate, correction1, correction2, rectification } = constants;
        const exp_avg = movingAverage(o, moments.exp_avg, beta1, gradient);
        const exp_avg_sq = averageOfSquares(o, moments.exp_avg_sq, beta2, gradient);
        const plain = o.mul(o.div(exp_avg, correction1), rate);
        const rectified = () => {
          const inverse = o.div(o.constant(1), o.add(o.sqrt(exp_avg_sq), o.constant(eps)));
          return o.mul(o.mul(plain, o.mul(inverse, correction2)), rectification);
        };
        return {
          weights: o.sub(weights, adaptive ? rectified() : plain),
          moments: { exp_avg, exp_avg_sq },
        };
      },
    }),
});

/** The factor that makes up for the variance of the adaptive step; 0 in the first steps, which are not adaptive. */
function rectificationOf(step: number, beta2: number): number {
  /** Length of the moving average after infinitely many steps. */
  const infinity = 2 / (1 - beta2) - 1;
  const rho = infinity - (2 * step * beta2 ** step) / (1 - beta2 ** step);
  if (rho <= 5) return 0;
  return Math.sqrt(((rho - 4) * (rho - 2) * infinity) / ((infinity - 4) * (infinity - 2) * rho));
}
