import type { UpdateRule } from "./updateRule";

const { fround } = Math;

/** `rule`, which takes the gradient as it comes, for gradient * scale + weights * weightDecay (L2). */
export function withWeightDecay(weightDecay: number, rule: UpdateRule): UpdateRule {
  const decay = fround(weightDecay);
  return {
    ...rule,
    begin(step) {
      const scale = fround(step.scale);
      const update = rule.begin(step);
      return (weights, gradient, ...moments) => {
        for (let i = 0; i < gradient.length; i++)
          gradient[i] = fround(gradient[i]! * scale) + fround(weights[i]! * decay);
        update(weights, gradient, ...moments);
      };
    },
  };
}
