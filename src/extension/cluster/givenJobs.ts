/** Which jobs of a run a command is about: those of the row of a split, a network or a group, those that a view names, or all. */
import type { ClusterUnit } from "../../cluster/clusterState";
import type { PredictionState } from "../../cluster/predictionState";
import type { MapsView } from "../experiments/mapsView";
import { clusterUnitsOf, isNode, predictionOf } from "../experiments/nodes";
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

/** How a view names the predictions of a group, after its MAPS. */
export interface GivenPrediction {
  readonly prediction: string;
}

/** Undefined where the argument means no group that a cluster predicts. */
export function givenPrediction(
  view: Pick<MapsView, "predictions"> | undefined,
  [first, second]: readonly unknown[],
): PredictionState | undefined {
  if (isNode(first)) return first.kind === "group" ? predictionOf(first) : undefined;
  if (typeof second !== "object" || second === null || !("prediction" in second)) return undefined;
  return view?.predictions.find(({ group }) => group === second.prediction);
}
