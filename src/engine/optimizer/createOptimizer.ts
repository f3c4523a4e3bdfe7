/** The optimizers on the CPU. */
import type { OptimizerSettings } from "../engine";
import { AppliedRule } from "./appliedRule";
import type { Kernels } from "./kernels";
import { loadKernels } from "./loadKernels";
import type { Optimizer } from "./optimizer";
import type { ParameterStore } from "./parameterStore";
import { StoreOptimizer } from "./storeOptimizer";

/** Number of values that the optimizer keeps for each value of a parameter: what `createParameterStore` has to reserve. */
export function momentSlots(settings: Pick<OptimizerSettings, "name" | "hyperparameters">): number {
  return new AppliedRule({ ...settings, weightDecay: 0 }).kept.moments.length;
}

/** An optimizer with PyTorch's formula. A step writes the views of `store` in place. */
export function createOptimizer(
  settings: OptimizerSettings,
  store: ParameterStore,
  kernels: Kernels = loadKernels(store.memory),
): Optimizer {
  const applied = new AppliedRule(settings);
  const { length } = applied.kept.moments;
  if (store.momentSlots < length)
    throw new Error(`${settings.name} needs ${length} moments, the store has ${store.momentSlots}`);
  return new StoreOptimizer(applied, store, kernels);
}
