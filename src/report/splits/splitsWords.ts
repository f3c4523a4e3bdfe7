/** The words of new splits: who is in them, and how alike the sets are. Said by the terminal and by the page of the editor. */
import type { NamesIn, Phrase, Value } from "../../experiment/problems/words";

export const SPLITS_WORDS = {
  "who-is-in":
    "{people} {people|person|people} with {sessions} {sessions|session|sessions}[, in {groups} {groups|group that stays|groups that stay} together][: {classes}].",
  "of-class": "{name} {people}",
  "set-apart": "{people} {people|person is|people are} set apart as test.",
  "one-validates":
    "{validation} {validation|person validates|people validate}, {train} {train|trains|train}.",
  "all-validate":
    "{splits} {splits|split|splits}: each of the others validates in one of them and trains in the rest.",
  "values-validate":
    "{splits} {splits|split|splits}: in each, those of one {column} validate and the rest trains.",
  everybody: "all",
  test: "test",
  split: "split {split}",
  "split-leaving": "split {split}: {value}",
  people: "people",
  "mean-of": "{column}, mean (SD)",
  "value-of": "{column}: {value}",
  unknown: "{column}: unknown",
  "d-of": "{column}: Cohen's d",
  "v-of": "{column}: Cramér's V",
  "p-of": "{column}: p",
  "how-compared":
    "The test set is compared with everybody else, a validation set with its training set. Cohen's d from 0.2 is small, from 0.5 medium, from 0.8 large; Cramér's V of two classes from 0.1, 0.3 and 0.5. p: Welch's t-test for numbers, chi-squared for values, Fisher's exact test in a table of two by two where fewer than 5 are expected. Chance alone gives a p below 0.05 in one of twenty.",
} as const;

type Name = keyof typeof SPLITS_WORDS;
type Given<One extends Name> = [NamesIn<(typeof SPLITS_WORDS)[One]>] extends [never]
  ? []
  : [values: { readonly [Key in NamesIn<(typeof SPLITS_WORDS)[One]>]: Value }];

export const splitsPhrase = <One extends Name>(name: One, ...[values]: Given<One>): Phrase => ({
  template: SPLITS_WORDS[name],
  values: values ?? {},
});
