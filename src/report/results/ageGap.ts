/**
 * Predicted ages without what age by itself puts into them: predictions of the young are too high and of the old too low, so the gap
 * between predicted and true age goes with age. The line that takes this out is fitted on the validation set, never on the group itself.
 */
import { isSplitGroup } from "../../experiment/splitGroups";
import { type Figure, isUndefined, mapFigure } from "../../statistics/figure";
import { meanInterval } from "../../statistics/intervals/mean";
import { type AgeLine, ageLine, beheshtiGaps, coleCorrected } from "../../statistics/regression/brainAge";
import { pearson } from "../../statistics/regression/correlation";
import { meanAbsoluteErrorInterval, meanError } from "../../statistics/regression/errors";
import type { AnswerSet, AnswerSource, GroupResults } from "./groupResults";
import type { Measure } from "./measures";
import { byPerson } from "./people";
import type { SetFigures } from "./setFigures";
import { ofSameNetworks } from "./threshold";

/** Whether ages are what the networks tell: of `age`, `age_bl`, `scan_age`. */
export const tellsAge = ({ task, label }: Pick<GroupResults, "task" | "label">): boolean =>
  task === "regression" && /(^|_)age(_|$)/i.test(label ?? "");

/** The line of the people of the validation set, of the answers by which `source` was made; null where there is none. */
export function ageLineOn(validation: GroupResults, source: AnswerSource): AgeLine | null {
  const set = ofSameNetworks(validation.answers, source);
  if (set === undefined) return null;
  const { ages, predictions } = agesOf(set);
  const line = ageLine(ages, predictions);
  return isUndefined(line) ? null : line;
}

/**
 * In years: `MAE_cole` of ages corrected by Cole's line, the mean gap that is left (`gap_cole`), and how the gap goes with age before and
 * after (`r_gap_age`, `r_gap_age_cole`). `gap_beheshti` is the mean gap by Beheshti's correction, which needs the true age and so has no
 * accuracy.
 */
export function ageGapMeasures(set: AnswerSet, line: AgeLine): readonly Measure[] {
  const { ages, predictions } = agesOf(set);
  const corrected = coleCorrected(predictions, line);
  const pair = mapFigure(corrected, (predicted) => ({ truth: ages, predicted }));
  const absolute = mapFigure(pair, meanAbsoluteErrorInterval);
  const gap = mapFigure(pair, meanError);
  const beheshti = meanInterval(beheshtiGaps(predictions, ages, line));
  const gapsOf = (predicted: readonly number[]) => predicted.map((age, i) => age - ages[i]!);
  return [
    meanMeasure("MAE_cole", absolute),
    meanMeasure("gap_cole", gap),
    meanMeasure("gap_beheshti", beheshti),
    correlationMeasure("r_gap_age", pearson(gapsOf(predictions), ages)),
    correlationMeasure(
      "r_gap_age_cole",
      mapFigure(corrected, (predicted) => pearson(gapsOf(predicted), ages)),
    ),
  ];
}

/**
 * The line by which the ages that `source` tells of a group are corrected; null where nothing is: of what is no age, of a group that a
 * training made, of a MAPS without answers for its validation set.
 */
export const correctingLine = (
  found: Pick<GroupResults, "task" | "label" | "group">,
  source: AnswerSource,
  validation: GroupResults | null,
): AgeLine | null =>
  validation === null || !tellsAge(found) || isSplitGroup(found.group) ? null : ageLineOn(validation, source);

/** The figures of ages with those of corrected ones; as they are where nothing is corrected. */
export function withAgeGap(
  figures: SetFigures,
  set: AnswerSet,
  found: GroupResults,
  validation: GroupResults | null,
): SetFigures {
  const line = correctingLine(found, set.source, validation);
  if (line === null) return figures;
  return { ...figures, measures: [...figures.measures, ...ageGapMeasures(set, line)] };
}

/** People whose age is known. */
function agesOf({ sessions }: AnswerSet): {
  readonly ages: readonly number[];
  readonly predictions: readonly number[];
} {
  const known = byPerson(sessions).people.flatMap(({ truth, answer }) =>
    truth !== null && answer.kind === "value" ? [{ age: truth, prediction: answer.value }] : [],
  );
  return { ages: known.map(({ age }) => age), predictions: known.map(({ prediction }) => prediction) };
}

const meanMeasure = (name: string, found: ReturnType<typeof meanInterval>): Measure => ({
  name,
  code: null,
  value: mapFigure(found, ({ mean }) => mean),
  interval: found,
});

const correlationMeasure = (name: string, found: ReturnType<typeof pearson>): Measure => ({
  name,
  code: null,
  value: mapFigure(found, ({ coefficient }): Figure => coefficient),
  interval: isUndefined(found) ? null : found.interval,
});
