/** What the sections of the panel show of the chosen answers: computed once a choice, for typing a filter must not compute it again. */
import type { Measure } from "../../../src/report/results/measures";
import type { PersonAnswer } from "../../../src/report/results/people";
import type { ConfusionMatrix } from "../../../src/statistics/confusion";
import { isUndefined } from "../../../src/statistics/figure";
import { lowerIsBetter } from "../../../src/statistics/metrics/metrics";
import type { Plot } from "../../shared/plot/plot";
import type { ShownGroup } from "../messages";
import { type Answering, confusedNames, confusionOf } from "./answering";
import { type CalibrationWords, calibrationPlot } from "./calibrationPlot";
import { type CurveLook, type CurveWords, precisionRecallPlot, rocPlot, scoredPeople } from "./curves";
import { figuresOfPeople } from "./figureRows";
import type { ShownAnswers } from "./shownAnswers";
import { type Subgroup, subgroupsBy } from "./subgroups";
import { figurePlot, type ValueWords, valuePeople, valuePlots } from "./valuePlots";

export interface SectionWords {
  readonly curves: CurveWords;
  readonly values: ValueWords;
  /** Of an AUC or an average precision with its interval. */
  readonly note: (measure: Measure) => string;
  /** Of the calibration: Brier score and expected error. */
  readonly calibration: CalibrationWords;
}

/** Row of the group of the first session of a person. */
export type RowOf = (person: PersonAnswer) => number;

export function rowsOfPeople({ packed, sessions }: ShownAnswers): RowOf {
  const rows = new Map(sessions.map((session, entry) => [session, packed.rows[entry]!]));
  return ({ sessions: [first] }) => (first === undefined ? -1 : (rows.get(first) ?? -1));
}

export interface Confused {
  readonly matrix: ConfusionMatrix;
  readonly names: readonly string[];
}

/** Null where no answer can be right or wrong. */
export function confusedOf(
  { task, classes }: ShownGroup,
  people: readonly PersonAnswer[],
  answering: Answering,
  others: string,
): Confused | null {
  if (task !== "classification" || classes.length < 2) return null;
  const matrix = confusionOf(people, answering, classes);
  const counted = matrix.some((row) => row.some((count) => count > 0));
  return counted ? { matrix, names: confusedNames(classes, answering, others) } : null;
}

/** The charts of a task. */
export function plotsOf(
  group: ShownGroup,
  people: readonly PersonAnswer[],
  rowOf: RowOf,
  answering: Answering,
  measures: readonly Measure[],
  words: SectionWords,
): readonly Plot[] {
  switch (group.task) {
    case "classification":
      return curvePlots(group.classes, people, answering, measures, words);
    case "regression": {
      const values = valuePeople(people, rowOf);
      return values.names.length === 0 ? [] : valuePlots(values, "", words.values);
    }
    case "reconstruction":
      return group.figures.map((name) => figurePlot(name, people, rowOf, lowerIsBetter(name), words.values));
  }
}

const COLORS = [0, 1, 2, 3, 4, 5] as const;
const CURVE_DASHES = ["solid", "dashed", "dashDot", "dotted"] as const;

const lookOf = (label: string, place: number): CurveLook => ({
  label,
  color: COLORS[place % COLORS.length]!,
  dash: CURVE_DASHES[place % CURVE_DASHES.length]!,
});

/** Of one class with its band, or of each class against the others. */
function curvePlots(
  classes: readonly string[],
  people: readonly PersonAnswer[],
  answering: Answering,
  measures: readonly Measure[],
  words: SectionWords,
): readonly Plot[] {
  const { positive, threshold } = answering;
  const codes = positive === null ? classes.map((_, code) => code) : [positive];
  const curves = codes.map((code, place) => ({
    scored: scoredPeople(people, { positive: code, threshold: null }),
    look: lookOf(classes[code] ?? String(code), place),
  }));
  const noteOf = (name: string) => (positive === null ? "" : noteOfMeasure(name, measures, words));
  // Of two classes, as answered is half.
  const mark = threshold ?? (classes.length === 2 ? 0.5 : null);
  return [
    rocPlot({ curves, threshold: mark, note: noteOf("AUC") }, words.curves),
    precisionRecallPlot({ curves, threshold: mark, note: noteOf("AP") }, words.curves),
    ...curves
      .slice(0, positive === null ? 0 : 1)
      .map(({ scored, look }) => calibrationPlot(scored, look, words.calibration)),
  ].filter((plot) => plot !== null);
}

function noteOfMeasure(
  name: string,
  measures: readonly Measure[],
  { note }: Pick<SectionWords, "note">,
): string {
  const found = measures.find((one) => one.name === name && one.code === null);
  return found === undefined || isUndefined(found.value) ? "" : note(found);
}

/** The same charts where the interval of the average precision has come meanwhile. */
export const withPrecision = (
  plots: readonly Plot[],
  measures: readonly Measure[],
  words: Pick<SectionWords, "note">,
): readonly Plot[] =>
  plots.map((plot) =>
    plot.id === "precision-recall" && plot.note !== ""
      ? { ...plot, note: noteOfMeasure("AP", measures, words) }
      : plot,
  );

export interface SubgroupFigures extends Subgroup {
  readonly figures: readonly Measure[];
}

const OF_SUBGROUPS: readonly string[] = ["AUC", "BA", "sensitivity", "specificity", "accuracy"];

export function subgroupFigures(
  group: ShownGroup,
  people: readonly PersonAnswer[],
  rowOf: RowOf,
  answering: Answering,
  column: string | null,
): readonly SubgroupFigures[] {
  const found = group.rows.columns.find(({ name }) => name === column);
  if (found === undefined) return [];
  return subgroupsBy(found, people, rowOf).map((subgroup) => ({
    ...subgroup,
    figures: figuresOfPeople(subgroup.people, group.classes, answering).filter(
      ({ name, code }) => code === null && OF_SUBGROUPS.includes(name),
    ),
  }));
}
