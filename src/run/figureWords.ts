/** Why a figure of results is undefined, and why an interval is not the one that was asked for, in words. */
import type { WhyUndefined } from "../statistics/figure";
import type { InsteadOfDeLong } from "../statistics/intervals/auc";

/** English, to be said after "undefined:" or in brackets. */
export const FIGURE_REASONS = {
  "no-cases": "there is nobody to compute it from",
  "no-positives": "nobody is of the positive class",
  "no-negatives": "everybody is of the positive class",
  "class-without-cases": "nobody is of one of the classes",
  "too-few-cases": "there are too few people",
  "no-variance": "the values do not vary",
  "at-limit": "at 0 or 1 this interval does not exist",
  "no-answers": "no such answer was given",
  "undefined-in-resamples": "too many of the resampled groups have no value",
  "no-differences": "the two do not differ for anybody",
  "no-probabilities": "not everybody's answer has probabilities",
} as const satisfies Readonly<Record<WhyUndefined, string>>;

/** English, of an interval of an AUC that is not DeLong's own. */
export const INSTEAD_OF_DELONG = {
  "few-people":
    "DeLong's on the scale of log odds: its own is too narrow with fewer than 50 people in a class",
  "auc-at-limit": "Newcombe's score interval: at an AUC of 0 or 1 DeLong's has no width",
  "no-variance": "Newcombe's score interval: DeLong's variance is 0 here",
  "one-person": "Newcombe's score interval: DeLong's needs two people of each class",
} as const satisfies Readonly<Record<InsteadOfDeLong, string>>;
