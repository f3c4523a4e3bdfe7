import { textOf } from "../shared/text";
import type { ComparedRun, ComparedTrack } from "./messages";
import { compareStrings } from "./strings";

export const text = textOf(compareStrings);

export const metricName = (metric: string) => (metric === "loss" || metric === "BA" ? text(metric) : metric);

export function trackName(run: ComparedRun, { split, network }: ComparedTrack): string {
  if (run.tracks.length === 1) return run.name;
  return network === null
    ? text("trackName", run.name, split)
    : text("networkName", run.name, split, network);
}
