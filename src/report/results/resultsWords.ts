/** What is said of results, as words with places for values, to be said in any language. */
import type { NamesIn, Phrase, Value } from "../../experiment/problems/words";
import type { Acquaintance, AnswerSource } from "./groupResults";

/** English, by the name that the code uses. */
export const RESULTS_WORDS = {
  trained: "trained on these people",
  chosen: "chosen on these people",
  inner: "chosen on these people, who were cut from the training part",
  unseen: "unseen people",
  overlapping: "{count} of these people taught or chose the networks",
  unverified: "nothing says whether the networks saw these people",
  people: "{people} {people|person|people}, {sessions} {sessions|session|sessions}",
  "people-of-class": "{name} {people}",
  "by-best": "split {split}, best by {metric}",
  "by-ensemble": "ensemble of splits {splits}, best by {metric}",
  "by-pooled": "pooled folds of splits {splits}, best by {metric}",
  answers: "answers",
  "title-of-group": "{group}: {acquaintance}",
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
