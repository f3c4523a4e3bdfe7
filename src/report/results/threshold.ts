/** From which probability on somebody is taken for the positive class: chosen on the validation set, never on the group that it judges. */
import { isUndefined } from "../../statistics/figure";
import { oneAgainstRest } from "../../statistics/roc/scored";
import { youdenThreshold } from "../../statistics/roc/thresholds";
import type { AnswerSet, AnswerSource, ChosenThreshold, GroupResults } from "./groupResults";
import { byPerson } from "./people";

/**
 * The threshold of Youden's J on the people of the validation set, of the answers by which `source` was made: the folds together for an
 * ensemble, those of its own split for a single network. Null where a class has nobody, or the answers have no probabilities.
 */
export function youdenOn(validation: GroupResults, source: AnswerSource): ChosenThreshold | null {
  const set = ofSameNetworks(validation.answers, source);
  if (set === undefined || validation.classes.length !== 2) return null;
  const known = byPerson(set.sessions).people.flatMap(({ truth, answer }) =>
    truth !== null && answer.kind === "class" && answer.probabilities !== null
      ? [{ truth, probabilities: answer.probabilities }]
      : [],
  );
  const scored = oneAgainstRest(
    known.map(({ truth }) => truth),
    known.map(({ probabilities }) => probabilities),
    0,
  );
  const best = youdenThreshold(scored);
  return isUndefined(best) || !Number.isFinite(best.threshold)
    ? null
    : { value: best.threshold, rule: "youden" };
}

/** The answers of the validation set by the networks of `source`: the folds together for an ensemble. */
export const ofSameNetworks = (answers: readonly AnswerSet[], source: AnswerSource) =>
  answers.find(({ source: known }) => {
    if (known.metric !== source.metric) return false;
    if (source.kind === "single") return known.kind === "single" && known.split === source.split;
    return known.kind === "pooled";
  }) ?? answers.find(({ source: known }) => known.metric === source.metric);
