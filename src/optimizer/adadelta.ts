import { averageOfSquares } from "./arithmetic";
import { defineOptimizer, defineRule } from "./definition";
import { epsilon } from "./hyperparameter";

/** torch.optim.Adadelta (Zeiler 2012). */
export const adadelta = defineOptimizer({
  text: "Steps as large as the last ones were, in relation to the gradients (Zeiler 2012).",
  usualRate: 1,
  hyperparameters: {
    rho: {
      kind: "number",
      default: 0.9,
      bounds: { least: 0, most: 1 },
      text: "Share of the past in the moving averages of squares.",
    },
    eps: epsilon(1e-6),
  },
  weightDecay: "gradient",
  rule: ({ rho, eps }) =>
    defineRule({
      moments: { square_avg: 0, acc_delta: 0 },
      begin: ({ learningRate }) => ({ constants: { rate: learningRate } }),
      formula(o, { weights, gradient, moments, constants: { rate } }) {
        const square_avg = averageOfSquares(o, moments.square_avg, rho, gradient);
        const numerator = o.sqrt(o.add(moments.acc_delta, o.constant(eps)));
        const denominator = o.sqrt(o.add(square_avg, o.constant(eps)));
        const delta = o.mul(o.div(numerator, denominator), gradient);
        return {
          weights: o.sub(weights, o.mul(delta, rate)),
          moments: { square_avg, acc_delta: averageOfSquares(o, moments.acc_delta, rho, delta) },
        };
      },
    }),
});
