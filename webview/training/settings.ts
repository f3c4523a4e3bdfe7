import { type View, WHOLE } from "../shared/chart/figure";
import { isKept } from "../shared/keptState";
import type { TrackId } from "./messages";

export const LAYOUTS = ["mean", "overlay", "sideBySide"] as const;
export type Layout = (typeof LAYOUTS)[number];

/** How the user looks at the run: all that survives a reload besides the files themselves. */
export interface DisplaySettings {
  readonly version: 1;
  /** URI of the MAPS, for the editor to find it again. */
  readonly maps: string;
  readonly smoothing: number;
  readonly logScale: boolean;
  readonly axis: "epochs" | "time";
  /** Of several tracks: their mean and band, a line for each, or a chart for each. */
  readonly layout: Layout;
  /** Metrics that have a chart; null for the usual ones of the task. */
  readonly metrics: readonly string[] | null;
  /** Tracks whose curves are drawn; null for all, or the current one when they are many. */
  readonly shown: readonly TrackId[] | null;
  /** Track of which details are shown; null for the one that trains, else the first. */
  readonly current: TrackId | null;
  readonly view: View;
  /** Metric whose best epoch the confusion matrix shows; "last", "selected" for the row chosen in the table, else the leading metric. */
  readonly confusion: string;
}

export const usualSettings = (maps: string): DisplaySettings => ({
  version: 1,
  maps,
  smoothing: 0,
  logScale: false,
  axis: "epochs",
  layout: "mean",
  metrics: null,
  shown: null,
  current: null,
  view: WHOLE,
  confusion: "usual",
});

export const isDisplaySettings = (stored: unknown): stored is DisplaySettings =>
  isKept(stored, 1, { maps: "string" });
