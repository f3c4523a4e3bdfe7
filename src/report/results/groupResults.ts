/**
 * What the networks of a MAPS answered for a data group, whoever trained them: plain data that terminal, panel and report draw from.
 * It holds answers, no metrics: those depend on the threshold and the people that a reader looks at.
 */

import type { Problem } from "../../experiment/problems/problem";
import type { Images } from "../../experiment/schema/images";
import type { Mode } from "../../experiment/schema/preprocessing";
import type { Metrics } from "../../run/events";
import type { Task } from "../../statistics/task";

/**
 * What the networks know of the people of a group.
 * `trained`: their weights come from these people. `chosen`: best epoch, early stopping and the weights of the votes do. `inner`: as
 * `chosen`, on people cut from the training part, so that the outer fold is unseen. `unseen`: nothing of the networks comes from
 * them. `overlapping`: some of a group of its own taught the networks or chose them. `unverified`: the MAPS does not say whom they saw.
 */
export type Acquaintance = "trained" | "chosen" | "inner" | "unseen" | "overlapping" | "unverified";

export interface GroupResults {
  /** Absolute path. */
  readonly maps: string;
  readonly group: string;
  readonly acquaintance: Acquaintance;
  /** People of the group that the networks know, where it is `overlapping`; 0 otherwise. */
  readonly knownPeople: number;
  /** People of its table who were left out of the group, for the networks know them. */
  readonly leftOut: number;
  readonly task: Task;
  readonly label: string | null;
  /** Names by code; of two, the first is the positive one. Empty unless classification. */
  readonly classes: readonly string[];
  /** What a network sees at once. Other than "image": the parts voted. */
  readonly mode: Mode;
  /** "custom" for the user's own layers; null where maps.json does not say. */
  readonly architecture: string | null;
  readonly source: GroupSource;
  readonly counts: GroupCounts;
  /** Of single networks by split and metric, then what was made of them. */
  readonly answers: readonly AnswerSet[];
  /** `id` of the answers that stand for the group; null where there are none. */
  readonly headline: string | null;
  /** What could not be read. */
  readonly problems: readonly Problem[];
}

/** Where the images and the rows of a group come from. */
export interface GroupSource {
  /** Folder or table of the images, as the MAPS says it; "" where it does not. */
  readonly capsDirectory: string;
  /** Images that stand in no CAPS. */
  readonly images?: Images | undefined;
  readonly multiCohort: boolean;
  /** Tables of the rows, absolute: one, or one a split. */
  readonly tables: readonly string[];
}

export interface GroupCounts {
  readonly people: number;
  readonly sessions: number;
  /** By class code; empty unless classification. A person of several classes counts in each. */
  readonly byClass: readonly { readonly people: number; readonly sessions: number }[];
  /** Sessions without a label. */
  readonly unlabelled: number;
}

/** From which probability of the first of two classes on somebody is taken for it. */
export interface ChosenThreshold {
  readonly value: number;
  /** Youden's J on the validation set, or given by the user. */
  readonly rule: "youden" | "given";
}

/** Whose answers these are. */
export type AnswerSource =
  /** The best network of one split by a selection metric (of a multi-network its networks, which vote). */
  | { readonly kind: "single"; readonly split: number; readonly metric: string }
  /** All splits' networks on the same people: the mean of their probabilities or values. */
  | { readonly kind: "ensemble"; readonly splits: readonly number[]; readonly metric: string }
  /** Each person answered by the network of the split that had left that person out of its training. */
  | { readonly kind: "pooled"; readonly splits: readonly number[]; readonly metric: string };

export interface AnswerSet {
  /** `split-0/best-BA`, `ensemble/best-BA`, `pooled/best-BA`. */
  readonly id: string;
  readonly source: AnswerSource;
  /** One a session: with several parts, what they voted. */
  readonly sessions: readonly SessionAnswer[];
  /** How the parts of an image became one answer. */
  readonly voting: Voting;
  /** Sessions that not every network of the ensemble answered: they are not in it. */
  readonly incomplete: number;
  /** Kept with the group in the MAPS; absent where their own classes count. */
  readonly threshold?: ChosenThreshold;
}

/** `none`: the image is its only part. `voted`: as the image-level table says. `mean`: of the parts, where there is no such table. */
export type Voting = "none" | "voted" | "mean";

export interface SessionAnswer {
  readonly participantId: string;
  readonly sessionId: string;
  /** "single" where there is one; null where two cohorts name a session alike and the tables do not tell them apart. */
  readonly cohort: string | null;
  /** Split whose network answered; null for an ensemble. */
  readonly split: number | null;
  /** Class code or value; null without label. */
  readonly truth: number | null;
  readonly answer: Given;
}

export type Given =
  /** `probabilities` by class code; null in tables of ClinicaDL before 1.0. */
  | {
      readonly kind: "class";
      readonly predicted: number;
      readonly probabilities: readonly number[] | null;
    }
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "reconstruction"; readonly metrics: Metrics };

/** What one part of an image answered. */
export interface PartVote {
  /** The patch or region number, the absolute slice number. */
  readonly part: number;
  readonly answer: Given;
}

export const idOf = (source: AnswerSource): string =>
  `${source.kind === "single" ? `split-${source.split}` : source.kind}/best-${source.metric}`;

/** The splits whose networks answered. */
export const splitsOf = (source: AnswerSource): readonly number[] =>
  source.kind === "single" ? [source.split] : source.splits;
