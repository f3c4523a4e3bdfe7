/** What of a group is looked at: one set of answers, session by session and person by person, and how probabilities become answers. */
import type { SessionAnswer } from "../../../src/report/results/groupResults";
import { byPerson, type People } from "../../../src/report/results/people";
import type { PackedAnswers, ShownGroup } from "../messages";
import type { ResultsState } from "../state";
import type { Answering } from "./answering";
import { unpackAnswers } from "./unpack";

export interface ShownAnswers {
  readonly packed: PackedAnswers;
  /** One for each entry of `packed.rows`. */
  readonly sessions: readonly SessionAnswer[];
  readonly people: People;
}

/** Answers that were asked for, once unpacked, by group. */
const unpacked = new WeakMap<PackedAnswers, ShownAnswers>();

export function shownAnswers(group: ShownGroup, packed: PackedAnswers): ShownAnswers {
  const known = unpacked.get(packed);
  if (known !== undefined) return known;
  const sessions = unpackAnswers(group, packed);
  const shown = { packed, sessions, people: byPerson(sessions) };
  unpacked.set(packed, shown);
  return shown;
}

/** The answers that the reader chose, else those that stand for the group; undefined where there are none. */
export const chosenAnswers = (
  { answers, headline }: ShownGroup,
  { answers: chosen }: Pick<ResultsState, "answers">,
): PackedAnswers | undefined =>
  answers.find(({ id }) => id === chosen) ?? answers.find(({ id }) => id === headline) ?? answers[0];

/** Of two classes one is always the positive one: the first, unless the other was chosen. */
export function answeringOf(
  { task, classes }: Pick<ShownGroup, "task" | "classes">,
  { positive, threshold }: Pick<ResultsState, "positive" | "threshold">,
): Answering {
  if (task !== "classification") return { positive: null, threshold: null };
  const known = positive !== null && positive < classes.length ? positive : null;
  const code = known ?? (classes.length === 2 ? 0 : null);
  return { positive: code, threshold: code === null ? null : threshold };
}
