/** The optimizers, by PyTorch's names. What can be set, what is kept and what is computed follow from this table. */
import { adadelta } from "./adadelta";
import { adagrad } from "./adagrad";
import { adam } from "./adam";
import { adamax } from "./adamax";
import { adamW } from "./adamW";
import { asgd } from "./asgd";
import type { OptimizerDefinition, UpdateRule } from "./definition";
import type { HyperparameterValue, Settings } from "./hyperparameter";
import { nadam } from "./nadam";
import { radam } from "./radam";
import { rmsprop } from "./rmsprop";
import { sgd } from "./sgd";

const TABLE = {
  Adadelta: adadelta,
  Adagrad: adagrad,
  Adam: adam,
  AdamW: adamW,
  Adamax: adamax,
  ASGD: asgd,
  NAdam: nadam,
  RAdam: radam,
  RMSprop: rmsprop,
  SGD: sgd,
};

export type OptimizerName = keyof typeof TABLE;

export const OPTIMIZERS: { readonly [Name in OptimizerName]: OptimizerDefinition } = TABLE;

export const OPTIMIZER_NAMES: readonly OptimizerName[] = Object.keys(OPTIMIZERS).filter(isOptimizerName);

function isOptimizerName(name: string): name is OptimizerName {
  return Object.hasOwn(TABLE, name);
}

/** Hyperparameters by PyTorch's names; those that are not given have PyTorch's defaults. */
export type GivenSettings = Readonly<Record<string, HyperparameterValue>>;

/** @throws Error that names what is given and unknown: a user's settings are checked before they come here */
export function completeSettings(name: OptimizerName, given: GivenSettings = {}): Settings {
  const known = OPTIMIZERS[name].hyperparameters;
  const unknown = Object.keys(given).filter((key) => !Object.hasOwn(known, key));
  if (unknown.length > 0) throw new Error(`${name} has no ${unknown.join(", ")}`);
  return Object.fromEntries(
    Object.entries(known).map(([key, { default: usual }]) => [key, given[key] ?? usual]),
  );
}

export function ruleOf(name: OptimizerName, given?: GivenSettings): UpdateRule {
  return OPTIMIZERS[name].rule(completeSettings(name, given));
}
