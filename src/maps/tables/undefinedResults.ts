/** Which metrics of a table have no value: ClinicaDL writes 0 there, and only the answers tell. */
import { confusionMatrix } from "../../statistics/confusion";
import { undefinedAmong, undefinedColumns, undefinedOfValues } from "../../statistics/metrics/compute";
import type { MetricsResult } from "./metricsTsv";
import { type PredictionTable, readFirstPredictions, readPredictions } from "./predictionTsv";

/**
 * One list for each of `results`. Predictions that are not there or cannot be read tell nothing. They are read only where the metrics, or
 * the first of the predictions, leave it open: a group may have ten thousand rows, and who lists runs reads hundreds of groups.
 */
export async function undefinedResults(
  predictionTsv: string | null,
  results: readonly MetricsResult[],
): Promise<readonly (readonly string[])[]> {
  const names = Object.keys(results[0]?.values ?? {});
  const task = taskOf(names);
  if (predictionTsv === null || task === null) return [];
  const told = await withoutAllRows(predictionTsv, task, results);
  if (told !== null) return told;
  const table = await readPredictions(predictionTsv, task).catch(() => null);
  return table === null ? [] : results.map(({ network }) => undefinedOf(table, network));
}

/** Null where that does not tell. */
async function withoutAllRows(
  predictionTsv: string,
  task: "classification" | "regression",
  results: readonly MetricsResult[],
): Promise<readonly (readonly string[])[] | null> {
  if (task === "classification") {
    const told = results.flatMap(({ values }) => {
      const lacking = undefinedAmong(values);
      return lacking === null ? [] : [lacking];
    });
    return told.length === results.length ? told : null;
  }
  // Two true values that differ are enough, wherever they stand.
  const first = await readFirstPredictions(predictionTsv, task).catch(() => null);
  const told = first === null ? [] : results.map(({ network }) => undefinedOf(first, network));
  return told.length > 0 && told.every((lacking) => lacking.length === 0) ? told : null;
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
