import { type View, WHOLE } from "../shared/chart/figure";

/** How the user looks at the comparison: all that survives a reload besides the MAPS. */
export interface CompareState {
  readonly version: 1;
  /** Paths of the MAPS, for the editor to find them again. */
  readonly maps: readonly string[];
  readonly metric: string;
  readonly sets: "train" | "validation" | "both";
  readonly smoothing: number;
  readonly logScale: boolean;
  readonly view: View;
  /** Metric whose best models are compared. */
  readonly selection: string;
  readonly pinned: readonly string[];
  readonly filter: string;
  readonly sortBy: string;
  readonly descending: boolean;
  readonly onlyDifferences: boolean;
}

export const usualState = (maps: readonly string[]): CompareState => ({
  version: 1,
  maps,
  metric: "loss",
  sets: "validation",
  smoothing: 0,
  logScale: false,
  view: WHOLE,
  selection: "loss",
  pinned: [],
  filter: "",
  sortBy: "",
  descending: false,
  onlyDifferences: true,
});

/** Anything else in the store (nothing, or another version's state) is left aside. */
export function isCompareState(stored: unknown): stored is CompareState {
  return (
    typeof stored === "object" &&
    stored !== null &&
    "version" in stored &&
    stored.version === 1 &&
    "maps" in stored &&
    Array.isArray(stored.maps)
  );
}
