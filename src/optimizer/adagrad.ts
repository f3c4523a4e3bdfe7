import { descend } from "./arithmetic";
import { defineOptimizer, defineRule } from "./definition";
import { epsilon } from "./hyperparameter";

/** torch.optim.Adagrad (Duchi, Hazan and Singer 2011). */
export const adagrad = defineOptimizer({
  text: "Each weight has a rate of its own, which falls with the sum of its squared gradients (Duchi et al. 2011).",
  usualRate: 0.01,
  hyperparameters: {
    lr_decay: {
      kind: "number",
      default: 0,
      bounds: { least: 0 },
      text: "The rate of step k is divided by 1 + (k - 1) x this.",
    },
    eps: epsilon(1e-10),
    initial_accumulator_value: {
      kind: "number",
      default: 0,
      bounds: { least: 0 },
      text: "Where the sums of squared gradients begin.",
    },
  },
  weightDecay: "gradient",
  rule: ({ lr_decay, eps, initial_accumulator_value }) =>
    defineRule({
      moments: { sum: initial_accumulator_value },
      begin: ({ step, learningRate }) => ({
        constants: { rate: learningRate / (1 + (step - 1) * lr_decay) },
      }),
      formula(o, { weights, gradient, moments, constants: { rate } }) {
        const sum = o.add(moments.sum, o.mul(gradient, gradient));
        const denominator = o.add(o.sqrt(sum), o.constant(eps));
        return { weights: descend(o, weights, gradient, rate, denominator), moments: { sum } };
      },
    }),
});
