/** A folder that the nodes of a cluster do not share. */
import { warning } from "../experiment/problems/makeProblem";
import type { Problem } from "../experiment/problems/problem";
import type { ClusterState } from "./clusterState";

/** Says which node did not see what was written to `maps`, where one did not. */
export function blindNodeProblems({ check }: ClusterState, maps: string): Problem[] {
  const node = check?.blindNode ?? null;
  return node === null ? [] : [warning("cluster.other-disk", { file: maps }, { node })];
}
