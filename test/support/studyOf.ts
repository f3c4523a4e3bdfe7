import type { Scan, Study } from "../../src/audit/study";
import { experimentOf } from "./experiment";

/** A scan of the training set of split 0, with whatever a test says of it. */
export const scanOf = (participantId: string, given: Partial<Scan> = {}): Scan => ({
  participantId,
  sessionId: "ses-M000",
  cohort: "single",
  place: "caps",
  file: `caps/${participantId}.nii.gz`,
  label: "",
  sets: [{ kind: "train", split: 0 }],
  columns: {},
  header: null,
  voxels: null,
  keptHash: null,
  ...given,
});

export const studyOf = (
  scans: readonly Scan[],
  experiment: Readonly<Record<string, unknown>> = {},
): Study => ({ experiment: experimentOf(experiment), scans, masks: [], source: null });
