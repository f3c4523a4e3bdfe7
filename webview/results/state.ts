import type { Sorting } from "../shared/cells";
import { isKept } from "../shared/keptState";

/** How the user looks at the results: all that survives a reload besides the files themselves. */
export interface ResultsState {
  readonly version: 1;
  /** Path of the MAPS and name of the group, for the editor to find them again. */
  readonly maps: string;
  readonly group: string;
  /** `id` of the answers; null for those that stand for the group. */
  readonly answers: string | null;
  /** Code of the class that is told from the others; null for all of more than two classes at once. */
  readonly positive: number | null;
  /** Smallest probability that is an answer for that class; null for the answers as they were given, the most probable class. */
  readonly threshold: number | null;
  /** Column of the table by which subgroups are made; null for the usual one. */
  readonly subgroups: string | null;
  readonly filter: string;
  readonly onlyWrong: boolean;
  /** null: the wrong and unsure ones first. */
  readonly sorting: Sorting | null;
}

export const usualState = (maps: string, group: string): ResultsState => ({
  version: 1,
  maps,
  group,
  answers: null,
  positive: null,
  threshold: null,
  subgroups: null,
  filter: "",
  onlyWrong: false,
  sorting: null,
});

export const isResultsState = (stored: unknown): stored is ResultsState =>
  isKept(stored, 1, { maps: "string", group: "string" });
