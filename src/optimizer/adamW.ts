import { adamHyperparameters, adamRule } from "./adam";
import { defineOptimizer } from "./definition";

/** torch.optim.AdamW (Loshchilov and Hutter 2019). */
export const adamW = defineOptimizer({
  text: "Adam whose weight decay shrinks the weights instead of entering the gradient (Loshchilov and Hutter 2019).",
  usualRate: 0.001,
  hyperparameters: adamHyperparameters,
  weightDecay: "weights",
  rule: (settings) => adamRule(settings, (learningRate, weightDecay) => 1 - learningRate * weightDecay),
});
