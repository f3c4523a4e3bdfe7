/** The losses, by PyTorch's names. What fits a task, what can be set and what is compared follow from this table. */
import type { Task } from "../task";
import { crossEntropyLoss } from "./crossEntropyLoss";
import { huberLoss } from "./huberLoss";
import { l1Loss } from "./l1Loss";
import type { ClassLoss, LossOption, OptionValues, ValueLoss } from "./loss";
import { mseLoss } from "./mseLoss";
import { smoothL1Loss } from "./smoothL1Loss";

const ofClasses = { CrossEntropyLoss: crossEntropyLoss };

const ofValues = {
  MSELoss: mseLoss,
  L1Loss: l1Loss,
  SmoothL1Loss: smoothL1Loss,
  HuberLoss: huberLoss,
};

export type ClassLossName = keyof typeof ofClasses;
export type ValueLossName = keyof typeof ofValues;
export type LossName = ClassLossName | ValueLossName;

type OptionsOf<Name extends ValueLossName> = (typeof ofValues)[Name]["options"];
export type OptionName = { [Name in ValueLossName]: keyof OptionsOf<Name> }[ValueLossName];

export const CLASS_LOSSES: { readonly [Name in ClassLossName]: ClassLoss } = ofClasses;
export const VALUE_LOSSES: { readonly [Name in ValueLossName]: ValueLoss } = ofValues;
export const LOSSES: { readonly [Name in LossName]: ClassLoss | ValueLoss } = {
  ...CLASS_LOSSES,
  ...VALUE_LOSSES,
};

/**
 * A loss with what shapes it, as data: the mean over a batch, as PyTorch reduces it; with class weights the weighted mean.
 * Its targets are class codes, or values of the shape of the output.
 */
export type ObjectiveData =
  | {
      [Name in ClassLossName]: {
        readonly loss: Name;
        readonly classes: number;
        readonly classWeights?: readonly number[];
      };
    }[ClassLossName]
  | {
      [Name in ValueLossName]: { readonly loss: Name } & OptionValues<OptionsOf<Name>>;
    }[ValueLossName];

export type ObjectiveOf<Name extends LossName> = Extract<ObjectiveData, { readonly loss: Name }>;

export const LOSS_NAMES: readonly LossName[] = Object.keys(LOSSES).filter(isLossName);

const isOptionName = (name: string): name is OptionName =>
  Object.values(VALUE_LOSSES).some(({ options }) => Object.hasOwn(options, name));

/** What can be set of the losses: the names are PyTorch's, and no two losses share one. */
export const LOSS_OPTIONS: readonly (LossOption & { readonly name: OptionName; readonly loss: LossName })[] =
  Object.entries(VALUE_LOSSES).flatMap(([loss, { options }]) =>
    isLossName(loss)
      ? Object.keys(options)
          .filter(isOptionName)
          .map((name) => ({ name, loss, ...options[name]! }))
      : [],
  );

export function isLossName(name: unknown): name is LossName {
  return typeof name === "string" && Object.hasOwn(LOSSES, name);
}

export const isClassLoss = (name: LossName): name is ClassLossName => Object.hasOwn(CLASS_LOSSES, name);

export function comparesClasses(objective: ObjectiveData): objective is ObjectiveOf<ClassLossName> {
  return isClassLoss(objective.loss);
}

/** Names of the inner outputs of the network that the loss reads besides the answer. */
export function innerReadsOf({ loss }: ObjectiveData): readonly string[] {
  return LOSSES[loss].inner?.reads ?? [];
}

/** The losses of `task`. */
export function lossesOf(task: Task): readonly LossName[] {
  return LOSS_NAMES.filter((name) => LOSSES[name].tasks.includes(task));
}

/** @param given options by name; those that are not given have PyTorch's defaults */
export function valueObjective(
  loss: ValueLossName,
  given: Readonly<Record<string, number | undefined>> = {},
): ObjectiveOf<ValueLossName> {
  const own = Object.entries(VALUE_LOSSES[loss].options);
  const options = Object.fromEntries(own.map(([name, { default: usual }]) => [name, given[name] ?? usual]));
  // The options are those of this very loss, which is more than the type of fromEntries says.
  return { loss, ...options } as ObjectiveOf<ValueLossName>;
}
