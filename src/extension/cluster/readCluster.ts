/** What a cluster has of a MAPS, its training and its predictions: from the records in the MAPS, and from the scheduler where one answers. */
import { window } from "vscode";
import type { ClusterState } from "../../cluster/clusterState";
import type { PredictionState } from "../../cluster/predictionState";
import type { QueueRow } from "../../cluster/queue";
import type { Problem } from "../../experiment/problems/problem";
import type { MapsSummary } from "../../maps/folder/summary";
import { goesOn } from "../../run/state";
import { ASK_EVERY, QueueWatch } from "./queueWatch";

export type ClusterQueue = QueueWatch<readonly QueueRow[]>;

export interface OnCluster extends ClusterState {
  /** Records that are damaged, and a folder that a node does not see. */
  readonly problems: readonly Problem[];
}

export interface MapsJobs {
  /** Null where the training was never submitted. */
  readonly training: OnCluster | null;
  /** Of the groups that were submitted, those whose tables are written too. */
  readonly predictions: readonly PredictionState[];
}

/** Never rejects. */
export type ReadCluster = (summary: MapsSummary) => Promise<MapsJobs>;

export const NO_JOBS: MapsJobs = { training: null, predictions: [] };

export const neverSubmitted: ReadCluster = async () => NO_JOBS;

/** Reads with the last answer of `queue`, which is asked again for what goes on. */
function clusterReader(queue: ClusterQueue): ReadCluster {
  return async ({ maps }) => {
    const [training, predictions] = await Promise.all([
      readTraining(maps, queue),
      readPredictions(maps, queue),
    ]);
    const jobs = [...(training === null ? [] : jobsOf(training)), ...predictions];
    if (jobs.some(({ state }) => goesOn(state))) queue.want();
    return { training, predictions };
  };
}

async function readTraining(maps: string, queue: ClusterQueue): Promise<OnCluster | null> {
  // Loaded when there is a MAPS to read: VS Code waits for nothing that it does not need yet.
  const [{ readJobs }, { unitStates }, { clusterState }, { blindNodeProblems }] = await Promise.all([
    import("../../cluster/records"),
    import("../../cluster/unitStates"),
    import("../../cluster/clusterState"),
    import("../../cluster/blindNode"),
  ]);
  const records = await readJobs(maps);
  if (records === null) return null;
  const [last] = records.submissions;
  const rows = last === undefined ? queue.answer : answerFor(queue, last);
  const state = clusterState(records, await unitStates(records), rows);
  return { ...state, problems: [...records.problems, ...blindNodeProblems(state, maps)] };
}

async function readPredictions(maps: string, queue: ClusterQueue): Promise<readonly PredictionState[]> {
  const [{ readAllPredictions, readPredictionFiles }, { predictionState }] = await Promise.all([
    import("../../cluster/predictions"),
    import("../../cluster/predictionState"),
  ]);
  const groups = await readAllPredictions(maps);
  const files = await Promise.all(groups.map(readPredictionFiles));
  return files.map((one) => predictionState(one, answerFor(queue, one.submission)));
}

/**
 * What the scheduler said last, as far as it could know of a submission. Null where it was asked before, or while the jobs were
 * given to it: what it does not name then is not gone.
 */
function answerFor(
  { answer, askedAt }: ClusterQueue,
  { id, submitted }: { readonly id: string; readonly submitted: number },
): readonly QueueRow[] | null {
  const knows = askedAt >= submitted + ASK_EVERY || answer?.some(({ comment }) => comment === id);
  return knows === true ? answer : null;
}

/** All jobs of a training: that which checks the images, those of the units, that which joins their results. */
export const jobsOf = ({ check, units, join }: ClusterState) => [
  ...(check === null ? [] : [check]),
  ...units,
  ...(join === null ? [] : [join]),
];

/** Loaded when it is asked first. */
const askScheduler = async () => (await import("../../cluster/queue")).askQueue();

/** The queue of this user, asked while the window is looked at, and what reads with it. @param ask, isSeen as of `QueueWatch` */
export function onCluster(
  ask: () => Promise<readonly QueueRow[] | null> = askScheduler,
  isSeen: () => boolean = () => window.state.focused,
): {
  readonly queue: ClusterQueue;
  readonly readCluster: ReadCluster;
} {
  const queue: ClusterQueue = new QueueWatch(ask, isSeen);
  return { queue, readCluster: clusterReader(queue) };
}
