/** Everything that the comparison and the editor say to each other. The editor reads the MAPS and sends each one whole when it changed. */
import type { RunState } from "../../src/run/state";
import type { Task } from "../../src/statistics/task";
import type { Translations } from "../shared/text";
import type { SaveRequest } from "../training/messages";

/** Evaluations of one trained network. Numbers travel as columns, in which NaN survives. */
export interface ComparedTrack {
  readonly split: number;
  readonly network: number | null;
  /** Epoch of each evaluation, from 0. */
  readonly epochs: Float64Array;
  /** Epochs done at each evaluation, with fraction. */
  readonly positions: Float64Array;
  /** By "train.loss", "validation.BA", ...: one value for each evaluation. */
  readonly metrics: Readonly<Record<string, Float64Array>>;
  /** By selection metric: what its best model reached on the validation set, where its table tells it; null for NaN. */
  readonly results: Readonly<Record<string, Readonly<Record<string, number | null | "undefined">>>>;
}

export interface ComparedRun {
  /** Path of the MAPS. */
  readonly maps: string;
  readonly name: string;
  readonly status: RunState;
  readonly live: boolean;
  /** Null where maps.json does not say. */
  readonly task: Task | null;
  readonly selectionMetrics: readonly string[];
  /** Class names by code; empty outside classification. */
  readonly classes: readonly string[];
  /** Keys of maps.json, those of nested objects joined by dots, as text. */
  readonly settings: Readonly<Record<string, string>>;
  readonly tracks: readonly ComparedTrack[];
  readonly problems: readonly string[];
}

export type ToCompare =
  | { readonly kind: "welcome"; readonly maps: readonly string[]; readonly texts: Translations }
  | { readonly kind: "run"; readonly run: ComparedRun }
  /** The MAPS that are compared from now on, in their order. */
  | { readonly kind: "maps"; readonly maps: readonly string[] };

export type FromCompare =
  | { readonly kind: "hello" }
  | { readonly kind: "open"; readonly maps: string }
  | { readonly kind: "remove"; readonly maps: string }
  | SaveRequest;
