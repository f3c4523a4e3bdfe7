/** Event logs of imagined trainings, the same on every call: curves with noise, a best epoch, early stopping, a NaN when asked. */

import type { BestEpochs, Metrics, RunEvent, RunEventBody } from "../../../src/run/events";
import type { SplitFlow } from "../../../src/statistics/dataFlow";

export interface ImaginedRun {
  readonly split?: number;
  readonly network?: number | null;
  readonly seed?: number;
  readonly epochs?: number;
  /** Epochs that are over; fewer than `epochs` while it runs. */
  readonly epochsDone?: number;
  /** Batches of the next epoch that are done. */
  readonly batchesDone?: number;
  readonly batchesPerEpoch?: number;
  readonly patience?: number;
  readonly classes?: readonly string[];
  readonly end?: boolean;
  /** Epoch (from 0) whose training loss is not a number. */
  readonly nanEpoch?: number;
}

/** Mulberry32 (public domain): uniform in [0, 1). */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function imagineRun(options: ImaginedRun = {}): readonly RunEvent[] {
  const {
    split = 0,
    network = null,
    seed = 1,
    epochs = 50,
    epochsDone = 27,
    batchesDone = 0,
    batchesPerEpoch = 24,
    patience = 10,
    classes = ["AD", "CN"],
    end = false,
    nanEpoch,
  } = options;
  const random = uniform(seed * 7919);
  const events: RunEvent[] = [];
  let time = 1_760_000_000_000;
  const add = (body: RunEventBody, seconds: number) => {
    time += Math.round(seconds * 1000);
    events.push({ ...body, seq: events.length, time });
  };
  const noise = (size: number) => (random() + random() - 1) * size;
  const trainLoss = (at: number) => 0.12 + 0.57 * Math.exp(-at / 9);
  const validationLoss = (at: number) =>
    0.34 + 0.35 * Math.exp(-at / 6) + Math.min(0.24, Math.max(0, at - 14) * 0.006);
  add(
    {
      kind: "start",
      split,
      network,
      task: "classification",
      architecture: "Conv5_FC3",
      engine: "onnx",
      device: "CPU",
      threads: 8,
      epochs: end && patience === 0 ? epochsDone : epochs,
      batchesPerEpoch,
      batchSize: 8,
      accumulationSteps: 1,
      trainSamples: batchesPerEpoch * 8 - 3,
      validationSamples: 46,
      selectionMetrics: ["loss", "BA"],
      patience,
      tolerance: 0.01,
      classes,
      flow: imaginedFlow(classes),
      resumedAt: null,
    },
    0,
  );
  const best: Record<string, BestEpochs[string]> = {};
  let stoppingBest: number | null = null;
  let badEpochs = 0;
  const batch = (epoch: number, index: number) =>
    add(
      {
        kind: "batch",
        epoch,
        batch: index,
        loss:
          epoch === nanEpoch && index > batchesPerEpoch / 2
            ? Number.NaN
            : Math.max(0.01, trainLoss(epoch + index / batchesPerEpoch) + noise(0.16)),
        samples: 8,
        seconds: 0.42 + noise(0.05),
      },
      0.43,
    );
  for (let epoch = 0; epoch < epochsDone; epoch++) {
    for (let index = 0; index < batchesPerEpoch; index++) batch(epoch, index);
    const train = metricsOf(epoch === nanEpoch ? Number.NaN : trainLoss(epoch + 1) + noise(0.02));
    const { metrics, confusion } = validationOf(validationLoss(epoch + 1) + noise(0.05), classes, noise);
    const improved = ["loss", "BA"].filter((name) => {
      const value = metrics[name]!;
      const known = best[name]?.value ?? (name === "loss" ? Number.POSITIVE_INFINITY : 0);
      return name === "loss" ? value < known : value > known;
    });
    for (const name of improved) best[name] = { epoch, value: metrics[name]!, validation: metrics };
    if (stoppingBest === null || metrics.loss! < stoppingBest * 0.99) {
      stoppingBest = metrics.loss!;
      badEpochs = 0;
    } else badEpochs++;
    add(
      {
        kind: "epoch",
        epoch,
        batch: batchesPerEpoch - 1,
        seconds: batchesPerEpoch * 0.43 + 2,
        waited: 0.04 * (batchesPerEpoch * 0.43 + 2),
        train,
        validation: metrics,
        confusion,
        improved,
        best: { ...best },
        stopping: {
          best: stoppingBest,
          badEpochs,
          patience,
          tolerance: 0.01,
          threshold: stoppingBest * 0.99,
        },
        learningRate: 1e-4,
      },
      2,
    );
  }
  for (let index = 0; index < batchesDone; index++) batch(epochsDone, index);
  if (end)
    add(
      {
        kind: "end",
        reason: badEpochs >= patience ? "early_stopping" : "completed",
        epochs: epochsDone,
        batches: 0,
        message: "",
      },
      1,
    );
  return events;
}

function metricsOf(loss: number): Metrics {
  const share = Number.isNaN(loss) ? 0.5 : Math.min(0.99, 1.02 - loss * 0.72);
  return {
    BA: share,
    accuracy: share,
    F1_score: share - 0.01,
    sensitivity: Math.min(1, share + 0.02),
    specificity: share - 0.02,
    loss,
  };
}

function validationOf(loss: number, classes: readonly string[], noise: (size: number) => number) {
  const recall = (at: number) => Math.min(0.98, Math.max(0.3, 1.12 - loss * 0.85 + noise(0.06) - at * 0.03));
  const size = Math.round(46 / classes.length);
  const confusion = classes.map((_, code) => {
    const right = Math.round(size * recall(code));
    const wrong = size - right;
    return classes.map((_name, predicted) =>
      predicted === code ? right : Math.floor(wrong / (classes.length - 1)),
    );
  });
  const recalls = confusion.map((row, code) => row[code]! / row.reduce((sum, count) => sum + count, 0));
  const BA = recalls.reduce((sum, value) => sum + value, 0) / recalls.length;
  const metrics: Metrics = {
    BA,
    accuracy: BA,
    F1_score: BA - 0.01,
    sensitivity: recalls[0]!,
    specificity: recalls[1]!,
    loss,
  };
  return { metrics, confusion };
}

/** Sets of a study in which some rows have no diagnosis, or another one. */
function imaginedFlow([positive = "AD", negative = "CN"]: readonly string[]): SplitFlow {
  return {
    train: {
      rows: { people: 212, sessions: 330 },
      used: { people: 180, sessions: 285 },
      classes: [
        { name: positive, people: 88, sessions: 140 },
        { name: negative, people: 92, sessions: 145 },
      ],
      leftOut: [
        {
          reason: "no-diagnosis",
          people: 3,
          sessions: 3,
          examples: ["sub-017 ses-M000", "sub-041 ses-M012"],
        },
        { reason: "other-diagnosis", people: 29, sessions: 42, examples: ["sub-003 ses-M000"] },
      ],
    },
    validation: {
      rows: { people: 46, sessions: 46 },
      used: { people: 46, sessions: 46 },
      classes: [
        { name: positive, people: 23, sessions: 23 },
        { name: negative, people: 23, sessions: 23 },
      ],
      leftOut: [],
    },
  };
}
