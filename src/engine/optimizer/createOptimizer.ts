/** Which formula an optimizer of the settings has. */
import { EngineError, type OptimizerSettings } from "../engine";
import { adam } from "./adam";
import { type Kernels, loadKernels } from "./kernels";
import type { Optimizer } from "./optimizer";
import type { ParameterStore } from "./parameterStore";
import { plainKernels } from "./plainKernels";
import { StoreOptimizer } from "./storeOptimizer";
import type { UpdateRule } from "./updateRule";

/** Number of values that the optimizer keeps for each value of a parameter: what `createParameterStore` has to reserve. */
export function momentSlots(name: OptimizerSettings["name"]): number {
  return updateRule({ name, learningRate: 0, weightDecay: 0 }, plainKernels).moments.length;
}

/**
 * An optimizer with PyTorch's formula and default hyper-parameters (those of ClinicaDL, which sets only the learning rate
 * and the weight decay). It writes the views of `store` in place.
 */
export function createOptimizer(
  settings: OptimizerSettings,
  store: ParameterStore,
  kernels: Kernels = loadKernels(store.memory),
): Optimizer {
  const rule = updateRule(settings, kernels);
  if (store.momentSlots < rule.moments.length)
    throw new Error(
      `${settings.name} needs ${rule.moments.length} moments, the store has ${store.momentSlots}`,
    );
  return new StoreOptimizer(rule, store, kernels, settings.learningRate);
}

function updateRule({ name, weightDecay }: OptimizerSettings, kernels: Kernels): UpdateRule {
  switch (name) {
    case "Adam":
      return adam(weightDecay, "gradient", kernels);
    case "AdamW":
      return adam(weightDecay, "weights", kernels);
    default:
      throw new EngineError(`${name} is not available.`);
  }
}
