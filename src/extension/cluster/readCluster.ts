/** What a cluster has of the units of a MAPS: from the records in the MAPS, and from the scheduler where one answers. */
import { window } from "vscode";
import type { ClusterState } from "../../cluster/clusterState";
import type { QueueRow } from "../../cluster/queue";
import type { Problem } from "../../experiment/problems/problem";
import type { MapsSummary } from "../../maps/folder/summary";
import { goesOn } from "../../run/state";
import { QueueWatch } from "./queueWatch";

export type ClusterQueue = QueueWatch<readonly QueueRow[]>;

export interface OnCluster extends ClusterState {
  /** Records that are damaged, and a folder that a node does not see. */
  readonly problems: readonly Problem[];
}

/** Null where the MAPS was never submitted. Never rejects. */
export type ReadCluster = (summary: MapsSummary) => Promise<OnCluster | null>;

export const neverSubmitted: ReadCluster = async () => null;

/** Reads with the last answer of `queue`, which is asked again for what goes on. */
function clusterReader(queue: ClusterQueue): ReadCluster {
  return async ({ maps }) => {
    // Loaded when there is a MAPS to read: VS Code waits for nothing that it does not need yet.
    const [{ readJobs }, { unitStates }, { clusterState }, { blindNodeProblems }] = await Promise.all([
      import("../../cluster/records"),
      import("../../cluster/unitStates"),
      import("../../cluster/clusterState"),
      import("../../cluster/blindNode"),
    ]);
    const records = await readJobs(maps);
    if (records === null) return null;
    const state = clusterState(records, await unitStates(records), queue.answer);
    if (jobsOf(state).some((job) => goesOn(job.state))) queue.want();
    return { ...state, problems: [...records.problems, ...blindNodeProblems(state, maps)] };
  };
}

/** All jobs: that which checks the images, those of the units, that which joins their results. */
export const jobsOf = ({ check, units, join }: ClusterState) => [
  ...(check === null ? [] : [check]),
  ...units,
  ...(join === null ? [] : [join]),
];

/** Loaded when it is asked first. */
const askScheduler = async () => (await import("../../cluster/queue")).askQueue();

/** The queue of this user, asked while the window is looked at, and what reads with it. @param ask as of `QueueWatch` */
export function onCluster(ask: () => Promise<readonly QueueRow[] | null> = askScheduler): {
  readonly queue: ClusterQueue;
  readonly readCluster: ReadCluster;
} {
  const queue: ClusterQueue = new QueueWatch(ask, () => window.state.focused);
  return { queue, readCluster: clusterReader(queue) };
}
