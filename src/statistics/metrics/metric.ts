/** What a metric says of itself, so that files, curves, selection and views need no list of their own. */
import type { ClassCounts } from "../confusion";
import type { Figure } from "../figure";
import type { Scored } from "../roc/scored";
import type { Task } from "../task";
import type { ClassNeed, ValueNeed } from "./needs";

interface Described {
  /** ClinicaDL's name: column of its files, key of the events. */
  readonly name: string;
  readonly better: "higher" | "lower";
  /** Whether the best model can be chosen by it. */
  readonly selectable: boolean;
  /** The task of which it is shown first, beside the loss; null where another metric of its tasks is. */
  readonly leads: Task | null;
}

/** Of one class against the others. With two classes the positive one is code 0 (AD against CN: AD). */
export interface ClassMetric extends Described {
  readonly tasks: readonly ["classification"];
  readonly leads: "classification" | null;
  /** Of more than two classes: a column `<name>-<code>` for each, or a single one that is the same for all. */
  readonly columns: "one a class" | "one";
  /** 0 where the formula divides by 0, as ClinicaDL's files have it: there a need is not met. */
  readonly compute: (counts: ClassCounts) => number;
  readonly needs: readonly ClassNeed[];
}

/**
 * Of one class against the others, from its probabilities rather than from what was answered. ClinicaDL has none of these: they stand in
 * the log, choose best models, and are no column of its tables.
 */
export interface ScoreMetric extends Described {
  readonly tasks: readonly ["classification"];
  readonly leads: null;
  readonly columns: "none";
  readonly compute: (scored: Scored) => Figure;
  readonly needs: readonly ClassNeed[];
}

/** What came out and what should have: the values of many participants, or the voxels of one image. */
export interface Pair {
  readonly truth: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
}

export interface ValueMetric extends Described {
  readonly tasks: readonly ["regression"] | readonly ["regression", "reconstruction"];
  readonly leads: "regression" | null;
  readonly compute: (pair: Pair) => number;
  readonly needs: readonly ValueNeed[];
}

/** An image and its reconstruction: [channels, ...spatial]. */
export interface ImagePair extends Pair {
  readonly truth: Float32Array;
  readonly predicted: Float32Array;
  readonly shape: readonly number[];
}

export interface ImageMetric extends Described {
  readonly tasks: readonly ["reconstruction"];
  readonly leads: "reconstruction" | null;
  readonly compute: (pair: ImagePair) => number;
}

export type Metric = ClassMetric | ScoreMetric | ValueMetric | ImageMetric;
