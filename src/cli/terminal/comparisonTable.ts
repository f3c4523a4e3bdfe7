/** Several MAPS on one group: their figures side by side, and the tests of each against the first. */
import { basename } from "node:path";
import type { Phrase } from "../../experiment/problems/words";
import type { ComparedAnswers, Comparison } from "../../report/results/compare";
import type { FigureDifference } from "../../report/results/figureDifference";
import { resamplesOf } from "../../report/results/resampled";
import {
  acquaintancePhrase,
  figureText,
  methodWord,
  pText,
  resultsPhrase,
  sourcePhrase,
  testPhrase,
} from "../../report/results/resultsWords";
import { FIGURE_REASONS } from "../../run/figureWords";
import { isUndefined, type Undefined } from "../../statistics/figure";
import { figureCell, leadingOf, measureName, withInterval } from "./resultsTables";
import { textTable } from "./textTable";

export interface ComparedPair extends Comparison {
  readonly first: ComparedAnswers;
  readonly second: ComparedAnswers;
  /** By test: Holm's p; null where it is the only one of its kind. */
  readonly adjusted: readonly (number | null)[];
  readonly differences: readonly FigureDifference[];
}

export function comparisonText(
  group: string,
  answers: readonly ComparedAnswers[],
  pairs: readonly ComparedPair[],
  words: (phrase: Phrase) => string,
): string {
  const nameOf = ({ results }: ComparedAnswers) => basename(results.maps);
  const measures = leadingOf(answers[0]?.figures.measures ?? []);
  const classes = answers[0]?.results.classes ?? [];
  const figures = textTable(
    ["MAPS", "answers", "people-column"]
      .map((name) => (name === "answers" || name === "people-column" ? words(resultsPhrase(name)) : name))
      .concat(measures.map((measure) => measureName(measure, classes, words))),
    answers.map((one) => [
      nameOf(one),
      words(sourcePhrase(one.set.source)),
      String(one.figures.people),
      ...measures.map(({ name, code }) => {
        const found = one.figures.measures.find((other) => other.name === name && other.code === code);
        return found === undefined ? "" : withInterval(found, words);
      }),
    ]),
  );
  const several = pairs.length > 1;
  const rows = pairs.flatMap((pair) =>
    pair.tests.map(({ test, measure, difference, interval, p }, i) => [
      nameOf(pair.second),
      measure,
      difference === null ? "" : figureText(difference),
      interval === null ? "" : rangeText(interval, words),
      words(testPhrase(test)),
      isUndefined(p) ? reasonText(p, words) : pText(p),
      ...(several ? [pair.adjusted[i] == null ? "" : pText(pair.adjusted[i])] : []),
    ]),
  );
  const head = (["less", "measure", "difference", "interval", "test", "p"] as const).map((name) =>
    words(resultsPhrase(name)),
  );
  const notes = pairs.flatMap((pair) => (pair.same ? [] : [words(commonPhrase(pair, nameOf(pair.second)))]));
  const [first] = answers;
  const known =
    first === undefined ? [] : [acquaintancePhrase(first.results.acquaintance, first.results.knownPeople)];
  return [
    ...known.map((acquaintance) => words(resultsPhrase("title-of-group", { group, acquaintance }))),
    figures,
    "",
    ...(first === undefined ? [] : [words(resultsPhrase("first-less", { name: nameOf(first) }))]),
    textTable([...head, ...(several ? [words(resultsPhrase("p-holm"))] : [])], rows),
    ...notes,
    ...drawnLines(pairs, nameOf, words),
    ...independentLines(pairs, nameOf, words),
  ].join("\n");
}

/** Of common people, a table for each number of draws: large groups need fewer. */
function drawnLines(
  pairs: readonly ComparedPair[],
  nameOf: (answers: ComparedAnswers) => string,
  words: (phrase: Phrase) => string,
): readonly string[] {
  const drawn = pairs.flatMap(({ second, common, differences }) =>
    (common === 0 ? [] : differences).map((one) => ({
      other: nameOf(second),
      ...one,
      resamples: resamplesOf(common),
    })),
  );
  const head = (["less", "measure", "difference", "interval"] as const).map((name) =>
    words(resultsPhrase(name)),
  );
  return [...new Set(drawn.map(({ resamples }) => resamples))].flatMap((resamples) => [
    "",
    words(resultsPhrase("drawn-differences", { resamples })),
    textTable(
      head,
      drawn
        .filter((one) => one.resamples === resamples)
        .map(({ other, ...one }) => [other, ...differenceCells(one, words)]),
    ),
  ]);
}

/** Of models that have answered nobody in common. */
function independentLines(
  pairs: readonly ComparedPair[],
  nameOf: (answers: ComparedAnswers) => string,
  words: (phrase: Phrase) => string,
): readonly string[] {
  const rows = pairs.flatMap(({ second, common, differences }) =>
    (common > 0 ? [] : differences).map((one) => [
      nameOf(second),
      ...differenceCells(one, words),
      isUndefined(one.interval) ? "" : methodText(one.interval.method, words),
    ]),
  );
  if (rows.length === 0) return [];
  const head = (["less", "measure", "difference", "interval", "method"] as const).map((name) =>
    words(resultsPhrase(name)),
  );
  return ["", words(resultsPhrase("independent-differences")), textTable(head, rows)];
}

const differenceCells = (
  { measure, difference, interval }: FigureDifference,
  words: (phrase: Phrase) => string,
) => [
  measure,
  figureCell(difference, words),
  isUndefined(interval) ? reasonText(interval, words) : rangeText(interval, words),
];

function methodText(method: string, words: (phrase: Phrase) => string): string {
  const word = methodWord(method);
  return typeof word === "string" ? word : words(word);
}

const reasonText = ({ undefinedBecause }: Undefined, words: (phrase: Phrase) => string) =>
  words({ template: FIGURE_REASONS[undefinedBecause], values: {} });

const rangeText = (
  { lower, upper }: { readonly lower: number; readonly upper: number },
  words: (phrase: Phrase) => string,
) => words(resultsPhrase("from-to", { lower: figureText(lower), upper: figureText(upper) }));

const commonPhrase = ({ common, people: [own, count] }: ComparedPair, other: string): Phrase =>
  common === 0
    ? resultsPhrase("other-people", { other, own, count })
    : resultsPhrase("common-people", { other, people: common, own, count });
