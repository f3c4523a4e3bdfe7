/** What a training is told, and what it answers. */
import type { Acceptable } from "../../audit/check";
import type { Engine } from "../../engine/engine";
import type { Problem } from "../../experiment/problems/problem";
import type { EndReason } from "../../run/events";
import type { SplitFlow } from "../../statistics/dataFlow";
import type { RunObserver } from "../loop/mapsRecorder";
import type { Notice } from "../notices";
import type { SplitResult } from "./splitResult";
import type { StepJob } from "./stepTiming";

export interface RunOptions {
  /** What computes, or how it is chosen once it is known what. */
  readonly engine: Engine | ((job: StepJob) => Promise<Engine>);
  readonly observer?: RunObserver;
  /** Aborted: the run stops after the current weight update, with a checkpoint. */
  readonly signal?: AbortSignal;
  /** Written to the MAPS: which program, called how. */
  readonly gyrusVersion: string;
  readonly command: readonly string[];
  /** Other processes may train the same MAPS: what they hold is left to them. */
  readonly join?: boolean;
  /** This process trains that network of its split alone: the results of the split are left to who joins them. */
  readonly network?: number | null;
  /** Errors of the audit that the user lets pass. */
  readonly accepted?: ReadonlySet<Acceptable>;
  /** What the user should know, one sentence each: warnings about the data, what was transferred. */
  readonly onNotice?: (notice: Notice) => void;
  readonly onWarning?: (warning: Problem) => void;
  /** Headers of images that were read. */
  readonly onHeader?: (done: number, of: number) => void;
  /** Images that were read and checked before the training. */
  readonly onCheck?: (done: number, of: number) => void;
  /** Pairs of these images that were compared. */
  readonly onCompare?: (done: number, of: number) => void;
}

/** With what computes. */
export type ChosenOptions = RunOptions & { readonly engine: Engine };

/** Who was in the sets of a split, and who was left out. */
export type SplitSets = { readonly split: number } & SplitFlow;

/** What `gyrus train --json` prints, and what went wrong on the way. */
export interface TrainingOutcome {
  readonly maps: string;
  /** Of each split; null for a training that had finished before, whose MAPS does not say so. */
  readonly sets: readonly SplitSets[] | null;
  readonly splits: readonly SplitResult[];
  /** How the whole run ended. */
  readonly reason: EndReason;
  /** What was thrown in the splits whose reason is "failed". */
  readonly failures: readonly unknown[];
}
