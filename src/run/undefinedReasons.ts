/** Why a metric is undefined, in words: of which class a set has no image, or which answer was never given. */
import type { Phrase } from "../experiment/problems/words";
import type { ClassNeed, Need } from "../statistics/metrics/needs";
import { type MeasuredColumns, unmetNeeds } from "../statistics/metrics/unmetNeeds";

/** English, by what is lacking; {0} is a class. */
export const UNDEFINED_REASONS = {
  images: "there are no images",
  ofClass: "no image of {0}",
  ofOthers: "all images are of {0}",
  takenForClass: "no image was taken for {0}",
  takenForOthers: "all images were taken for {0}",
  ofOrTakenForClass: "no image is of {0} or was taken for it",
  falsePositive: "no image of another class was taken for {0}",
  trueNegative: "every image of another class was taken for {0}",
  differentTruths: "all true values are equal",
  /** In the place of a class, where the metric is a mean over all. */
  someClass: "one of the classes",
} as const satisfies Readonly<Record<Need | "someClass", string>>;

export interface UndefinedReason extends Phrase {
  readonly values: { readonly 0: string | Phrase };
}

/** What was measured of a set, by column: of those that are `lacking` what stands there is no value. */
export function measuredColumns(
  values: Readonly<Record<string, unknown>>,
  lacking: readonly string[],
): MeasuredColumns {
  return { defined: Object.keys(values).filter((name) => !lacking.includes(name)), lacking };
}

/**
 * Why `columns` have no value: each reason once, as a phrase to be said in any language. Of a mean over more than two classes no
 * class is named.
 * @param classes by code; of two, the first is the positive one
 */
export function undefinedReasons(
  columns: readonly string[],
  measured: MeasuredColumns,
  classes: readonly string[],
): readonly UndefinedReason[] {
  return distinctReasons(columns.flatMap((column) => reasonsOf(column, measured, classes)));
}

export const distinctReasons = (reasons: readonly UndefinedReason[]): readonly UndefinedReason[] => [
  ...new Map(reasons.map((one) => [JSON.stringify(one), one])).values(),
];

function reasonsOf(column: string, measured: MeasuredColumns, classes: readonly string[]) {
  const needs = unmetNeeds(column, measured);
  const code = /-(\d+)$/.exec(column)?.[1];
  if (code !== undefined) return needs.map((need) => reason(need, classes[Number(code)] ?? code));
  const [positive, negative] = classes.length === 2 ? classes : [];
  return needs.map((need) => {
    const ofTheOther = OF_THE_OTHER[need];
    return ofTheOther === undefined ? reason(need, positive) : reason(ofTheOther, negative);
  });
}

/** Of two classes the other one has a name; a mean over more lacks the same of one of them. */
const OF_THE_OTHER: { readonly [N in Need]?: ClassNeed } = {
  ofOthers: "ofClass",
  takenForOthers: "takenForClass",
};

const reason = (need: Need, name: string | undefined): UndefinedReason => ({
  template: UNDEFINED_REASONS[need],
  values: { 0: name ?? { template: UNDEFINED_REASONS.someClass, values: {} } },
});
