import { averageOfSquares, descend, movingAverage } from "./arithmetic";
import { defineOptimizer, defineRule } from "./definition";
import { epsilon } from "./hyperparameter";

/** torch.optim.RMSprop (Hinton 2012; centered: Graves 2013). */
export const rmsprop = defineOptimizer({
  text: "Divides each gradient by the root of a moving average of its square (Hinton 2012).",
  usualRate: 0.01,
  hyperparameters: {
    momentum: {
      kind: "number",
      default: 0,
      bounds: { least: 0 },
      text: "Share of the last direction that is kept; 0: none.",
    },
    alpha: {
      kind: "number",
      default: 0.99,
      bounds: { least: 0, most: 1 },
      text: "Share of the past in the moving average of squares.",
    },
    eps: epsilon(1e-8),
    centered: {
      kind: "flag",
      default: false,
      text: "Divide by the estimated variance of the gradient instead of by its square (Graves 2013).",
    },
  },
  weightDecay: "gradient",
  rule: ({ momentum, alpha, eps, centered }) =>
    defineRule({
      moments: {
        square_avg: 0,
        ...(momentum > 0 && { momentum_buffer: 0 }),
        ...(centered && { grad_avg: 0 }),
      },
      begin: ({ learningRate }) => ({ constants: { rate: learningRate } }),
      formula(o, { weights, gradient, moments, constants: { rate } }) {
        const square_avg = averageOfSquares(o, moments.square_avg, alpha, gradient);
        const grad_avg =
          moments.grad_avg === undefined ? undefined : movingAverage(o, moments.grad_avg, alpha, gradient);
        const variance = grad_avg === undefined ? square_avg : o.sub(square_avg, o.mul(grad_avg, grad_avg));
        const denominator = o.add(o.sqrt(variance), o.constant(eps));
        const averages = { square_avg, ...(grad_avg !== undefined && { grad_avg }) };
        if (moments.momentum_buffer === undefined)
          return { weights: descend(o, weights, gradient, rate, denominator), moments: averages };
        const kept = o.mul(moments.momentum_buffer, o.constant(momentum));
        const momentum_buffer = o.add(kept, o.div(gradient, denominator));
        return {
          weights: o.sub(weights, o.mul(momentum_buffer, rate)),
          moments: { ...averages, momentum_buffer },
        };
      },
    }),
});
