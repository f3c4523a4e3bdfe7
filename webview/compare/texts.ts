import { type MetricNames, metricNames } from "../shared/metricNames";
import { textOf } from "../shared/text";
import type { ComparedRun, ComparedTrack } from "./messages";
import { compareStrings } from "./strings";

export const text = textOf(compareStrings);

/** Sensitivity and specificity say of which class they are, of every class that is the positive one in some run. */
export function metricNamesOf(runs: readonly ComparedRun[]): MetricNames {
  const pairs = runs.flatMap(({ classes }) => (classes.length === 2 ? [classes] : []));
  const named = [0, 1].map((code) => [...new Set(pairs.map((classes) => classes[code]))].join(" / "));
  return metricNames(pairs.length === 0 ? [] : named);
}

export function trackName(run: ComparedRun, { split, network }: ComparedTrack): string {
  if (run.tracks.length === 1) return run.name;
  return network === null
    ? text("trackName", run.name, split)
    : text("networkName", run.name, split, network);
}
