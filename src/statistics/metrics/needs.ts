/** What a metric needs of the answers so that it has a value: without it, its formula divides by 0. */
import type { ClassCounts } from "../confusion";

/** Of one class against the others. */
export const CLASS_NEEDS = {
  images: ({ tp, fp, fn, tn }) => tp + fp + fn + tn > 0,
  ofClass: ({ tp, fn }) => tp + fn > 0,
  ofOthers: ({ tn, fp }) => tn + fp > 0,
  takenForClass: ({ tp, fp }) => tp + fp > 0,
  takenForOthers: ({ tn, fn }) => tn + fn > 0,
  ofOrTakenForClass: ({ tp, fp, fn }) => tp + fp + fn > 0,
  falsePositive: ({ fp }) => fp > 0,
  trueNegative: ({ tn }) => tn > 0,
} as const satisfies Readonly<Record<string, (counts: ClassCounts) => boolean>>;

/** Of true values. */
export const VALUE_NEEDS = {
  differentTruths: (truth) => Array.from(truth).some((value) => value !== truth[0]),
} as const satisfies Readonly<Record<string, (truth: ArrayLike<number>) => boolean>>;

export type ClassNeed = keyof typeof CLASS_NEEDS;
export type ValueNeed = keyof typeof VALUE_NEEDS;
export type Need = ClassNeed | ValueNeed;

/** Whether the counts give it a value: no sensitivity without anybody of the class, no likelihood ratio that is infinite. */
export const isDefined = ({ needs }: { readonly needs: readonly ClassNeed[] }, counts: ClassCounts) =>
  needs.every((need) => CLASS_NEEDS[need](counts));
