/** Everything that the comparison and the editor say to each other. The editor reads the MAPS and sends each one whole when it changed. */
import type { ComparedFigure } from "../../src/report/results/comparedFigure";
import type { FigureDifference } from "../../src/report/results/figureDifference";
import type { Acquaintance, AnswerSource } from "../../src/report/results/groupResults";
import type { Measure } from "../../src/report/results/measures";
import type { RunState } from "../../src/run/state";
import type { Task } from "../../src/statistics/task";
import type { SaveRequest } from "../shared/saveRequest";
import type { Translations } from "../shared/text";

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

/** What the answers of one run for a data group are worth. */
export interface GroupOfRun {
  readonly maps: string;
  readonly acquaintance: Acquaintance;
  /** Whose answers stand for the group. */
  readonly source: AnswerSource;
  readonly people: number;
  readonly measures: readonly Measure[];
  /** Of two classes, the first against the second; null where there is none. */
  readonly roc: { readonly xs: Float64Array; readonly ys: Float64Array } | null;
  /** Why it stands on no axis with the first run; null where it does. */
  readonly unlike: "task" | "label" | "classes" | null;
}

/** One test of one figure between two runs. */
export interface ComparedPair extends ComparedFigure {
  /** Names of the MAPS. */
  readonly first: string;
  readonly second: string;
  /** People whom both answered. */
  readonly common: number;
  /** Whom each answered. */
  readonly people: readonly [first: number, second: number];
  readonly same: boolean;
  /** The p-value that Holm makes of it among those of the other pairs; null where there is none. */
  readonly adjusted: number | null;
}

export interface ComparedGroup {
  readonly group: string;
  /** Of the first run. */
  readonly classes: readonly string[];
  /** Those that have results of the group. */
  readonly runs: readonly GroupOfRun[];
  readonly pairs: readonly ComparedPair[];
  /** Of the pairs that have been drawn so far. */
  readonly drawn: readonly DrawnPair[];
  /** Pairs whose people are still being drawn. */
  readonly waiting: number;
}

/** Differences of two runs in the figures whose test has no interval. */
export interface DrawnPair {
  /** Names of the MAPS. */
  readonly first: string;
  readonly second: string;
  readonly common: number;
  readonly differences: readonly FigureDifference[];
}

export type ToCompare =
  | { readonly kind: "welcome"; readonly maps: readonly string[]; readonly texts: Translations }
  | { readonly kind: "run"; readonly run: ComparedRun }
  /** Data groups that a run has results of. */
  | { readonly kind: "groups"; readonly groups: readonly string[] }
  | { readonly kind: "group"; readonly compared: ComparedGroup }
  /** The MAPS that are compared from now on, in their order. */
  | { readonly kind: "maps"; readonly maps: readonly string[] };

export type FromCompare =
  | { readonly kind: "hello" }
  | { readonly kind: "open"; readonly maps: string }
  | { readonly kind: "remove"; readonly maps: string }
  /** Compares the answers for a data group. */
  | { readonly kind: "group"; readonly group: string }
  | SaveRequest;
