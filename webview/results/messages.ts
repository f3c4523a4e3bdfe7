/**
 * Everything that the results of a data group and the editor say to each other. The editor sends who answered what once, in columns:
 * curves, intervals and counts are computed in the view.
 */
import type { AnswerSet, GroupResults } from "../../src/report/results/groupResults";
import type { AgeLine } from "../../src/statistics/regression/brainAge";
import type { SaveRequest } from "../shared/saveRequest";
import type { Translations } from "../shared/text";

/** A column of the table of the group. */
export interface PeopleColumn {
  readonly name: string;
  /** One for each row; "" where it says nothing. */
  readonly values: readonly string[];
}

/** The sessions of a group, each once, whichever networks answered them. */
export interface ShownRows {
  readonly participants: readonly string[];
  readonly sessions: readonly string[];
  readonly cohorts: readonly (string | null)[];
  /** Class code, or value; NaN without label. */
  readonly truth: Float64Array;
  readonly columns: readonly PeopleColumn[];
}

/** An AnswerSet in columns, an entry for each of its sessions. */
export interface PackedAnswers
  extends Pick<AnswerSet, "id" | "source" | "voting" | "incomplete" | "threshold"> {
  /** Of the rows; the pool of repeated draws may name one several times. */
  readonly rows: Uint32Array;
  /** Split whose network answered; -1 for an ensemble. */
  readonly splits: Int32Array;
  /**
   * An entry after the other: of a classification the probability of each class, NaN where the table does not hold them; of a regression
   * the value; of a reconstruction its figures in the order of `figures`.
   */
  readonly values: Float64Array;
  /** Class codes of a classification; empty otherwise. */
  readonly predicted: Int32Array;
  /** Probability of the first of two classes from which on Youden's index is largest on the validation people; null where it is not known. */
  readonly youden: number | null;
  /** Of ages: the line, fitted on the validation people, that takes out what goes with age by itself; null where nothing is corrected. */
  readonly ageLine: AgeLine | null;
}

export interface ShownGroup
  extends Pick<
    GroupResults,
    | "maps"
    | "group"
    | "acquaintance"
    | "knownPeople"
    | "leftOut"
    | "task"
    | "label"
    | "classes"
    | "mode"
    | "architecture"
    | "source"
    | "counts"
    | "headline"
  > {
  readonly rows: ShownRows;
  /** Names of the figures of a reconstruction. */
  readonly figures: readonly string[];
  readonly answers: readonly PackedAnswers[];
  /** Data groups of the MAPS that have results, those first that say most. */
  readonly groups: readonly string[];
  /** Names of the maps that explain answers of this group. */
  readonly explanations: readonly string[];
  readonly problems: readonly string[];
}

/** What the parts of one image answered to the network of one split. */
export interface PartVotes {
  readonly split: number;
  /** Numbers of patches, regions or slices. */
  readonly parts: Float64Array;
  /** Class codes, or values. */
  readonly answers: Float64Array;
}

export type ToResults =
  | {
      readonly kind: "welcome";
      readonly maps: string;
      readonly name: string;
      readonly group: string;
      readonly texts: Translations;
    }
  | { readonly kind: "results"; readonly results: ShownGroup }
  /** Nothing can be shown, and why. */
  | { readonly kind: "nothing"; readonly problems: readonly string[] }
  | {
      readonly kind: "votes";
      readonly row: number;
      readonly metric: string;
      readonly votes: readonly PartVotes[];
    };

export type FromResults =
  | { readonly kind: "hello" }
  /** Another data group of the same MAPS, in a panel of its own. */
  | { readonly kind: "group"; readonly group: string }
  | { readonly kind: "image"; readonly row: number }
  /** The images of two rows in step, the first on the left. */
  | { readonly kind: "sideBySide"; readonly rows: readonly [left: number, right: number] }
  /** The map `explanation` over the image of a row; `metric` says of which model. */
  | {
      readonly kind: "map";
      readonly row: number;
      readonly metric: string;
      readonly explanation: string;
    }
  /** Makes such maps. */
  | { readonly kind: "explain" }
  /** Writes the report of the MAPS. */
  | { readonly kind: "report" }
  | { readonly kind: "votes"; readonly row: number; readonly metric: string }
  | SaveRequest;
