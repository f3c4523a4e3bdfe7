/** Which metrics of a table have no value: ClinicaDL writes 0 there, and only the predictions beside it tell. */
import { confusionMatrix } from "../../statistics/confusion";
import { undefinedColumns, undefinedOfValues } from "../../statistics/metrics/compute";
import type { MetricsResult } from "./metricsTsv";
import { type PredictionTable, readPredictions } from "./predictionTsv";

/** One list for each of `results`. Predictions that are not there or cannot be read tell nothing. */
export async function undefinedResults(
  predictionTsv: string | null,
  results: readonly MetricsResult[],
): Promise<readonly (readonly string[])[]> {
  const names = Object.keys(results[0]?.values ?? {});
  const task = taskOf(names);
  if (predictionTsv === null || task === null) return [];
  const table = await readPredictions(predictionTsv, task).catch(() => null);
  return table === null ? [] : results.map(({ network }) => undefinedOf(table, network));
}

/** A reconstruction has no metric that may lack a value. */
function taskOf(names: readonly string[]): "classification" | "regression" | null {
  if (names.some((name) => /^sensitivity(-\d+)?$/.test(name))) return "classification";
  return names.includes("R2_score") ? "regression" : null;
}

/** @param network of a multi-network the part that it sees */
function undefinedOf(table: PredictionTable, network: number | null): string[] {
  if (table.task === "reconstruction") return [];
  const seen = (row: { readonly part: number }) => network === null || row.part === network;
  if (table.task === "regression") {
    const rows = table.rows.filter(seen);
    const truth = rows.map(({ trueLabel }) => trueLabel);
    return undefinedOfValues({ truth, predicted: rows.map(({ predictedLabel }) => predictedLabel) });
  }
  const codes = table.rows.flatMap(({ trueLabel, predictedLabel, probabilities }) => [
    trueLabel + 1,
    predictedLabel + 1,
    probabilities.length,
  ]);
  const classes = Math.max(2, ...codes);
  const rows = table.rows.filter((row) => seen(row) && row.trueLabel >= 0);
  const truth = rows.map(({ trueLabel }) => trueLabel);
  const predicted = rows.map(({ predictedLabel }) => predictedLabel);
  return undefinedColumns(confusionMatrix(truth, predicted, classes));
}
