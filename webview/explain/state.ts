import { isKept } from "../shared/keptState";
import type { KeptLayer } from "../shared/volume/layers/layerReader";
import { USUAL_VIEW, type ViewerSettings } from "../shared/volume/viewer/viewerSettings";
import type { ExplainSubject } from "./messages";

/** How the user looks at an explanation: all that survives a reload besides the files. */
export interface ExplainState {
  readonly version: 1;
  readonly subject: ExplainSubject;
  /** Row of the participants; -1 for the mean. */
  readonly row: number;
  /** Row that stands beside it, -1 for the mean; null or absent: none. */
  readonly beside?: number | null;
  /** Null for the first one. */
  readonly part: number | null;
  readonly view: ViewerSettings;
  /** The last one is on top; the map of whoever is looked at is among them. */
  readonly layers: readonly KeptLayer[];
}

export const usualState = (subject: ExplainSubject): ExplainState => ({
  version: 1,
  subject,
  row: -1,
  part: null,
  view: USUAL_VIEW,
  layers: [],
});

export const isExplainState = (stored: unknown): stored is ExplainState =>
  isKept(stored, 1, { subject: "object" });

export const isSameSubject = (a: ExplainSubject, b: ExplainSubject) =>
  a.maps === b.maps &&
  a.group === b.group &&
  a.split === b.split &&
  a.metric === b.metric &&
  a.name === b.name;
