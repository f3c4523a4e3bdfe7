/** The answers of a group in columns, as they travel to the view: of five thousand people and five splits that is a few arrays. */
import type { PackedAnswers, ShownRows } from "../../../../webview/results/messages";
import { sessionKey } from "../../../report/results/combine";
import type {
  AnswerSet,
  AnswerSource,
  Given,
  GroupResults,
  SessionAnswer,
} from "../../../report/results/groupResults";
import { metricNamesOf } from "../../../statistics/metrics/metrics";

export interface PackedResults {
  readonly rows: ShownRows;
  /** Names of the figures of a reconstruction. */
  readonly figures: readonly string[];
  readonly answers: readonly PackedAnswers[];
}

/** What the validation people say of answers of a kind. */
export type OnValidation = (source: AnswerSource) => Pick<PackedAnswers, "youden" | "ageLine">;

export function packResults(
  { task, classes, answers }: Pick<GroupResults, "task" | "classes" | "answers">,
  onValidation: OnValidation = () => ({ youden: null, ageLine: null }),
): PackedResults {
  const rows = new Map<string, number>();
  const sessions: SessionAnswer[] = [];
  for (const session of answers.flatMap((set) => set.sessions)) {
    const key = sessionKey(session);
    if (rows.has(key)) continue;
    rows.set(key, sessions.length);
    sessions.push(session);
  }
  const figures = task === "reconstruction" ? metricNamesOf(task) : [];
  return {
    rows: {
      participants: sessions.map(({ participantId }) => participantId),
      sessions: sessions.map(({ sessionId }) => sessionId),
      cohorts: sessions.map(({ cohort }) => cohort),
      truth: Float64Array.from(sessions, ({ truth }) => truth ?? Number.NaN),
      columns: [],
    },
    figures,
    answers: answers.map((set) =>
      packAnswers(
        set,
        onValidation(set.source),
        (session) => rows.get(sessionKey(session))!,
        classes.length,
        figures,
      ),
    ),
  };
}

function packAnswers(
  { sessions, ...set }: AnswerSet,
  onValidation: ReturnType<OnValidation>,
  rowOf: (session: SessionAnswer) => number,
  classes: number,
  figures: readonly string[],
): PackedAnswers {
  const given = sessions.map(({ answer }) => answer);
  return {
    ...set,
    ...onValidation,
    rows: Uint32Array.from(sessions, rowOf),
    splits: Int32Array.from(sessions, ({ split }) => split ?? -1),
    values: Float64Array.from(given.flatMap((answer) => numbersOf(answer, classes, figures))),
    predicted: Int32Array.from(
      given.flatMap((answer) => (answer.kind === "class" ? [answer.predicted] : [])),
    ),
  };
}

function numbersOf(answer: Given, classes: number, figures: readonly string[]): readonly number[] {
  switch (answer.kind) {
    case "class":
      return answer.probabilities ?? new Array<number>(classes).fill(Number.NaN);
    case "value":
      return [answer.value];
    case "reconstruction":
      return figures.map((name) => answer.metrics[name] ?? Number.NaN);
  }
}
