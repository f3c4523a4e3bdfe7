/** Diagnoses and labels of the rows of an experiment that differ by case or spaces only. */
import type { Experiment } from "../../experiment/experiment";
import type { Problem } from "../../experiment/problems/problem";
import { imageKey } from "../sources/images";
import { type StandingValue, spellingProblems } from "../tables/spellings";
import type { ImageRow } from "./rows";
import type { SplitRows } from "./splits";

/** A diagnosis that is asked for and stands in the tables in another spelling: its rows would be left out. */
export function diagnosisSpellings(
  { diagnoses }: Pick<Experiment, "diagnoses">,
  splits: readonly SplitRows[],
): Problem[] {
  const rows = splits.flatMap(({ train, validation, leftOut }) => [
    ...train,
    ...validation,
    ...leftOut.train,
    ...leftOut.validation,
  ]);
  const values = standing(rows, ({ diagnosis }) => diagnosis);
  return spellingProblems("diagnosis", values, diagnoses, "diagnoses");
}

/** Labels of one class that would become several; those that have a class in `label_code` are meant as they are written. */
export function labelSpellings(
  { network_task: task, label, label_code: code }: Pick<Experiment, "network_task" | "label" | "label_code">,
  rows: readonly ImageRow[],
): Problem[] {
  if (task !== "classification" || label === null) return [];
  const values = standing(rows, (row) => row.label);
  return spellingProblems(label, values, Object.keys(code ?? {}), "label");
}

/** Of each session once: most of several splits hold it. */
function standing(rows: readonly ImageRow[], textOf: (row: ImageRow) => string): StandingValue[] {
  const sessions = new Map<string, ImageRow>();
  for (const row of rows) if (!sessions.has(imageKey(row))) sessions.set(imageKey(row), row);
  return [...sessions.values()].map((row) => ({ value: textOf(row), table: row.table, line: row.line }));
}
