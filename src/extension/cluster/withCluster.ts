/** What the files of a MAPS tell, with what a cluster tells of it. */
import type { ClusterState } from "../../cluster/clusterState";
import type { MapsSummary, SplitSummary } from "../../maps/folder/summary";
import { foldStates } from "../../run/state";
import { jobsOf, type OnCluster } from "./readCluster";

/** @param cluster null where it was never submitted to one */
export function withCluster(summary: MapsSummary, cluster: OnCluster | null): MapsSummary {
  if (cluster === null) return summary;
  const problems = [...summary.problems, ...cluster.problems];
  if (cluster.units.length === 0) return { ...summary, problems };
  return {
    ...summary,
    status: foldStates(jobsOf(cluster).map(({ state }) => state)),
    splits: withSubmitted(summary.splits, cluster.units),
    problems,
  };
}

/** The splits and networks that have a folder, and those that wait for one: a job makes it when it starts. */
function withSubmitted(
  splits: readonly SplitSummary[],
  units: ClusterState["units"],
): readonly SplitSummary[] {
  const numbers = new Set([...splits, ...units].map(({ split }) => split));
  return [...numbers]
    .sort((a, b) => a - b)
    .map((number) => {
      const known = splits.find(({ split }) => split === number);
      const networks = known?.networks ?? [];
      const waiting = units
        .filter(({ split }) => split === number)
        .flatMap(({ network }) => (network === null ? [] : [network]))
        .filter((network) => networks.every((one) => one.network !== network))
        .map((network) => ({ network, epoch: 0, end: null, source: "events", best: [] }) as const);
      return {
        split: number,
        metrics: known?.metrics ?? [],
        networks: [...networks, ...waiting].sort((a, b) => (a.network ?? -1) - (b.network ?? -1)),
        inTraining: known?.inTraining ?? [],
      };
    });
}
