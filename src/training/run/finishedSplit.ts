/** What a split came to that needs no more training, read from its MAPS. */
import { existsSync } from "node:fs";
import { readLogEnd } from "../../maps/events/logEnd";
import { mapsPlace } from "../../maps/folder/place";
import { readResults } from "../../maps/tables/results";
import { type ShownMetrics, shownMetrics } from "../../statistics/metrics/compute";
import type { PreparedRun } from "./prepareRun";
import { type NetworkSummary, type SplitResult, splitResult } from "./splitResult";

/** Null when something is left to do: a network that has not ended, or results that are not written. */
export async function finishedSplit(
  maps: string,
  split: number,
  { networks, experiment }: Pick<PreparedRun, "networks" | "experiment">,
): Promise<SplitResult[] | null> {
  if (existsSync(mapsPlace(maps).split(split).tmp)) return null;
  const summaries: NetworkSummary[] = [];
  for (const network of networks) {
    const track = await readLogEnd(mapsPlace(maps).split(split).network(network).eventsJsonl);
    const end = track?.end ?? null;
    if (track === null || end === null || end.reason === "failed" || end.reason === "stopped") return null;
    const { reason, epochs } = end;
    summaries.push({ network, reason, problems: [], epochs, best: track.best });
  }
  const images: Record<string, ShownMetrics> = {};
  if (experiment.preprocessing_dict.mode !== "image") {
    for (const metric of experiment.selection_metrics) {
      const groups = await readResults(mapsPlace(maps).split(split).best(metric));
      const levels = groups.find(({ group }) => group === "validation")?.levels ?? [];
      const [voted] = levels.find(({ level }) => level === "image")?.metrics ?? [];
      if (voted !== undefined) images[metric] = shownMetrics(voted.values, voted.undefinedMetrics);
    }
  }
  return summaries.map((summary) => splitResult(split, summary, images));
}
