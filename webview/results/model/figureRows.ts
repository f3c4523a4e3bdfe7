/** The figures of a set of answers, each with its interval: of people, each counted once. */
import type { PersonAnswer } from "../../../src/report/results/people";
import type { ConfusionMatrix } from "../../../src/statistics/confusion";
import { type Figure, isUndefined, undefinedBecause } from "../../../src/statistics/figure";
import { aucInterval } from "../../../src/statistics/intervals/auc";
import { balancedAccuracy, moverWilson } from "../../../src/statistics/intervals/balancedAccuracy";
import type { Interval } from "../../../src/statistics/intervals/interval";
import { clopperPearson, type Share, shareOf } from "../../../src/statistics/intervals/proportion";
import { averagePrecision } from "../../../src/statistics/roc/precisionRecall";
import { type Answering, confusionOf } from "./answering";
import { scoredPeople } from "./curves";

export interface FigureRow {
  readonly name: FigureName;
  readonly value: Figure;
  /** What it is a share of. */
  readonly share: Share | null;
  readonly interval: Figure<Interval> | null;
}

export type FigureName =
  | "AUC"
  | "AP"
  | "BA"
  | "accuracy"
  | "sensitivity"
  | "specificity"
  | "PPV"
  | "NPV"
  | "recall";

/** Of one class told from all others. */
export function figureRows(people: readonly PersonAnswer[], answering: Answering): readonly FigureRow[] {
  const scored = scoredPeople(people, answering);
  const area = aucInterval(scored);
  return [
    { name: "AUC", value: isUndefined(area) ? area : area.auc, share: null, interval: area },
    { name: "AP", value: averagePrecision(scored), share: null, interval: null },
    ...countRows(confusionOf(people, answering, [])),
  ];
}

/** Shares of a confusion matrix: of two classes, the first is the positive one. */
export function countRows(confusion: ConfusionMatrix): readonly FigureRow[] {
  const rowSum = (row: number) => confusion[row]!.reduce((sum, count) => sum + count, 0);
  const recalls = confusion.map((row, code) => ({ count: row[code]!, of: rowSum(code) }));
  const all = confusion.reduce((sum, _, row) => sum + rowSum(row), 0);
  const right = recalls.reduce((sum, { count }) => sum + count, 0);
  const accuracy = share("accuracy", { count: right, of: all });
  const balanced: FigureRow = {
    name: "BA",
    value: balancedAccuracy(recalls),
    share: null,
    interval: moverWilson(recalls),
  };
  if (confusion.length !== 2) return [balanced, accuracy];
  const column = (code: number) => ({
    count: confusion[code]![code]!,
    of: confusion[0]![code]! + confusion[1]![code]!,
  });
  return [
    balanced,
    share("sensitivity", recalls[0]!),
    share("specificity", recalls[1]!),
    share("PPV", column(0), "no-answers"),
    share("NPV", column(1), "no-answers"),
    accuracy,
  ];
}

const share = (name: FigureName, of: Share, why?: "no-answers"): FigureRow => ({
  name,
  value: why !== undefined && of.of === 0 ? undefinedBecause(why) : shareOf(of),
  share: of,
  interval: clopperPearson(of),
});
