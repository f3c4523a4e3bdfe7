/**
 * Everything that the training panel and the editor say to each other. The editor holds the truth (the files of the MAPS); the
 * panel says how far it knows each event log (`hello`), is given the rest (`events`), and asks again when it missed some
 * (`resync`). Losing a message, hiding the panel and reloading the window are one and the same path.
 */
import type { Answer, Cancel, Request } from "../../src/messages/contract";
import type { EventBlock } from "../../src/run/eventBlock";
import type { RunState } from "../../src/run/state";
import type { Affine } from "../../src/space/affine";
import type { KeptImage } from "../../src/space/keptPlanes";
import type { Axis, Triple } from "../../src/space/triple";
import type { Task } from "../../src/statistics/task";
import type { SaveRequest } from "../shared/saveRequest";
import type { Translations } from "../shared/text";

/** "split-0", or "split-0/network-3". */
export type TrackId = string;

/** One trained network of the MAPS. */
export interface TrackInfo {
  readonly id: TrackId;
  readonly split: number;
  readonly network: number | null;
  /** An event log that can be followed, a training.tsv alone, or nothing yet. */
  readonly source: "events" | "table" | "none";
  /** What its best models reached by their own tables, by selection metric; given where no event log tells it. */
  readonly reached?: Readonly<Record<string, number>>;
}

export interface RunInfo {
  readonly name: string;
  /** Where the MAPS is, as the user reads it. */
  readonly folder: string;
  readonly status: RunState;
  readonly task: Task | null;
  readonly architecture: string;
  /** Column that is predicted; null for reconstruction. */
  readonly label: string | null;
  readonly classes: readonly string[];
  readonly selectionMetrics: readonly string[];
  readonly patience: number;
  readonly tolerance: number;
  readonly epochs: number;
  readonly tracks: readonly TrackInfo[];
  readonly actions: readonly RunAction[];
  /** Its jobs on a cluster; null where it was never submitted to one. */
  readonly cluster: readonly ClusterJob[] | null;
  /** Groups that a cluster predicts, or should have predicted: their tables are not written. */
  readonly predictions: readonly ClusterPrediction[];
  /** What comes after the training, in the order in which it is offered. */
  readonly next: readonly { readonly step: NextStep; readonly refusal: NextRefusal | null }[];
  /** What the audit said of the data when the training began, the worst first; null where the MAPS does not keep it. */
  readonly findings: readonly Finding[] | null;
  /** What could not be read, in words. The panel shows it and goes on. */
  readonly problems: readonly string[];
}

/** In the language of the editor. */
export interface Finding {
  readonly severity: "error" | "warning" | "notice";
  readonly words: string;
}

export type RunAction =
  | "stop"
  | "stopAfterEpoch"
  | "resume"
  | "submitAgain"
  | "cancelJobs"
  | "openLog"
  | "openExperiment"
  | "reveal";

/** A job of a run on a cluster: that of a network, or the one before all of them, or the one after them. */
export interface ClusterJob {
  readonly track: TrackId | "check" | "join";
  readonly status: RunState;
  /** Why it waits or ended, as the scheduler says it. */
  readonly reason: string | null;
  readonly node: string | null;
  /** Milliseconds since 1970: since when it has been in this state. */
  readonly since: number | null;
  /** How often the scheduler started it again. */
  readonly requeued: number;
  /** What it printed can be read. */
  readonly hasLog: boolean;
}

/** The jobs that predict a group on a cluster: a part of it each, and the last, which writes the tables. */
export interface ClusterPrediction {
  readonly group: string;
  readonly status: RunState;
  /** Parts that are answered, of how many, and those that failed. */
  readonly done: number;
  readonly parts: number;
  readonly failed: number;
  /** Why those wait or ended that are in the state of the whole, as the scheduler says it, and where they run. */
  readonly reasons: readonly string[];
  readonly nodes: readonly string[];
  /** When it was submitted; milliseconds since 1970. */
  readonly since: number;
  /** What a job printed can be read: one that failed, where some have. */
  readonly hasLog: boolean;
}

export type JobAction = "openLog" | "cancel";

export type NextStep = "predict" | "showResults" | "interpret" | "compare" | "startFrom" | "trainAgain";

/** Why a step cannot be taken yet. */
export type NextRefusal = "untrusted" | "noModels" | "nothingPredicted" | "unreadSettings";

/** Where the parts lie that have a network each: a box for each, in the order of the networks. */
export interface PartsMap {
  /** Voxels of an image, and where they are. */
  readonly size: Triple;
  readonly affine: Affine;
  /** Voxel axis along which one looks at the boxes. */
  readonly through: Axis;
  readonly boxes: readonly {
    readonly start: Triple;
    readonly size: Triple;
    /** Of the plane on which it is drawn. */
    readonly index: number;
    /** Of a region. */
    readonly name: string | null;
  }[];
  /** Planes that have boxes, with the brain beneath them where an image was read. */
  readonly panels: readonly { readonly index: number; readonly image: KeptImage | null }[];
}

export type ToTraining =
  | {
      readonly kind: "welcome";
      readonly run: RunInfo;
      readonly state: StoredPlace;
      readonly texts: Translations;
    }
  | { readonly kind: "run"; readonly run: RunInfo }
  | { readonly kind: "events"; readonly track: TrackId; readonly block: EventBlock }
  /** `rows`: evaluations (run/track.ts) as JSON text. */
  | { readonly kind: "table"; readonly track: TrackId; readonly rows: string }
  /** The log began anew: what was known of this track is void. */
  | { readonly kind: "restart"; readonly track: TrackId }
  /** Of several networks; null where nothing tells where their parts lie. */
  | { readonly kind: "parts"; readonly parts: PartsMap | null }
  | Answer<readonly string[]>;

/** What the view asks for. What cannot be read is refused with sentences. */
export interface TrainingMethods {
  /** Planes of validation images as a network reconstructs them at a best epoch, in the order of its event. */
  readReconstructions(track: TrackId, epoch: number): readonly KeptImage[];
}

export type FromTraining =
  /** `known`: the next event that the panel waits for, by track. */
  | { readonly kind: "hello"; readonly known: Readonly<Record<TrackId, number>> }
  | { readonly kind: "resync"; readonly track: TrackId; readonly next: number }
  | { readonly kind: "act"; readonly action: RunAction }
  | { readonly kind: "job"; readonly track: TrackId; readonly action: JobAction }
  | { readonly kind: "prediction"; readonly group: string; readonly action: JobAction }
  | { readonly kind: "next"; readonly step: NextStep }
  /** The volumes of a reconstruction of the last best epoch, by their name. */
  | { readonly kind: "openVolumes"; readonly track: TrackId; readonly name: string }
  | Request<TrainingMethods>
  | Cancel
  | SaveRequest;

/** What the serializer needs to bring a panel back. */
export interface StoredPlace {
  /** URI of the MAPS. */
  readonly maps: string;
}
