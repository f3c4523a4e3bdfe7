/** Results as programs read them: numbers, codes and null where a number does not exist, with the code of the reason. */
import { type Figure, isUndefined } from "../../statistics/figure";
import type { AnswerSet, ChosenThreshold, GroupResults } from "./groupResults";
import type { Measure } from "./measures";
import type { SetFigures } from "./setFigures";

/** One set of answers with its figures, and the threshold that they are of. */
export interface JudgedSet {
  readonly set: AnswerSet;
  readonly figures: SetFigures;
  readonly threshold: ChosenThreshold | null;
}

export function resultsReply(found: GroupResults, judged: readonly JudgedSet[]) {
  const { answers: _answers, problems: _problems, ...group } = found;
  return {
    ...group,
    answers: judged.map(({ set, figures, threshold }) => ({
      ...set,
      people: figures.people,
      changing: figures.changing,
      leftOut: figures.leftOut,
      threshold,
      confusion: figures.confusion,
      measures: figures.measures.map((measure) => measureReply(measure, found.classes)),
      folds: figures.folds.map(({ name, code, values, mean, deviation }) => ({
        name,
        class: classOf(code, found.classes),
        values: values.map(({ value, ...fold }) => ({ ...fold, ...numberReply(value) })),
        mean: numberReply(mean).value,
        deviation: numberReply(deviation).value,
      })),
    })),
  };
}

export const measureReply = ({ name, code, value, interval }: Measure, classes: readonly string[]) => ({
  name,
  class: classOf(code, classes),
  ...numberReply(value),
  interval: interval === null || isUndefined(interval) ? null : interval,
});

const classOf = (code: number | null, classes: readonly string[]) =>
  code === null ? null : (classes[code] ?? String(code));

const numberReply = (figure: Figure) =>
  isUndefined(figure)
    ? { value: null, undefinedBecause: figure.undefinedBecause }
    : { value: figure, undefinedBecause: null };

/** A row a figure, for spreadsheets; empty cells where there is nothing. */
export function resultsRows(
  found: GroupResults,
  judged: readonly JudgedSet[],
): readonly (readonly string[])[] {
  const head = [
    "group",
    "known_as",
    "answers",
    "people",
    "measure",
    "class",
    "value",
    "lower",
    "upper",
    "method",
    "undefined",
  ];
  const cell = (value: number | null | undefined) =>
    value === null || value === undefined ? "" : String(value);
  const rows = judged.flatMap(({ set, figures }) =>
    figures.measures.map((measure) => {
      const { name, class: of, value, undefinedBecause, interval } = measureReply(measure, found.classes);
      return [
        found.group,
        found.acquaintance,
        set.id,
        String(figures.people),
        name,
        of ?? "",
        cell(value),
        cell(interval?.lower),
        cell(interval?.upper),
        interval?.method ?? "",
        undefinedBecause ?? "",
      ];
    }),
  );
  return [head, ...rows];
}
