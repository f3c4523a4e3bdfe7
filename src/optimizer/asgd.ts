import { defineOptimizer, defineRule } from "./definition";

/**
 * torch.optim.ASGD: averaged stochastic gradient descent (Polyak and Juditsky 1992). `ax` is the average of the weights since
 * step `t0` and the weights themselves before; as in PyTorch, nothing reads it.
 */
export const asgd = defineOptimizer({
  text: "Gradient descent with a falling rate, which also averages the weights (Polyak and Juditsky 1992).",
  usualRate: 0.01,
  hyperparameters: {
    lambd: { kind: "number", default: 1e-4, bounds: {}, text: "How fast weights shrink and the rate falls." },
    alpha: { kind: "number", default: 0.75, bounds: {}, text: "Power by which the rate falls." },
    t0: { kind: "number", default: 1e6, bounds: {}, text: "Step from which the weights are averaged." },
  },
  weightDecay: "gradient",
  rule: ({ lambd, alpha, t0 }) =>
    defineRule({
      moments: { ax: 0 },
      /** The rate of the next step, and the weight of the next weights in the average. */
      initialScalars: (learningRate) => ({ eta: learningRate, mu: 1 }),
      begin: ({ step, learningRate, scalars: { eta, mu } }) => ({
        constants: { shrink: 1 - lambd * eta, eta, mu },
        switches: { averages: mu !== 1 },
        scalars: {
          eta: learningRate / (1 + lambd * learningRate * step) ** alpha,
          mu: 1 / Math.max(1, step - t0),
        },
      }),
      formula(o, { weights, gradient, moments, constants: { shrink, eta, mu }, switches: { averages } }) {
        const moved = o.sub(o.mul(weights, shrink), o.mul(gradient, eta));
        const averaged = () => o.add(moments.ax, o.mul(o.sub(moved, moments.ax), mu));
        return { weights: moved, moments: { ax: averages ? averaged() : moved } };
      },
    }),
});
