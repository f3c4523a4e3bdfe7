/** What the tree, the status bar and the notifications know of one MAPS. */

import type { Problem } from "../../experiment/problems/problem";
import type { Phrase } from "../../experiment/problems/words";
import type { RunNote } from "../../maps/folder/runNotes";
import type { MapsSummary, SplitSummary } from "../../maps/folder/summary";
import type { EndReason } from "../../run/events";
import { endedEarly, goesOn, type RunState } from "../../run/state";
import { jobsOf, type OnCluster } from "../cluster/readCluster";
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
  /** As a cluster has it; null where it was never submitted to one. */
  readonly cluster: OnCluster | null;
  /** What could not be read, in words. */
  readonly problems: readonly Problem[];
  /** Milliseconds since 1970: last sign of life, for sorting. */
  readonly changed: number;
  /** Whether the user has put it away in the run table. */
  readonly archived: boolean;
}

/** @param note what the user keeps of it; @param cluster null where it was never submitted to one */
export function viewOf(summary: MapsSummary, note: RunNote = {}, cluster: OnCluster | null = null): MapsView {
  const { settings, ...told } = withCluster(summary, cluster);
  const { task, architecture, epochs, gyrusVersion } = settings;
  return {
    ...told,
    task,
    architecture,
    epochs,
    own: gyrusVersion !== null || cluster !== null,
    cluster,
    archived: note.archived === true,
  };
}

/** Ended before its time, with what is needed to go on. */
export const canResume = (view: MapsView) => view.own && view.task !== null && endedEarly(view.status);

/** Of a run on a cluster: something ended before its time, which can be given to the cluster again. */
export const canSubmitAgain = ({ own, cluster }: Pick<MapsView, "own" | "cluster">) =>
  own && cluster !== null && jobsOf(cluster).some(({ state }) => endedEarly(state));

/** Of a run on a cluster: there are jobs that wait or run. */
export const canCancelJobs = ({ cluster }: Pick<MapsView, "cluster">) =>
  cluster !== null && jobsOf(cluster).some(({ state }) => goesOn(state));

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
  problems: [],
  changed: 0,
  archived: false,
});
