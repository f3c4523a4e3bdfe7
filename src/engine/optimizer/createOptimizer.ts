/** The optimizers on the CPU. */
import type { OptimizerSettings } from "../engine";
import { type Kernels, loadKernels } from "./kernels";
import type { Optimizer } from "./optimizer";
import type { ParameterStore } from "./parameterStore";
import { gradientDecay, ruleOf } from "./rules/ruleOf";
import { StoreOptimizer } from "./storeOptimizer";

/** Number of values that the optimizer keeps for each value of a parameter: what `createParameterStore` has to reserve. */
export function momentSlots(name: OptimizerSettings["name"]): number {
  return ruleOf({ name, weightDecay: 0 }).moments.length;
}

/**
 * An optimizer with PyTorch's formula and its default hyper-parameters, which are those of ClinicaDL: it sets only the
 * learning rate and the weight decay. A step writes the views of `store` in place; the moments of `store` must be zero, as
 * they are in a new one.
 */
export function createOptimizer(
  settings: OptimizerSettings,
  store: ParameterStore,
  kernels: Kernels = loadKernels(store.memory),
): Optimizer {
  const rule = ruleOf(settings);
  if (store.momentSlots < rule.moments.length)
    throw new Error(
      `${settings.name} needs ${rule.moments.length} moments, the store has ${store.momentSlots}`,
    );
  return new StoreOptimizer(rule, gradientDecay(settings), store, kernels);
}
