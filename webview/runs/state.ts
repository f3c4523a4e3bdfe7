import type { Sorting } from "../shared/cells";

/** How the user looks at the runs: all that survives a reload. */
export interface RunsState {
  readonly version: 1;
  readonly filter: string;
  /** Null: the latest first. */
  readonly sorting: Sorting | null;
  /** Ids of columns; null for the usual ones. */
  readonly columns: readonly string[] | null;
  readonly archivedToo: boolean;
  /** Paths of MAPS. */
  readonly ticked: readonly string[];
  readonly current: string | null;
  /** From which settings that differ are marked; null: none are. */
  readonly against: string | null;
  readonly choosing: boolean;
}

export const usualRunsState: RunsState = {
  version: 1,
  filter: "",
  sorting: null,
  columns: null,
  archivedToo: false,
  ticked: [],
  current: null,
  against: null,
  choosing: false,
};

/** Anything else in the store (nothing, or another version's state) is left aside. */
export function isRunsState(stored: unknown): stored is RunsState {
  return (
    typeof stored === "object" &&
    stored !== null &&
    "version" in stored &&
    stored.version === 1 &&
    "filter" in stored &&
    typeof stored.filter === "string" &&
    "ticked" in stored &&
    Array.isArray(stored.ticked)
  );
}
