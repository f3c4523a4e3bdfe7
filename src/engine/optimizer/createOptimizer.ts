/** Which formula an optimizer of the settings has. */
import type { OptimizerSettings } from "../engine";
import { type Kernels, loadKernels } from "./kernels";
import type { Optimizer } from "./optimizer";
import type { ParameterStore } from "./parameterStore";
import { plainKernels } from "./plainKernels";
import { adadelta } from "./rules/adadelta";
import { adagrad } from "./rules/adagrad";
import { adam } from "./rules/adam";
import { adamax } from "./rules/adamax";
import { asgd } from "./rules/asgd";
import { nadam } from "./rules/nadam";
import { radam } from "./rules/radam";
import { rmsprop } from "./rules/rmsprop";
import { sgd } from "./rules/sgd";
import type { UpdateRule } from "./rules/updateRule";
import { withWeightDecay } from "./rules/weightDecay";
import { StoreOptimizer } from "./storeOptimizer";

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
    case "Adadelta":
      return withWeightDecay(weightDecay, adadelta);
    case "Adagrad":
      return withWeightDecay(weightDecay, adagrad);
    case "Adamax":
      return withWeightDecay(weightDecay, adamax);
    case "ASGD":
      return withWeightDecay(weightDecay, asgd);
    case "NAdam":
      return withWeightDecay(weightDecay, nadam);
    case "RAdam":
      return withWeightDecay(weightDecay, radam);
    case "RMSprop":
      return withWeightDecay(weightDecay, rmsprop);
    case "SGD":
      return withWeightDecay(weightDecay, sgd);
  }
}
