/** What a new MAPS is made of, for two people and two splits. */
import type { NewMaps } from "../../src/maps/folder/createMaps";
import type { GroupRow } from "../../src/maps/folder/groups";
import { experimentOf } from "./experiment";

export const groupRow = (participantId: string, label: string): GroupRow => ({
  participantId,
  sessionId: "ses-M000",
  cohort: "single",
  label,
});

export const newMapsContent = (): NewMaps => ({
  experiment: experimentOf({ label_code: { AD: 0, CN: 1 }, n_splits: 2 }),
  facts: { partsPerImage: 1, inputSize: [1, 49, 57, 45], outputSize: 2 },
  gyrusVersion: "0.1.0",
  environment: { gyrus: "0.1.0", "onnxruntime-node": "1.30.0" },
  model: "Conv5_FC3",
  trainValidation: [groupRow("sub-001", "AD"), groupRow("sub-002", "CN")],
  trainingSpace: [],
  trainingScans: [],
  audit: { accepted: [], findings: [] },
  splits: [
    { split: 0, train: [groupRow("sub-001", "AD")], validation: [groupRow("sub-002", "CN")] },
    { split: 1, train: [groupRow("sub-002", "CN")], validation: [groupRow("sub-001", "AD")] },
  ],
});
