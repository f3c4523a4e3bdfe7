/** What the best models of compared runs reached, and in which settings the runs differ. */

import { isBetter } from "../../../src/run/selection";
import { distinctReasons, type UndefinedReason, undefinedReasons } from "../../../src/run/undefinedReasons";
import { leadingMetrics } from "../../../src/statistics/metrics/metrics";
import { type Spread, spread } from "../../../src/statistics/spread";
import { toCsv } from "../../shared/csv";
import type { ComparedRun, ComparedTrack } from "../messages";

/**
 * Index of the evaluation at the best epoch of a track by the validation value of `selection`: ends of epochs alone count, the
 * first of equal ones, never NaN; -1 when there is none.
 */
export function bestEvaluation({ epochs, metrics }: ComparedTrack, selection: string): number {
  const values = metrics[`validation.${selection}`] ?? new Float64Array(0);
  let best = -1;
  for (let i = 0; i < values.length; i++) {
    const endOfEpoch = epochs[i + 1] !== epochs[i];
    if (endOfEpoch && isBetter(selection, values[i]!, best < 0 ? Number.NaN : values[best]!)) best = i;
  }
  return best;
}

/** Spread over the tracks of a run of a validation metric of the best models: from their tables, else from the curves. */
export function resultOf({ tracks }: ComparedRun, selection: string, metric: string): Spread {
  return spread(tracks.map((track) => reachedBy(track, selection, metric)));
}

function reachedBy(track: ComparedTrack, selection: string, metric: string) {
  const written = track.results[selection]?.[metric];
  if (written !== undefined) return written;
  const best = bestEvaluation(track, selection);
  const values = track.metrics[`validation.${metric}`];
  // An evaluation leaves out what has no value in it; a loss has one, and may not be a number.
  if (metric !== "loss" && Number.isNaN(values?.[best])) return "undefined";
  // Evaluated, and never a number to choose by: so is what was reached.
  if (best < 0) return values === undefined || values.length === 0 ? undefined : Number.NaN;
  return values?.[best];
}

/** Why `metric` is undefined of best models of a run; none where it is of no track. */
export function whyUndefinedOf(
  run: ComparedRun,
  selection: string,
  metric: string,
): readonly UndefinedReason[] {
  const names = metricsOf([run]);
  return distinctReasons(
    run.tracks.flatMap((track) => {
      const reached = new Map(names.map((name) => [name, reachedBy(track, selection, name)]));
      if (reached.get(metric) !== "undefined") return [];
      const lacking = names.filter((name) => reached.get(name) === "undefined");
      const measured = names.filter((name) => reached.get(name) !== undefined);
      const columns = { defined: measured.filter((name) => !lacking.includes(name)), lacking };
      return undefinedReasons([metric], columns, run.classes);
    }),
  );
}

/** Metrics that any run measured on the validation set: the loss first, then what leads the task of a run. */
export function metricsOf(runs: readonly ComparedRun[]): readonly string[] {
  const keys = runs.flatMap(({ tracks }) => tracks.flatMap(({ metrics }) => Object.keys(metrics)));
  const measured = keys.flatMap((key) =>
    key.startsWith("validation.") ? [key.slice("validation.".length)] : [],
  );
  const written = runs.flatMap(({ tracks }) =>
    tracks.flatMap(({ results }) => Object.values(results).flatMap((values) => Object.keys(values))),
  );
  const names = [...measured, ...written];
  const leading = runs.flatMap(({ task }) => leadingMetrics(task));
  return [...new Set(["loss", ...leading, ...names])].filter((name) => names.includes(name));
}

export interface SettingRow {
  readonly key: string;
  /** One for each run; null where it is not set. */
  readonly values: readonly (string | null)[];
  readonly differs: boolean;
  /** Which values are another than that of most runs, of the first one among equally many. */
  readonly unusual: readonly boolean[];
}

/** Every setting of any run, sorted, with the value of each. */
export function settingRows(runs: readonly ComparedRun[]): readonly SettingRow[] {
  const keys = [...new Set(runs.flatMap(({ settings }) => Object.keys(settings)))].sort();
  const read = runs.filter(({ settings }) => Object.keys(settings).length > 0);
  return keys.map((key) => {
    const values = runs.map(({ settings }) => settings[key] ?? null);
    // A run that could not be read says nothing of its settings.
    const known = new Set(read.map(({ settings }) => settings[key] ?? null));
    const usual = mostFrequent(read.map(({ settings }) => settings[key] ?? null));
    const unusual = runs.map((run, i) => read.includes(run) && known.size > 1 && values[i] !== usual);
    return { key, values, differs: known.size > 1, unusual };
  });
}

/** The first of those that are equally frequent; undefined of none. */
function mostFrequent<Value>(values: readonly Value[]): Value | undefined {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce<readonly [Value, number] | undefined>(
    (best, entry) => (best === undefined || entry[1] > best[1] ? entry : best),
    undefined,
  )?.[0];
}

export function resultsCsv(runs: readonly ComparedRun[], selection: string): string {
  const metrics = metricsOf(runs);
  const written = (value: number) => (Number.isNaN(value) ? "" : String(value));
  const mean = ({ mean, count, notNumbers, undefinedValues }: Spread) => {
    if (count > 0) return written(mean);
    if (notNumbers > 0) return "NaN";
    return undefinedValues > 0 ? "undefined" : "";
  };
  return toCsv([
    [
      "run",
      "status",
      "selection_metric",
      "count",
      ...metrics.flatMap((name) => [`${name}_mean`, `${name}_std`]),
    ],
    ...runs.map((run) => {
      const results = metrics.map((metric) => resultOf(run, selection, metric));
      const count = Math.max(0, ...results.map((result) => result.count));
      const numbers = results.flatMap((result) => [mean(result), written(result.deviation)]);
      return [run.name, run.status, selection, String(count), ...numbers];
    }),
  ]);
}

export function settingsCsv(runs: readonly ComparedRun[]): string {
  return toCsv([
    ["setting", ...runs.map(({ name }) => name)],
    ...settingRows(runs).map(({ key, values }) => [key, ...values.map((value) => value ?? "")]),
  ]);
}
