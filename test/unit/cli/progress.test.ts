import { describe, expect, it } from "vitest";
import {
  clock,
  epochLine,
  progressLine,
  sideBySideLine,
  startLine,
} from "../../../src/cli/terminal/progress";
import type { RunEventBody } from "../../../src/run/events";
import { Track } from "../../../src/run/track";
import type { Task } from "../../../src/statistics/task";

/** The track of events at their milliseconds. */
function trackOf(...events: readonly (readonly [number, RunEventBody])[]): Track {
  const track = new Track();
  track.apply(events.map(([time, body], seq) => ({ seq, time, ...body })));
  return track;
}

const start: Extract<RunEventBody, { kind: "start" }> = {
  kind: "start",
  split: 0,
  network: null,
  task: "classification",
  architecture: "Conv5_FC3",
  engine: "ONNX Runtime",
  device: "CPU",
  threads: 2,
  epochs: 10,
  batchesPerEpoch: 4,
  batchSize: 8,
  accumulationSteps: 1,
  trainSamples: 32,
  validationSamples: 8,
  selectionMetrics: ["loss", "BA"],
  patience: 5,
  tolerance: 0,
  classes: ["AD", "CN"],
  flow: null,
  resumedAt: null,
};

const epoch = (index: number): Extract<RunEventBody, { kind: "epoch" }> => ({
  kind: "epoch",
  epoch: index,
  batch: 3,
  seconds: 4,
  train: { loss: 0.5, BA: 0.75 },
  validation: { loss: 0.6, BA: 0.625 },
  confusion: null,
  improved: ["loss"],
  best: {},
  stopping: { best: 0.6, badEpochs: 2, patience: 5, tolerance: 0, threshold: 0.6 },
  learningRate: 1e-4,
});

const inTen = {
  task: "classification",
  epochs: 10,
  split: null,
  network: null,
  classes: ["AD", "CN"],
} as const;

describe("progress of a run", () => {
  const batch = { kind: "batch", epoch: 0, batch: 1, loss: 0.25, samples: 8, seconds: 0.5 } as const;

  it("does not guess the time left before anything is done", () => {
    expect(progressLine(trackOf([0, start]), 200)).not.toContain("left");
  });

  it("tells the time left by the epochs so far", () => {
    const track = trackOf([0, start], [4000, epoch(0)], [8000, epoch(1)]);
    expect(progressLine(track, 200)).toContain("0:32 left");
  });

  it("counts batches and samples per second", () => {
    const line = progressLine(trackOf([0, start], [500, batch]), 200);
    expect(line).toContain("epoch 1/10");
    expect(line).toContain("batch 2/4");
    expect(line).toContain("loss 0.2500");
    expect(line).toContain("16.0 samples/s");
    const fast = progressLine(trackOf([0, start], [500, { ...batch, seconds: 0.002 }]), 200);
    expect(fast).toContain("4000 samples/s");
  });

  it("says what is evaluated", () => {
    const evaluating = { kind: "evaluating", epoch: 0, set: "validation", done: 2, of: 8 } as const;
    const line = progressLine(trackOf([0, start], [500, evaluating]), 200);
    expect(line).toContain("evaluating validation 25 %");
  });

  it("never exceeds the width of the terminal", () => {
    expect(progressLine(trackOf([0, start]), 20).length).toBeLessThan(20);
  });

  it("marks improved metrics and the epochs without improvement", () => {
    expect(epochLine(epoch(1), inTen)).toBe(
      "  epoch  2/10  loss 0.5000 / 0.6000*  BA 0.7500 / 0.6250   4.0 s  no better for 2/5",
    );
  });

  it("shows the metrics that choose the best models, whatever they are", () => {
    const chosen = {
      ...epoch(0),
      validation: { loss: 0.6, BA: 0.625, MCC: 0.25 },
      improved: ["MCC"],
      best: { MCC: { epoch: 0, value: 0.25, validation: { MCC: 0.25 } } },
    };
    expect(epochLine(chosen, inTen)).toContain("BA 0.7500 / 0.6250   MCC - / 0.2500*");
  });

  it("shows the metric that leads the task", () => {
    const validation = { loss: 0.6, BA: 0.625, MAE: 0.5, PSNR: 20 };
    const lineOf = (task: Task) => epochLine({ ...epoch(0), validation, best: {} }, { ...inTen, task });
    expect(lineOf("classification")).toMatch(/loss .* BA 0.7500 \/ 0.6250 {3}[\d.]+ s/);
    expect(lineOf("regression")).toMatch(/loss .* MAE - \/ 0.5000 {3}[\d.]+ s/);
    expect(lineOf("reconstruction")).toMatch(/loss .* PSNR - \/ 20.0000 {3}[\d.]+ s/);
  });

  it("names the network that a line is about, where there are several", () => {
    expect(epochLine(epoch(1), { ...inTen, network: 3 })).toMatch(/^ {2}network 3: epoch {2}2\/10 {2}loss/);
  });

  it("names the split where splits train side by side", () => {
    expect(epochLine(epoch(1), { ...inTen, split: 2 })).toMatch(/^ {2}split 2: epoch {2}2\/10 {2}loss/);
    expect(epochLine(epoch(1), { ...inTen, split: 2, network: 3 })).toContain("split 2, network 3: epoch");
    const splits = [trackOf([0, start]), trackOf([0, { ...start, split: 1 }])];
    expect(sideBySideLine(splits, 200)).toBe("split 0: epoch 1/10 batch 0/4 | split 1: epoch 1/10 batch 0/4");
  });

  it("shows the networks that train side by side in one line", () => {
    const evaluating = { kind: "evaluating", epoch: 0, set: "train", done: 2, of: 8 } as const;
    const networks = [
      trackOf([0, { ...start, network: 0 }], [400, epoch(0)], [500, { ...batch, epoch: 1, batch: 2 }]),
      trackOf([0, { ...start, network: 4 }], [500, evaluating]),
    ];
    expect(sideBySideLine(networks, 200)).toBe(
      "network 0: epoch 2/10 batch 3/4 | network 4: epoch 1/10 evaluating train",
    );
    expect(sideBySideLine(networks, 30)).toBe("network 0: epoch 2/10 batch 3");
  });

  it("names what starts", () => {
    expect(startLine(start)).toBe(
      "split 0: Conv5_FC3, 32 training and 8 validation samples, on ONNX Runtime (CPU, 2 threads)",
    );
    expect(startLine({ ...start, network: 3, resumedAt: { epoch: 4, batch: 0 } })).toContain(
      "split 0, network 3: Conv5_FC3",
    );
  });
});

describe("clock", () => {
  it.each([
    [0, "0:00"],
    [62, "1:02"],
    [3725, "1:02:05"],
  ])("%d s is %s", (seconds, text) => expect(clock(seconds)).toBe(text));
});
