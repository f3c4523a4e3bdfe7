/** The figures by which two models are compared besides what their tests are of, by name. */
import type { ConfusionMatrix } from "../../statistics/confusion";
import { type Figure, mapFigure, undefinedBecause } from "../../statistics/figure";
import { balancedAccuracy } from "../../statistics/intervals/balancedAccuracy";
import { type Share, shareOf } from "../../statistics/intervals/proportion";
import { determinationOf } from "../../statistics/regression/errors";
import type { GroupResults } from "./groupResults";
import { at, judgedDraws, meanAt } from "./judgedDraws";
import { judgedPeople, oddMeasures } from "./measures";
import { type PersonAnswer, valuePair } from "./people";

export type Figures = Readonly<Record<string, Figure>>;

/** The figures of those of `people` who are drawn, by name. */
export function figuresOf(
  { task, classes }: Pick<GroupResults, "task" | "classes">,
  people: readonly PersonAnswer[],
): DrawnFigures {
  switch (task) {
    case "classification":
      return classFigures(people, classes.length);
    case "regression":
      return valueFigures(people);
    case "reconstruction":
      return imageFigures(people);
  }
}

type DrawnFigures = (rows: readonly number[]) => Figures;

function classFigures(people: readonly PersonAnswer[], classes: number): DrawnFigures {
  const { confusion, graded } = judgedDraws(judgedPeople(people, classes, null), classes);
  const judgedOf = amongKnown(people, ({ truth, answer }) => truth !== null && answer.kind === "class");
  return (drawnRows) => {
    const rows = judgedOf(drawnRows);
    const matrix = confusion(rows);
    const recalls = recallsOf(matrix);
    const right = sum(recalls.map(({ count }) => count));
    const counted: Figures = {
      BA: balancedAccuracy(recalls),
      accuracy: shareOf({ count: right, of: rows.length }),
      ...(classes === 2 ? figuresOfTwo(matrix, recalls) : {}),
    };
    if (graded === null) return counted;
    const area: Figures =
      classes === 2 ? { AP: graded.averagePrecisions(rows)[0]! } : { AUC: graded.macroAuc(rows) };
    return { ...area, ...counted, Brier: graded.brier(rows), log_loss: graded.logLoss(rows) };
  };
}

/** By class code, how many of its people are taken for it. */
export const recallsOf = (confusion: ConfusionMatrix): readonly Share[] =>
  confusion.map((row, code) => ({ count: row[code]!, of: sum(row) }));

function figuresOfTwo(confusion: ConfusionMatrix, [positives, negatives]: readonly Share[]): Figures {
  const odd = oddMeasures(confusion, 0, null).map(({ name, value }) => [name, value] as const);
  return {
    sensitivity: positives === undefined ? undefinedBecause("no-positives") : shareOf(positives),
    specificity: negatives === undefined ? undefinedBecause("no-negatives") : shareOf(negatives),
    ...Object.fromEntries(odd),
  };
}

function valueFigures(people: readonly PersonAnswer[]): DrawnFigures {
  const { truth, predicted } = valuePair(people);
  const knownOf = amongKnown(people, ({ truth, answer }) => truth !== null && answer.kind === "value");
  const errors = predicted.map((value, i) => value - truth[i]!);
  const [sizes, squares] = [errors.map(Math.abs), errors.map((error) => error ** 2)];
  return (drawnRows) => {
    const rows = knownOf(drawnRows);
    if (rows.length === 0) return {};
    return {
      R2_score: determinationOf({ truth: at(truth, rows), predicted: at(predicted, rows) }),
      MAE: meanAt(sizes, rows),
      RMSE: mapFigure(meanAt(squares, rows), Math.sqrt),
    };
  };
}

function imageFigures(people: readonly PersonAnswer[]): DrawnFigures {
  const images = people.flatMap(({ answer }) => (answer.kind === "reconstruction" ? [answer.metrics] : []));
  const imagesOf = amongKnown(people, ({ answer }) => answer.kind === "reconstruction");
  const values = Object.keys(images[0] ?? {}).map(
    (name) => [name, images.map((metrics) => metrics[name] ?? Number.NaN)] as const,
  );
  return (drawnRows) => {
    const rows = imagesOf(drawnRows);
    return Object.fromEntries(
      values.map(([name, all]) => [
        name,
        meanAt(
          all,
          rows.filter((row) => Number.isFinite(all[row])),
        ),
      ]),
    );
  };
}

/** From rows of `people` to rows of those of them who are known; the others have nothing to be judged by. */
function amongKnown(people: readonly PersonAnswer[], isKnown: (person: PersonAnswer) => boolean) {
  let known = 0;
  const places = people.map((person) => (isKnown(person) ? known++ : null));
  if (known === people.length) return (rows: readonly number[]) => rows;
  return (rows: readonly number[]) => rows.flatMap((row) => places[row] ?? []);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
