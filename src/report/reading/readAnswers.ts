/** Tables of predictions as answers by session and by part. */
import { problem } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { MODES, type Mode } from "../../experiment/schema/preprocessing";
import { exists } from "../../files/exists";
import type { GroupRow } from "../../maps/folder/groups";
import type { ResultsPlace } from "../../maps/folder/place";
import { type PredictionTable, readPredictions } from "../../maps/tables/predictionTsv";
import type { Task } from "../../statistics/task";
import type { Given, PartVote, SessionAnswer, Voting } from "../results/groupResults";
import { byPerson } from "../results/people";

export interface ReadAnswers {
  readonly sessions: readonly SessionAnswer[];
  readonly voting: Voting;
}

export interface AnswersRequest {
  readonly place: ResultsPlace;
  readonly task: Task;
  readonly mode: Mode;
  /** How many there are; 0 where the MAPS does not say, and outside of classification. */
  readonly classes: number;
  /** Those of the group, which know their cohorts. */
  readonly rows: readonly GroupRow[];
  /** What can be passed over in the table, and is said. */
  readonly problems: Problem[];
}

/**
 * One answer a session. Null where there is no table; throws an InputError for one that cannot be read, or whose classes or probabilities
 * are none.
 */
export async function readAnswers(request: AnswersRequest): Promise<ReadAnswers | null> {
  const { place, task, mode, classes, problems } = request;
  const cohorts = cohortsOf(request.rows);
  const { split } = place.best;
  const whole = place.predictionTsv("image");
  if (await exists(whole)) {
    const table = await readPredictions(whole, task);
    checkClasses(whole, table, classes);
    const rows = onePerSession(whole, keyedAnswers(table), cohorts, problems);
    const sessions = rows.map(({ part: _, ...row }) => ({ ...row, cohort: cohorts(row), split }));
    return { sessions, voting: mode === "image" ? "none" : "voted" };
  }
  const parts = place.predictionTsv(mode);
  if (mode === "image" || !(await exists(parts))) return null;
  const table = await readPredictions(parts, task);
  checkClasses(parts, table, classes);
  const rows = keyedAnswers(table);
  return {
    sessions: meanOfParts(rows.map((row) => ({ ...row, cohort: cohorts(row), split }))),
    voting: "mean",
  };
}

/** Rounding of what ClinicaDL writes. */
const ROUNDING = 1e-4;

/** Throws an InputError that names every row whose classes or probabilities cannot be; no label at all (-1, nothing) is a label unknown. */
function checkClasses(file: string, table: PredictionTable, classes: number): void {
  if (table.task !== "classification" || classes === 0) return;
  const isClass = (code: number) => Number.isInteger(code) && code >= 0 && code < classes;
  const problems = table.rows.flatMap(({ trueLabel, predictedLabel, probabilities }, i) => {
    const place = { file, where: `row ${i + 2}` };
    const codes = { last: classes - 1 };
    const known =
      trueLabel >= 0
        ? { true_label: trueLabel, predicted_label: predictedLabel }
        : { predicted_label: predictedLabel };
    const wrong = Object.entries(known).filter(([, code]) => !isClass(code));
    const outside = probabilities.find((p) => p < -ROUNDING || p > 1 + ROUNDING);
    return [
      ...wrong.map(([column, value]) =>
        problem("predictions.class", place, { column, value: String(value), ...codes }),
      ),
      ...(outside === undefined
        ? []
        : [problem("predictions.probability", place, { value: String(outside) })]),
      ...(probabilities.length === 0 || probabilities.length === classes
        ? []
        : [problem("predictions.classes", place, { columns: probabilities.length, classes })]),
    ];
  });
  if (problems.length > 0) throw new InputError(problems);
}

/** The first row of a session that a table has twice; those of several cohorts, which it does not tell apart, are left as they are. */
function onePerSession(
  file: string,
  rows: readonly KeyedAnswer[],
  cohortOf: ReturnType<typeof cohortsOf>,
  problems: Problem[],
): readonly KeyedAnswer[] {
  const seen = new Set<string>();
  const kept = rows.filter((row) => {
    const key = `${row.participantId}\t${row.sessionId}`;
    if (cohortOf(row) === null || !seen.has(key)) return seen.add(key);
    return false;
  });
  const count = rows.length - kept.length;
  if (count > 0) problems.push(problem("predictions.repeated", { file }, { count }));
  return kept;
}

/** What the parts of one image answered, in their order; none where the image is its only part. */
export async function readPartVotes(
  place: ResultsPlace,
  task: Task,
  { participantId, sessionId }: Pick<SessionAnswer, "participantId" | "sessionId">,
): Promise<readonly PartVote[]> {
  for (const mode of MODES) {
    const file = place.predictionTsv(mode);
    if (mode === "image" || !(await exists(file))) continue;
    const rows = keyedAnswers(await readPredictions(file, task));
    return rows
      .filter((row) => row.participantId === participantId && row.sessionId === sessionId)
      .map(({ part, answer }) => ({ part, answer }))
      .sort((a, b) => a.part - b.part);
  }
  return [];
}

type KeyedAnswer = Pick<SessionAnswer, "participantId" | "sessionId" | "truth" | "answer"> & {
  readonly part: number;
};

function keyedAnswers(table: PredictionTable): KeyedAnswer[] {
  const key = (row: {
    readonly participantId: string;
    readonly sessionId: string;
    readonly part: number;
  }) => ({
    participantId: row.participantId,
    sessionId: row.sessionId,
    part: row.part,
  });
  switch (table.task) {
    case "classification":
      return table.rows.map((row) => ({
        ...key(row),
        truth: row.trueLabel >= 0 ? row.trueLabel : null,
        answer: classAnswer(row.predictedLabel, row.probabilities),
      }));
    case "regression":
      return table.rows.map((row) => ({
        ...key(row),
        truth: Number.isNaN(row.trueLabel) ? null : row.trueLabel,
        answer: { kind: "value", value: row.predictedLabel },
      }));
    case "reconstruction":
      return table.rows.map((row) => ({
        ...key(row),
        truth: null,
        answer: { kind: "reconstruction", metrics: row.metrics },
      }));
  }
}

function classAnswer(predicted: number, probabilities: readonly number[]): Given {
  const known = probabilities.length > 0 && probabilities.every(Number.isFinite);
  return { kind: "class", predicted, probabilities: known ? probabilities : null };
}

/** The mean over the parts of each session, which is what `byPerson` makes of several rows, session by session. */
function meanOfParts(rows: readonly SessionAnswer[]): SessionAnswer[] {
  const asPeople = rows.map((row) => ({ ...row, participantId: `${row.participantId}\t${row.sessionId}` }));
  return byPerson(asPeople).people.map(({ participantId, sessions, truth, answer, cohort }) => ({
    participantId: participantId.split("\t")[0]!,
    sessionId: sessions[0]!.sessionId,
    cohort,
    split: sessions[0]!.split,
    truth,
    answer,
  }));
}

/** The cohort of a session, by its ids: null where several cohorts have a session of that name. */
function cohortsOf(rows: readonly GroupRow[]) {
  const known = new Map<string, Set<string>>();
  for (const { participantId, sessionId, cohort } of rows) {
    const key = `${participantId}\t${sessionId}`;
    known.set(key, (known.get(key) ?? new Set<string>()).add(cohort));
  }
  return ({ participantId, sessionId }: Pick<SessionAnswer, "participantId" | "sessionId">) => {
    const cohorts = [...(known.get(`${participantId}\t${sessionId}`) ?? ["single"])];
    return cohorts.length === 1 ? cohorts[0]! : null;
  };
}
