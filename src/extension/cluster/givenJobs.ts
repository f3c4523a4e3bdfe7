/** Which jobs of a run a command is about: those of the row of a split or a network, one that a view names, or all. */
import type { ClusterUnit } from "../../cluster/clusterState";
import type { MapsView } from "../experiments/mapsView";
import { clusterUnitsOf, isNode } from "../experiments/nodes";
import { unitName } from "./unitName";

/** Undefined where the argument means no job but the run as a whole. */
export function givenJobs(
  view: Pick<MapsView, "cluster"> | undefined,
  [first, second]: readonly unknown[],
): readonly ClusterUnit[] | undefined {
  if (isNode(first))
    return first.kind === "split" || first.kind === "network" ? clusterUnitsOf(first) : undefined;
  if (typeof second !== "string") return undefined;
  return (view?.cluster?.units ?? []).filter((unit) => unitName(unit) === second);
}
