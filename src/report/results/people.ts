/**
 * From sessions to people. Sessions of one person resemble each other, so an interval over sessions would be too narrow: every interval
 * and test of Gyrus is over people, each counted once, with the mean of what was answered for their sessions.
 */
import { mean } from "../../statistics/moments";
import { oneAgainstRest, type Scored } from "../../statistics/roc/scored";
import { meanRows, ofProbabilities } from "./combine";
import type { Given, SessionAnswer } from "./groupResults";

export interface PersonAnswer {
  readonly participantId: string;
  readonly cohort: string | null;
  /** Class code; the mean of the true values in a regression; null without label. */
  readonly truth: number | null;
  readonly answer: Given;
  /** Sessions that count, in the order of their ids. */
  readonly sessions: readonly SessionAnswer[];
}

export interface People {
  readonly people: readonly PersonAnswer[];
  /** Those whose class changes between sessions: they count with the class of their first session, and the sessions of that class. */
  readonly changing: number;
  /** Sessions that do not count for that reason. */
  readonly leftOut: number;
}

/** One row a person, in the order of their first rows. */
export function byPerson(sessions: readonly SessionAnswer[]): People {
  const grouped = new Map<string, SessionAnswer[]>();
  for (const session of sessions) {
    const key = `${session.cohort ?? ""}\t${session.participantId}`;
    const known = grouped.get(key);
    if (known === undefined) grouped.set(key, [session]);
    else known.push(session);
  }
  let [changing, leftOut] = [0, 0];
  const people = [...grouped.values()].map((own) => {
    const sorted = own.toSorted((a, b) => compareIds(a.sessionId, b.sessionId));
    const labelled = sorted.filter(({ truth }) => truth !== null);
    const first = labelled[0] ?? sorted[0]!;
    const counted =
      first.answer.kind === "class" ? sorted.filter(({ truth }) => truth === first.truth) : sorted;
    if (labelled.some(({ truth }) => truth !== first.truth) && first.answer.kind === "class") changing += 1;
    leftOut += sorted.length - counted.length;
    return personOf(counted);
  });
  return { people, changing, leftOut };
}

/** True and predicted values of those whose true value is known. */
export function valuePair(people: readonly PersonAnswer[]): {
  readonly truth: readonly number[];
  readonly predicted: readonly number[];
} {
  const known = people.flatMap(({ truth, answer }) =>
    truth !== null && answer.kind === "value" ? [{ truth, value: answer.value }] : [],
  );
  return { truth: known.map(({ truth }) => truth), predicted: known.map(({ value }) => value) };
}

/**
 * Of those whose class is known, whether they are of the first one, and its probability; null where not everybody's answer has
 * probabilities.
 */
export function gradedScores(people: readonly PersonAnswer[]): Scored | null {
  const labelled = people.filter(({ truth }) => truth !== null);
  const known = labelled.flatMap(({ truth, answer }) =>
    truth !== null && answer.kind === "class" && answer.probabilities !== null
      ? [{ truth, probabilities: answer.probabilities }]
      : [],
  );
  if (known.length < labelled.length) return null;
  const truth = known.map((one) => one.truth);
  return oneAgainstRest(
    truth,
    known.map(({ probabilities }) => probabilities),
    0,
  );
}

/** How far the value is from the true one; null where there is none. */
export const absoluteError = ({ truth, answer }: PersonAnswer): number | null =>
  truth !== null && answer.kind === "value" ? Math.abs(answer.value - truth) : null;

/** A figure of the image of a person; null where there is none. */
export function figureOfImage({ answer }: PersonAnswer, name: string): number | null {
  const value = answer.kind === "reconstruction" ? answer.metrics[name] : undefined;
  return value !== undefined && Number.isFinite(value) ? value : null;
}

const compareIds = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function personOf(sessions: readonly SessionAnswer[]): PersonAnswer {
  const { participantId, cohort, truth } = sessions[0]!;
  const person = { participantId, cohort, sessions };
  const [only] = sessions;
  if (sessions.length === 1 && only !== undefined) return { ...person, truth, answer: only.answer };
  const answer = meanGiven(sessions.map((session) => session.answer));
  return { ...person, truth: answer.kind === "class" ? truth : meanKnown(sessions), answer };
}

function meanKnown(sessions: readonly SessionAnswer[]): number | null {
  const known = sessions.flatMap(({ truth }) => (truth === null ? [] : [truth]));
  return known.length === 0 ? null : mean(known);
}

/** Of classes without probabilities: that of most sessions, the first of those that are equally many. */
function meanGiven(given: readonly Given[]): Given {
  const [first] = given;
  if (first === undefined) throw new RangeError("A person without a session.");
  switch (first.kind) {
    case "class": {
      const classes = given.flatMap((one) => (one.kind === "class" ? [one] : []));
      const rows = classes.flatMap(({ probabilities }) => (probabilities === null ? [] : [probabilities]));
      if (rows.length === given.length) return ofProbabilities(meanRows(rows));
      const codes = classes.map(({ predicted }) => predicted);
      const votes = (code: number) => codes.filter((one) => one === code).length;
      const predicted = codes.reduce((best, code) => (votes(code) > votes(best) ? code : best));
      return { kind: "class", predicted, probabilities: null };
    }
    case "value":
      return {
        kind: "value",
        value: mean(given.flatMap((one) => (one.kind === "value" ? [one.value] : []))),
      };
    case "reconstruction": {
      const metrics = given.flatMap((one) => (one.kind === "reconstruction" ? [one.metrics] : []));
      const names = Object.keys(first.metrics);
      return {
        kind: "reconstruction",
        metrics: Object.fromEntries(names.map((name) => [name, mean(metrics.map((one) => one[name]!))])),
      };
    }
  }
}
