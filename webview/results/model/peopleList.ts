/** The sessions of a group as a list: the wrong and the unsure ones first, filtered by text. */
import type { SessionAnswer } from "../../../src/report/results/groupResults";
import { lowerIsBetter } from "../../../src/statistics/metrics/metrics";
import type { ShownGroup, ShownRows } from "../messages";
import { type Answering, answeredCode, trueCode } from "./answering";

/** One session as it stands in the list. */
export interface Listed {
  /** Row of the group. */
  readonly row: number;
  readonly session: SessionAnswer;
  /** Null where nobody can say: no label, or no class. */
  readonly right: boolean | null;
  /** Order of the list, ascending: what is wrong and sure, what is unsure, what is right and sure; then those without label. */
  readonly rank: number;
}

/** Sessions in the order in which they deserve a look. */
export function listSessions(
  group: Pick<ShownGroup, "task" | "figures">,
  rows: ArrayLike<number>,
  sessions: readonly SessionAnswer[],
  answering: Answering,
): readonly Listed[] {
  const listed = sessions.map((session, entry) => ({
    row: rows[entry]!,
    session,
    ...placeOf(group, session, answering),
  }));
  // What has no rank comes last.
  const order = (rank: number) => (Number.isNaN(rank) ? Number.POSITIVE_INFINITY : rank);
  return listed.toSorted((a, b) => {
    const [one, other] = [order(a.rank), order(b.rank)];
    return one === other ? a.row - b.row : one - other;
  });
}

function placeOf(
  { task, figures }: Pick<ShownGroup, "task" | "figures">,
  session: SessionAnswer,
  answering: Answering,
): Pick<Listed, "right" | "rank"> {
  switch (task) {
    case "classification":
      return standingOf(session, answering);
    case "regression":
      return { right: null, rank: -errorOf(session) };
    case "reconstruction":
      return { right: null, rank: closeness(session, figures) };
  }
}

/**
 * -2 to -1 for wrong answers, 0 to 1 for right ones: the farther the probability is from where the answer would have been another, the
 * lower of a wrong one and the higher of a right one.
 */
function standingOf({ truth, answer }: SessionAnswer, answering: Answering): Pick<Listed, "right" | "rank"> {
  const code = answeredCode(answer, answering);
  if (truth === null || Number.isNaN(code)) return { right: null, rank: Number.NaN };
  const right = code === trueCode(truth, answering);
  const sure = certainty(answer, answering);
  // Without probabilities, wrong ones come first all the same.
  return { right, rank: right ? sure : -1 - sure };
}

function certainty(answer: SessionAnswer["answer"], { positive, threshold }: Answering): number {
  if (answer.kind !== "class" || answer.probabilities === null) return 0;
  const { probabilities } = answer;
  if (positive !== null && threshold !== null) return Math.abs(probabilities[positive]! - threshold);
  const [first = 0, second = 0] = probabilities.toSorted((a, b) => b - a);
  return first - second;
}

/** How far a value is from the true one; NaN without either. */
export const errorOf = ({ truth, answer }: Pick<SessionAnswer, "truth" | "answer">): number =>
  truth === null || answer.kind !== "value" ? Number.NaN : Math.abs(answer.value - truth);

/** Ascending from the worst reconstruction, by its first figure. */
function closeness({ answer }: SessionAnswer, [figure]: readonly string[]): number {
  if (answer.kind !== "reconstruction" || figure === undefined) return Number.NaN;
  const value = answer.metrics[figure] ?? Number.NaN;
  return lowerIsBetter(figure) ? -value : value;
}

/** What a filter looks through, for each row of the group: made once, for typing must not wait. */
export function searchTexts(
  { participants, sessions, truth, columns }: ShownRows,
  classes: readonly string[],
) {
  return participants.map((participant, row) =>
    [
      participant,
      sessions[row]!,
      classes[truth[row] ?? Number.NaN] ?? "",
      ...columns.map(({ values }) => values[row]!),
    ]
      .join("\n")
      .toLocaleLowerCase(),
  );
}

/** Those in which every word of `filter` occurs. */
export function filterList(
  listed: readonly Listed[],
  texts: readonly string[],
  filter: string,
  onlyWrong: boolean,
): readonly Listed[] {
  const words = filter.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && !onlyWrong) return listed;
  return listed.filter(
    ({ row, right }) =>
      (!onlyWrong || right === false) && words.every((word) => texts[row]?.includes(word) === true),
  );
}
