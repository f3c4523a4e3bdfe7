/**
 * `<group>_<mode>_level_prediction.tsv`: what a network answered for each image, or part of one. Columns and number formats
 * are ClinicaDL's; the column of the part is named for the mode (`image_id`, `patch_id`, ...), also in the image-level table.
 */

import { idProblems } from "../../experiment/idProblems";
import { refuse } from "../../experiment/problems/makeProblem";
import { InputError } from "../../experiment/problems/problem";
import type { Mode } from "../../experiment/schema/preprocessing";
import { writeAtomically } from "../../files/atomicFile";
import { formatFloat, parseFloatCell } from "../../files/pandasNumbers";
import { formatRows, parseRecords, readFirstLines, readText } from "../../files/tsv";
import type { Metrics } from "../../run/events";
import { metricNamesOf } from "../../statistics/metrics/metrics";

interface PredictionKey {
  readonly participantId: string;
  readonly sessionId: string;
  /** Part of the image: 0 in image mode, the patch or region number, the absolute slice number. */
  readonly part: number;
}

export interface ClassPrediction extends PredictionKey {
  /** Class code; -1 without label. */
  readonly trueLabel: number;
  readonly predictedLabel: number;
  /** Softmax by class code. Empty in tables of ClinicaDL before 1.0. */
  readonly probabilities: readonly number[];
}

export interface ValuePrediction extends PredictionKey {
  /** NaN without label. */
  readonly trueLabel: number;
  readonly predictedLabel: number;
}

export interface Reconstruction extends PredictionKey {
  /** How close the output is to the input. */
  readonly metrics: Metrics;
}

export type PredictionTable =
  | { readonly task: "classification"; readonly rows: readonly ClassPrediction[] }
  | { readonly task: "regression"; readonly rows: readonly ValuePrediction[] }
  | { readonly task: "reconstruction"; readonly rows: readonly Reconstruction[] };

const RECONSTRUCTION_COLUMNS = metricNamesOf("reconstruction");

export async function writePredictions(file: string, mode: Mode, table: PredictionTable): Promise<void> {
  const key = ["participant_id", "session_id", `${mode}_id`];
  await writeAtomically(file, formatRows([[...key, ...valueColumns(table)], ...cells(table)]));
}

function valueColumns(table: PredictionTable): string[] {
  switch (table.task) {
    case "classification": {
      const classes = table.rows[0]?.probabilities.length ?? 0;
      const probabilities = Array.from({ length: classes }, (_, code) => `proba${code}`);
      return ["true_label", "predicted_label", ...probabilities];
    }
    case "regression":
      return ["true_label", "predicted_label"];
    case "reconstruction":
      return [...RECONSTRUCTION_COLUMNS];
  }
}

function cells(table: PredictionTable): string[][] {
  const key = (row: PredictionKey) => [row.participantId, row.sessionId, String(row.part)];
  switch (table.task) {
    case "classification":
      return table.rows.map((row) => [
        ...key(row),
        String(row.trueLabel),
        String(row.predictedLabel),
        ...row.probabilities.map(formatFloat),
      ]);
    case "regression":
      return table.rows.map((row) => [
        ...key(row),
        formatFloat(row.trueLabel),
        formatFloat(row.predictedLabel),
      ]);
    case "reconstruction":
      return table.rows.map((row) => [
        ...key(row),
        ...RECONSTRUCTION_COLUMNS.map((metric) => formatFloat(row.metrics[metric] ?? Number.NaN)),
      ]);
  }
}

/** A prediction table of Gyrus or of any version of ClinicaDL. Throws an InputError when its columns are not those of the task. */
export async function readPredictions(file: string, task: PredictionTable["task"]): Promise<PredictionTable> {
  return parsePredictions(file, await readText(file), task);
}

/** The first rows of it, some hundred; throws as `readPredictions` does. */
export async function readFirstPredictions(
  file: string,
  task: PredictionTable["task"],
): Promise<PredictionTable> {
  return parsePredictions(file, await readFirstLines(file), task);
}

function parsePredictions(file: string, text: string, task: PredictionTable["task"]): PredictionTable {
  const { columns, rows } = parseRecords(text);
  const partColumn = columns.find((column) => /^(image|patch|roi|slice)_id$/.test(column));
  const wanted = task === "reconstruction" ? RECONSTRUCTION_COLUMNS : ["true_label", "predicted_label"];
  const missing = ["participant_id", "session_id", ...wanted].filter((column) => !columns.includes(column));
  if (missing.length > 0) throw refuse("predictions.no-column", { file }, { columns: missing });
  const key = (row: Record<string, string>): PredictionKey => ({
    participantId: row.participant_id ?? "",
    sessionId: row.session_id ?? "",
    part: partColumn === undefined ? 0 : parseFloatCell(row[partColumn]),
  });
  const problems = idProblems(file, rows.map(key));
  if (problems.length > 0) throw new InputError(problems);
  const labels = (row: Record<string, string>) => ({
    trueLabel: parseFloatCell(row.true_label),
    predictedLabel: parseFloatCell(row.predicted_label),
  });
  switch (task) {
    case "classification": {
      const probabilities = columns.filter((column) => /^proba\d+$/.test(column));
      return {
        task,
        rows: rows.map((row) => ({
          ...key(row),
          ...labels(row),
          probabilities: probabilities.map((column) => parseFloatCell(row[column])),
        })),
      };
    }
    case "regression":
      return { task, rows: rows.map((row) => ({ ...key(row), ...labels(row) })) };
    case "reconstruction": {
      const metrics = (row: Record<string, string>) =>
        Object.fromEntries(RECONSTRUCTION_COLUMNS.map((metric) => [metric, parseFloatCell(row[metric])]));
      return { task, rows: rows.map((row) => ({ ...key(row), metrics: metrics(row) })) };
    }
  }
}
