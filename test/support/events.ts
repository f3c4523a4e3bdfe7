import type { RunEventBody } from "../../src/run/events";

type Body<Kind extends RunEventBody["kind"]> = Extract<RunEventBody, { kind: Kind }>;

/** Events of a small classification, with what a test does not care about filled in. */
export const startEvent = (changes: Partial<Body<"start">> = {}): Body<"start"> => ({
  kind: "start",
  split: 0,
  network: null,
  task: "classification",
  architecture: "Conv5_FC3",
  engine: "onnxruntime 1.30",
  device: "CPU",
  threads: 2,
  epochs: 10,
  batchesPerEpoch: 4,
  batchSize: 2,
  accumulationSteps: 1,
  trainSamples: 8,
  validationSamples: 4,
  selectionMetrics: ["loss", "BA"],
  patience: 5,
  tolerance: 0,
  classes: ["AD", "CN"],
  flow: null,
  resumedAt: null,
  ...changes,
});

export const batchEvent = (
  epoch: number,
  batch: number,
  changes: Partial<Body<"batch">> = {},
): Body<"batch"> => ({
  kind: "batch",
  epoch,
  batch,
  loss: 0.7,
  samples: 2,
  seconds: 0.1,
  ...changes,
});

export const epochEvent = (epoch: number, changes: Partial<Body<"epoch">> = {}): Body<"epoch"> => ({
  kind: "epoch",
  epoch,
  batch: 3,
  seconds: 1.5,
  train: { BA: 0.75, loss: 0.6 },
  validation: { BA: 0.5, loss: 0.65 },
  confusion: [
    [1, 1],
    [1, 1],
  ],
  improved: ["loss"],
  best: { loss: { epoch, value: 0.65, validation: { BA: 0.5, loss: 0.65 } } },
  stopping: { best: 0.65, badEpochs: 0, patience: 5, tolerance: 0, threshold: 0.65 },
  learningRate: 1e-4,
  ...changes,
});

export const endEvent = (changes: Partial<Body<"end">> = {}): Body<"end"> => ({
  kind: "end",
  reason: "completed",
  epochs: 10,
  batches: 0,
  message: "",
  ...changes,
});
