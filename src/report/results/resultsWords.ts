/** What is said of results, as words with places for values, to be said in any language. */
import type { NamesIn, Phrase, Value } from "../../experiment/problems/words";
import { FIGURE_REASONS } from "../../run/figureWords";
import { type Figure, isUndefined, type WhyUndefined } from "../../statistics/figure";
import type { ComparisonTest } from "./comparedFigure";
import type { Acquaintance, AnswerSource, ChosenThreshold } from "./groupResults";

/** English, of how an interval was made, by its `method`. */
export const METHOD_WORDS = {
  delong: "DeLong",
  "delong-logit": "DeLong, logit",
  "newcombe-score": "Newcombe's score",
  "clopper-pearson": "Clopper-Pearson",
  wilson: "Wilson",
  "mover-wilson": "MOVER of Wilson's",
  "newcombe-hybrid": "Newcombe's hybrid score",
  t: "Student's t",
  welch: "Welch's t",
  "t-of-squares": "Student's t of squares",
  fisher: "Fisher's z",
  "bonett-wright": "Bonett and Wright's",
  bootstrap: "bootstrap over people",
  "mcgraw-wong": "McGraw and Wong's",
} as const;

/** English, by the name that the code uses. */
export const RESULTS_WORDS = {
  trained: "trained on these people",
  chosen: "chosen on these people, so the figures are optimistic",
  inner: "chosen on these people, who were cut from the training part: the figures are optimistic",
  unseen: "unseen people",
  overlapping: "{count} of these people taught or chose the networks, so the figures are optimistic",
  unverified: "nothing says whether the networks saw these people",
  people: "{people} {people|person|people}, {sessions} {sessions|session|sessions}",
  "left-out":
    "{count} {count|person|people} of the table {count|is|are} left out, for the networks know {count|that person|them}.",
  "people-of-class": "{name} {people}",
  unlabelled: "{count} {count|session|sessions} without a label",
  "by-best": "split {split}, best by {metric}",
  "by-ensemble": "ensemble of splits {splits}, best by {metric}",
  "by-pooled": "pooled folds of splits {splits}, best by {metric}",
  answers: "answers",
  "title-of-group": "Data group {group}: {acquaintance}.",
  "images-from": "Images of {folder}.",
  measure: "measure",
  value: "value",
  interval: "95 % interval",
  method: "method",
  "mean-of-folds": "mean of folds",
  "people-column": "people",
  "true-class": "true",
  answered: "answered {name}",
  "of-class": "{measure} of {name}",
  "from-to": "{lower} to {upper}",
  "value-and-interval": "{value} ({lower} to {upper})",
  "mean-and-deviation": "{mean} (SD {deviation})",
  threshold: "Taken for {name} from a probability of {value} on, which was given.",
  "threshold-youden":
    "Taken for {name} from a probability of {value} on: Youden's threshold on the validation set.",
  "pooled-ignores":
    "The intervals of pooled folds do not know that the folds' networks share most of their training people, and rank answers of several networks together.",
  ungraded:
    "The answers for {count} {count|person|people} have no probabilities, so that AUC, AP, Brier, log_loss and ECE cannot be computed.",
  "sessions-together": "People with several sessions count once, with the mean of their answers.",
  changing:
    "{count} {count|person changes|people change} class between sessions and {count|counts|count} with the first one.",
  incomplete: "{count} {count|session|sessions} that not every split answered {count|is|are} left out.",
  "only-mean-of-parts": "There is no table of images: the parts of an image count the same.",
  "other-groups": "Other groups: {groups}.",
  "make-unseen":
    'To have folds that nobody has seen: `"selection": "last"`, or `"inner_validation": 0.2` in the experiment.',
  "in-short": "{answers}: {figures}, of {people} {people|person|people} ({acquaintance}).",
  "figure-in-short": "{measure} {value}[ ({interval})]",
  undefined: "undefined",
  "undefined-figures": "Undefined: {reasons}.",
  "undefined-intervals": "Without an interval: {reasons}.",
  "undefined-figure": "{measures} ({reason})",
  "first-less": "{name} less the other:",
  "drawn-differences":
    "Other figures, on people whom both answered, who are drawn again {resamples} {resamples|time|times}, each class for itself (paired bootstrap):",
  less: "other",
  difference: "difference",
  test: "test",
  p: "p",
  "p-holm": "p (Holm)",
  "independent-differences":
    "Other figures, of different people: by formula, or each group drawn again by itself, each class for itself (bootstrap):",
  "other-people":
    "{other} answered other people, {own} against {count}: two samples are compared. Part of a difference can be one of the people.",
  "common-people":
    "{other}: compared on the {people} {people|person|people} whom both answered, of {own} and {count}.",
  "delong-paired": "DeLong, same people",
  "delong-unpaired": "DeLong, other people",
  mcnemar: "McNemar, exact",
  "fisher-exact": "Fisher, exact",
  "corrected-resampled-t": "corrected t over folds (Nadeau and Bengio)",
  wilcoxon: "Wilcoxon's signed ranks",
  ...METHOD_WORDS,
} as const;

export type ResultsWord = keyof typeof RESULTS_WORDS;
type Given<Name extends ResultsWord> = [NamesIn<(typeof RESULTS_WORDS)[Name]>] extends [never]
  ? []
  : [values: { readonly [Key in NamesIn<(typeof RESULTS_WORDS)[Name]>]: Value }];

/** The words of the table with their values. */
export const resultsPhrase = <Name extends ResultsWord>(name: Name, ...[values]: Given<Name>): Phrase => ({
  template: RESULTS_WORDS[name],
  values: values ?? {},
});

export const acquaintancePhrase = (acquaintance: Acquaintance, count: number): Phrase =>
  acquaintance === "overlapping" ? resultsPhrase(acquaintance, { count }) : resultsPhrase(acquaintance);

export function sourcePhrase(source: AnswerSource): Phrase {
  const { metric } = source;
  switch (source.kind) {
    case "single":
      return resultsPhrase("by-best", { split: source.split, metric });
    case "ensemble":
      return resultsPhrase("by-ensemble", { splits: source.splits, metric });
    case "pooled":
      return resultsPhrase("by-pooled", { splits: source.splits, metric });
  }
}

/** @param name of the positive class */
export function thresholdPhrase({ value, rule }: ChosenThreshold, name: string): Phrase {
  const values = { name, value: String(Number(value.toPrecision(6))) };
  switch (rule) {
    case "given":
      return resultsPhrase("threshold", values);
    case "youden":
      return resultsPhrase("threshold-youden", values);
  }
}

/** The name of a method where it has a word, as it stands otherwise. */
export const methodWord = (method: string): Phrase | string =>
  isWord(method) ? { template: RESULTS_WORDS[method], values: {} } : method;

const isWord = (name: string): name is ResultsWord => name in RESULTS_WORDS;

export const testPhrase = (test: ComparisonTest): Phrase => ({ template: RESULTS_WORDS[test], values: {} });

/** As papers have it: no p is 0. */
export const pText = (p: number): string => (p < 0.001 ? "< 0.001" : p.toFixed(3));

/** The value of a figure by its name: that of a p as papers have it. */
export const measureText = (name: string, value: number): string =>
  name.endsWith("_p") ? pText(value) : figureText(value);

/** Three digits behind the point, as papers have them; more of what is small, fewer of what is large. */
export function figureText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000) return value.toFixed(0);
  if (size >= 10) return value.toFixed(2);
  return size > 0 && size < 0.001 ? value.toPrecision(2) : value.toFixed(3);
}

interface NamedFigure {
  readonly name: string;
  readonly value: Figure;
  readonly interval: Figure<unknown> | null;
}

/** Which figures have no value, by the reason; null where all have one. */
export const undefinedPhrase = (measures: readonly NamedFigure[]): Phrase | null =>
  reasonsPhrase(
    "undefined-figures",
    measures.map(({ name, value }) => ({ name, of: value })),
  );

/** Which figures have a value and no interval of a kind that others have, by the reason; null where all have theirs. */
export const withoutIntervalPhrase = (measures: readonly NamedFigure[]): Phrase | null =>
  reasonsPhrase(
    "undefined-intervals",
    measures.flatMap(({ name, value, interval }) => (isUndefined(value) ? [] : [{ name, of: interval }])),
  );

function reasonsPhrase(
  word: "undefined-figures" | "undefined-intervals",
  all: readonly { readonly name: string; readonly of: Figure<unknown> }[],
): Phrase | null {
  const byReason = new Map<WhyUndefined, string[]>();
  for (const { name, of } of all) {
    if (!isUndefined(of)) continue;
    const names = byReason.get(of.undefinedBecause) ?? [];
    byReason.set(of.undefinedBecause, names.includes(name) ? names : [...names, name]);
  }
  if (byReason.size === 0) return null;
  const reasons = [...byReason].map(([why, names]) =>
    resultsPhrase("undefined-figure", {
      measures: names,
      reason: { template: FIGURE_REASONS[why], values: {} },
    }),
  );
  return resultsPhrase(word, { reasons });
}
