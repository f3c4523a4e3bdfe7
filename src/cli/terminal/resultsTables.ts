/** Results of a group as text: whose, on whom, the figures that stand for it with their intervals, and those of all other answers. */
import type { Phrase } from "../../experiment/problems/words";
import type { GroupResults } from "../../report/results/groupResults";
import type { Measure } from "../../report/results/measures";
import { remarksOf } from "../../report/results/remarks";
import type { JudgedSet } from "../../report/results/resultsReply";
import {
  acquaintancePhrase,
  figureText,
  measureText,
  methodWord,
  resultsPhrase,
  sourcePhrase,
  thresholdPhrase,
} from "../../report/results/resultsWords";
import { type FoldFigure, setFigures } from "../../report/results/setFigures";
import { type Figure, isUndefined } from "../../statistics/figure";
import { textTable } from "./textTable";

/** A phrase in the language of the reader. */
type Words = (phrase: Phrase) => string;

/** Which figures stand in one line, by task; of others the first ones. */
const LEADING = ["AUC", "BA", "R2_score", "MAE", "SSIM", "PSNR"];

/** @param others names of the other groups that there are */
export function resultsText(
  found: GroupResults,
  judged: readonly JudgedSet[],
  others: readonly string[],
  words: Words,
): string {
  const headline = judged.find(({ set }) => set.id === found.headline);
  const rest = judged.filter((one) => one !== headline);
  return [
    ...titleLines(found, words),
    ...(headline === undefined ? [] : ["", ...setLines(found, headline, words)]),
    ...(rest.length === 0 ? [] : ["", othersTable(found, rest, words)]),
    ...(others.length === 0 ? [] : ["", words(resultsPhrase("other-groups", { groups: others }))]),
  ].join("\n");
}

function titleLines(found: GroupResults, words: Words): readonly string[] {
  const { group, counts, classes, source } = found;
  const acquaintance = acquaintancePhrase(found.acquaintance, found.knownPeople);
  const byClass = counts.byClass.map(({ people }, code) =>
    words(resultsPhrase("people-of-class", { name: classes[code] ?? String(code), people })),
  );
  const without =
    counts.unlabelled === 0 ? [] : [words(resultsPhrase("unlabelled", { count: counts.unlabelled }))];
  return [
    words(resultsPhrase("title-of-group", { group, acquaintance })),
    [words(resultsPhrase("people", counts)), ...byClass, ...without].join("; "),
    ...(found.leftOut === 0 ? [] : [words(resultsPhrase("left-out", { count: found.leftOut }))]),
    ...(source.capsDirectory === ""
      ? []
      : [words(resultsPhrase("images-from", { folder: source.capsDirectory }))]),
  ];
}

function setLines(found: GroupResults, judged: JudgedSet, words: Words): readonly string[] {
  const { set, figures, threshold } = judged;
  const { classes } = found;
  const pooled = figures.folds.length > 0;
  const measures = figures.measures.map((measure) => [
    measureName(measure, classes, words),
    isUndefined(measure.value) ? words(resultsPhrase("undefined")) : measureText(measure.name, measure.value),
    intervalCell(measure, words),
    measure.interval === null || isUndefined(measure.interval)
      ? ""
      : inWords(methodWord(measure.interval.method), words),
    ...(pooled ? [foldsCell(figures.folds, measure, words)] : []),
  ]);
  const head = (["measure", "value", "interval", "method"] as const).map((name) =>
    words(resultsPhrase(name)),
  );
  const columns = [...head, ...(pooled ? [words(resultsPhrase("mean-of-folds"))] : [])];
  return [
    words(sourcePhrase(set.source)),
    textTable(columns, measures),
    ...(figures.confusion === null ? [] : ["", confusionTable(figures.confusion, classes, words)]),
    ...(threshold === null ? [] : [words(thresholdPhrase(threshold, classes[0] ?? ""))]),
    ...remarksOf(found, judged).map(words),
  ];
}

function confusionTable(
  confusion: readonly (readonly number[])[],
  classes: readonly string[],
  words: Words,
): string {
  const nameOf = (code: number) => classes[code] ?? String(code);
  return textTable(
    [
      words(resultsPhrase("true-class")),
      ...confusion.map((_, code) => words(resultsPhrase("answered", { name: nameOf(code) }))),
    ],
    confusion.map((row, code) => [nameOf(code), ...row.map(String)]),
  );
}

function othersTable(found: GroupResults, judged: readonly JudgedSet[], words: Words): string {
  const names = leadingOf(judged[0]?.figures.measures ?? []);
  return textTable(
    [
      words(resultsPhrase("answers")),
      words(resultsPhrase("people-column")),
      ...names.map((measure) => measureName(measure, found.classes, words)),
    ],
    judged.map(({ set, figures }) => [
      words(sourcePhrase(set.source)),
      String(figures.people),
      ...names.map(({ name, code }) => {
        const measure = figures.measures.find((one) => one.name === name && one.code === code);
        return measure === undefined ? "" : withInterval(measure, words);
      }),
    ]),
  );
}

/** Few figures of all classes: the leading ones, or the first two. */
export function leadingOf(measures: readonly Measure[]): readonly Measure[] {
  const overall = measures.filter(({ code }) => code === null);
  const leading = overall.filter(({ name }) => LEADING.includes(name));
  return leading.length === 0 ? overall.slice(0, 2) : leading;
}

/** "ensemble of splits 0, 1: AUC 0.812 (0.700 to 0.901), BA 0.750 (...), of 56 people (unseen people)." */
export function inShort(found: GroupResults, words: Words): string | null {
  const set = found.answers.find(({ id }) => id === found.headline);
  if (set === undefined) return null;
  const { people, measures } = setFigures(set, found);
  const known = leadingOf(measures).filter(({ value }) => !isUndefined(value));
  if (known.length === 0) return null;
  return words(
    resultsPhrase("in-short", {
      answers: sourcePhrase(set.source),
      figures: known.map((measure) =>
        resultsPhrase("figure-in-short", {
          measure: measureName(measure, found.classes, words),
          value: figureCell(measure.value, words),
          interval: intervalCell(measure, words),
        }),
      ),
      people,
      acquaintance: acquaintancePhrase(found.acquaintance, found.knownPeople),
    }),
  );
}

export const measureName = (
  { name, code }: Pick<Measure, "name" | "code">,
  classes: readonly string[],
  words: Words,
) =>
  code === null ? name : words(resultsPhrase("of-class", { measure: name, name: classes[code] ?? code }));

export const figureCell = (figure: Figure, words: Words): string =>
  isUndefined(figure) ? words(resultsPhrase("undefined")) : figureText(figure);

function intervalCell({ interval }: Pick<Measure, "interval">, words: Words): string {
  if (interval === null || isUndefined(interval)) return "";
  const { lower, upper } = interval;
  return words(resultsPhrase("from-to", { lower: figureText(lower), upper: figureText(upper) }));
}

export function withInterval(measure: Measure, words: Words): string {
  const interval = intervalCell(measure, words);
  return [figureCell(measure.value, words), ...(interval === "" ? [] : [`(${interval})`])].join(" ");
}

function foldsCell(folds: readonly FoldFigure[], { name, code }: Measure, words: Words): string {
  const found = folds.find((one) => one.name === name && one.code === code);
  if (found === undefined || isUndefined(found.mean)) return "";
  const mean = figureText(found.mean);
  if (isUndefined(found.deviation)) return mean;
  return words(resultsPhrase("mean-and-deviation", { mean, deviation: figureText(found.deviation) }));
}

const inWords = (word: Phrase | string, words: Words) => (typeof word === "string" ? word : words(word));
