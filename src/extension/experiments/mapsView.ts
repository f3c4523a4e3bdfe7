/** What the tree, the status bar and the notifications know of one MAPS. */

import type { PredictionState } from "../../cluster/predictionState";
import type { Problem } from "../../experiment/problems/problem";
import type { Phrase } from "../../experiment/problems/words";
import type { RunNote } from "../../maps/folder/runNotes";
import type { MapsSummary, SplitSummary } from "../../maps/folder/summary";
import type { EndReason } from "../../run/events";
import { endedEarly, goesOn, type RunState } from "../../run/state";
import { jobsOf, type MapsJobs, NO_JOBS, type OnCluster } from "../cluster/readCluster";
import { withCluster } from "../cluster/withCluster";

export interface MapsView {
  /** Absolute path. */
  readonly maps: string;
  readonly status: RunState;
  /** Why it ended; null while it has not, or nothing tells it. */
  readonly end: EndReason | null;
  /** What failed; a trainer of the first version told every end in words. Null where there is nothing to say. */
  readonly failure: Phrase | null;
  /** Null where maps.json does not say. */
  readonly task: string | null;
  readonly architecture: string | null;
  /** Epochs at most; null where nothing tells it. */
  readonly epochs: number | null;
  /** The processes that train here; where none does, the one that did last. */
  readonly trainers: MapsSummary["trainers"];
  /** Gyrus made it, so that Gyrus can train it again and resume it. */
  readonly own: boolean;
  readonly progress: MapsSummary["progress"];
  readonly splits: readonly SplitSummary[];
  readonly groups: readonly string[];
  /** The training as a cluster has it; null where it was never submitted to one. */
  readonly cluster: OnCluster | null;
  /** Of the groups that a cluster was given to predict. */
  readonly predictions: readonly PredictionState[];
  /** What could not be read, in words. */
  readonly problems: readonly Problem[];
  /** Milliseconds since 1970: last sign of life, for sorting. */
  readonly changed: number;
  /** Whether the user has put it away in the run table. */
  readonly archived: boolean;
}

/** @param note what the user keeps of it; @param jobs what was submitted to a cluster */
export function viewOf(summary: MapsSummary, note: RunNote = {}, jobs: MapsJobs = NO_JOBS): MapsView {
  const { training, predictions } = jobs;
  const { settings, ...told } = withCluster(summary, training);
  const { task, architecture, epochs, gyrusVersion } = settings;
  return {
    ...told,
    task,
    architecture,
    epochs,
    own: gyrusVersion !== null || training !== null,
    cluster: training,
    predictions,
    archived: note.archived === true,
  };
}

/** Ended before its time, with what is needed to go on. */
export const canResume = (view: MapsView) => view.own && view.task !== null && endedEarly(view.status);

/** Of a run on a cluster: something ended before its time, which can be given to the cluster again. */
export const canSubmitAgain = ({ own, cluster }: Pick<MapsView, "own" | "cluster">) =>
  own && cluster !== null && jobsOf(cluster).some(({ state }) => endedEarly(state));

/** Of a run on a cluster: there are jobs that wait or run, of its training or of a prediction. */
export const canCancelJobs = ({ cluster, predictions }: Pick<MapsView, "cluster" | "predictions">) =>
  [...(cluster === null ? [] : jobsOf(cluster)), ...predictions].some(({ state }) => goesOn(state));

/** It changes by itself: its training goes on, or a cluster predicts a group. */
export const changesByItself = ({ status, predictions }: Pick<MapsView, "status" | "predictions">) =>
  goesOn(status) || predictions.some(({ state }) => goesOn(state));

/** Predictions on a cluster whose tables are not written. */
export const openPredictions = ({ predictions }: Pick<MapsView, "predictions">) =>
  predictions.filter(({ state }) => state !== "finished");

/** A MAPS of which only the place is known. */
export const unreadView = (maps: string): MapsView => ({
  maps,
  status: "unread",
  end: null,
  failure: null,
  task: null,
  architecture: null,
  epochs: null,
  trainers: [],
  own: false,
  progress: null,
  splits: [],
  groups: [],
  cluster: null,
  predictions: [],
  problems: [],
  changed: 0,
  archived: false,
});
