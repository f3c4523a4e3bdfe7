import { defineOptimizer, defineRule } from "./definition";

/** torch.optim.SGD: stochastic gradient descent, with momentum as Sutskever et al. (2013) write it. */
export const sgd = defineOptimizer({
  text: "Stochastic gradient descent, with momentum where it is set (Sutskever et al. 2013).",
  usualRate: 0.001,
  hyperparameters: {
    momentum: {
      kind: "number",
      default: 0,
      bounds: { least: 0 },
      text: "Share of the last direction that is kept; 0: none.",
    },
    dampening: {
      kind: "number",
      default: 0,
      bounds: {},
      text: "The gradient enters the direction of momentum with 1 - dampening.",
    },
    nesterov: {
      kind: "flag",
      default: false,
      text: "Look one step of momentum ahead (Nesterov); needs momentum and no dampening.",
    },
  },
  weightDecay: "gradient",
  conflict: {
    text: "nesterov needs a momentum above 0 and a dampening of 0",
    arises: ({ momentum, dampening, nesterov }) => nesterov && (momentum <= 0 || dampening !== 0),
  },
  rule: ({ momentum, dampening, nesterov }) =>
    defineRule({
      moments: { ...(momentum !== 0 && { momentum_buffer: 0 }) },
      // The first direction is the gradient itself.
      begin: ({ step, learningRate }) => ({
        constants: { rate: learningRate, complement: step === 1 ? 1 : 1 - dampening },
      }),
      formula(o, { weights, gradient, moments: { momentum_buffer }, constants: { rate, complement } }) {
        if (momentum_buffer === undefined)
          return { weights: o.sub(weights, o.mul(gradient, rate)), moments: {} };
        const kept = o.mul(momentum_buffer, o.constant(momentum));
        const buffer = o.add(kept, o.mul(gradient, complement));
        const direction = nesterov ? o.add(gradient, o.mul(buffer, o.constant(momentum))) : buffer;
        return {
          weights: o.sub(weights, o.mul(direction, rate)),
          moments: { momentum_buffer: buffer },
        };
      },
    }),
});
