/** The optimizers by name. */
import type { OptimizerSettings } from "../engine";
import { type Kernels, loadKernels } from "./kernels";
import type { Optimizer } from "./optimizer";
import type { ParameterStore } from "./parameterStore";
import { adadelta } from "./rules/adadelta";
import { adagrad } from "./rules/adagrad";
import { adam, adamW } from "./rules/adam";
import { adamax } from "./rules/adamax";
import { asgd } from "./rules/asgd";
import { nadam } from "./rules/nadam";
import { radam } from "./rules/radam";
import { rmsprop } from "./rules/rmsprop";
import { sgd } from "./rules/sgd";
import type { UpdateRule } from "./rules/updateRule";
import { StoreOptimizer } from "./storeOptimizer";

/** Number of values that the optimizer keeps for each value of a parameter: what `createParameterStore` has to reserve. */
export function momentSlots(name: OptimizerSettings["name"]): number {
  return ruleOf(name, 0).moments.length;
}

/**
 * An optimizer with PyTorch's formula and its default hyper-parameters, which are those of ClinicaDL: it sets only the
 * learning rate and the weight decay. A step writes the views of `store` in place; the moments of `store` must be zero, as
 * they are in a new one.
 */
export function createOptimizer(
  { name, learningRate, weightDecay }: OptimizerSettings,
  store: ParameterStore,
  kernels: Kernels = loadKernels(store.memory),
): Optimizer {
  const rule = ruleOf(name, weightDecay);
  if (store.momentSlots < rule.moments.length)
    throw new Error(`${name} needs ${rule.moments.length} moments, the store has ${store.momentSlots}`);
  const gradientDecay = name === "AdamW" ? 0 : weightDecay;
  return new StoreOptimizer(rule, gradientDecay, store, kernels, learningRate);
}

function ruleOf(name: OptimizerSettings["name"], weightDecay: number): UpdateRule {
  switch (name) {
    case "Adadelta":
      return adadelta;
    case "Adagrad":
      return adagrad;
    case "Adam":
      return adam;
    case "AdamW":
      return adamW(weightDecay);
    case "Adamax":
      return adamax;
    case "ASGD":
      return asgd;
    case "NAdam":
      return nadam;
    case "RAdam":
      return radam;
    case "RMSprop":
      return rmsprop;
    case "SGD":
      return sgd;
  }
}
