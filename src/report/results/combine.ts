/** One answer from all splits: pooled folds, and the ensemble of the splits' networks on people that none of them knows. */
import { argmax } from "../../statistics/answer";
import { mean } from "../../statistics/moments";
import { type AnswerSet, type Given, idOf, type SessionAnswer } from "./groupResults";

/** By which the answers of several networks for one session find each other. */
export const sessionKey = ({ cohort, participantId, sessionId }: SessionAnswer): string =>
  `${cohort ?? ""}\t${participantId}\t${sessionId}`;

/** Answers of one selection metric over two splits or more, by metric in their order. */
function byMetric(singles: readonly AnswerSet[]): (readonly [string, readonly AnswerSet[]])[] {
  const metrics = [...new Set(singles.map(({ source }) => source.metric))];
  return metrics.flatMap((metric) => {
    const sets = singles.filter(({ source }) => source.metric === metric);
    return sets.length < 2 ? [] : [[metric, sets] as const];
  });
}

const splitsOf = (sets: readonly AnswerSet[]) =>
  sets.flatMap(({ source }) => (source.kind === "single" ? [source.split] : []));

/**
 * Every person answered by the network that was not trained on them: the folds together. With repeated draws instead of folds a person
 * stands in several, and each answer is one of the pool.
 */
export function poolFolds(singles: readonly AnswerSet[]): AnswerSet[] {
  return byMetric(singles).map(([metric, sets]) => {
    const source = { kind: "pooled", splits: splitsOf(sets), metric } as const;
    return {
      id: idOf(source),
      source,
      sessions: sets.flatMap(({ sessions }) => sessions),
      voting: sets[0]!.voting,
      incomplete: 0,
    };
  });
}

/**
 * The mean of the probabilities (or values) that the splits' networks give a session. Sessions that one of them did not answer are left
 * out and counted. Of reconstructions, and of classes without probabilities, there is none.
 */
export function ensembles(singles: readonly AnswerSet[]): AnswerSet[] {
  return byMetric(singles).flatMap(([metric, sets]) => {
    const source = { kind: "ensemble", splits: splitsOf(sets), metric } as const;
    const answers = new Map<string, SessionAnswer[]>();
    for (const session of sets.flatMap((set) => set.sessions)) {
      const key = sessionKey(session);
      const known = answers.get(key);
      if (known === undefined) answers.set(key, [session]);
      else known.push(session);
    }
    const complete = [...answers.values()].filter((given) => given.length === sets.length);
    const sessions = complete.flatMap((given) => {
      const answer = meanAnswer(given.map((one) => one.answer));
      return answer === null ? [] : [{ ...given[0]!, split: null, answer }];
    });
    if (sessions.length === 0) return [];
    const incomplete = answers.size - complete.length;
    return [{ id: idOf(source), source, sessions, voting: sets[0]!.voting, incomplete }];
  });
}

/** Null for reconstructions, and where one of several has no probabilities. */
function meanAnswer(given: readonly Given[]): Given | null {
  const probabilities = given.flatMap((one) =>
    one.kind === "class" && one.probabilities !== null ? [one.probabilities] : [],
  );
  if (probabilities.length === given.length) return ofProbabilities(meanRows(probabilities));
  const values = given.flatMap((one) => (one.kind === "value" ? [one.value] : []));
  return values.length === given.length ? { kind: "value", value: mean(values) } : null;
}

/** The class with the largest probability; the first one wins a tie. */
export const ofProbabilities = (probabilities: readonly number[]): Given => ({
  kind: "class",
  predicted: argmax(probabilities),
  probabilities,
});

/** Column by column. */
export const meanRows = (rows: readonly (readonly number[])[]): readonly number[] =>
  (rows[0] ?? []).map((_, column) => mean(rows.map((row) => row[column]!)));
