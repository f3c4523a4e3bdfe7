import { describe, expect, it } from "vitest";
import { ReadAhead } from "../../../src/data/batches/readAhead";
import { objectiveFor } from "../../../src/statistics/objective";
import type { NetworkTraining, TrainingSettings } from "../../../src/training/loop/networkTraining";
import { Stopwatch } from "../../../src/training/loop/stopwatch";
import { startProgress, type TrainingProgress } from "../../../src/training/loop/trainingProgress";
import { trainNetwork } from "../../../src/training/loop/trainNetwork";
import { TrainingError } from "../../../src/training/trainingError";
import { FakeModel, type FakeScript } from "../../support/fakeModel";
import { memoryDataset } from "../../support/memoryDataset";
import { MemoryRecorder } from "../../support/memoryRecorder";

const defaults: TrainingSettings = {
  epochs: 1,
  batch_size: 2,
  accumulation_steps: 1,
  gradient_clipping: null,
  evaluation_steps: 0,
  selection_metrics: ["loss", "BA"],
  adaptive_learning_rate: false,
  save_all_models: false,
};

interface Setup {
  readonly settings?: Partial<TrainingSettings>;
  readonly script?: FakeScript;
  readonly trainValues?: readonly number[];
  readonly order?: (epoch: number) => readonly number[];
  readonly stop?: NetworkTraining["stop"];
}

function prepare({ settings, script, trainValues = [1, 2, 3, 4, 5], order, stop }: Setup) {
  const model = new FakeModel(script);
  const recorder = new MemoryRecorder();
  const training: NetworkTraining = {
    settings: { ...defaults, ...settings },
    model,
    objective: objectiveFor("classification", { loss: "CrossEntropyLoss", classes: 2 }),
    learned: { task: "classification", classes: ["AD", "CN"] },
    train: memoryDataset(trainValues),
    validation: memoryDataset([7, 8, 9]),
    order: order ?? (() => trainValues.map((_, i) => i)),
    recorder,
    stop: stop ?? (() => null),
    stopwatch: new Stopwatch(),
    ahead: new ReadAhead(),
  };
  return { training, model, recorder };
}

const fresh = startProgress({ patience: 0, tolerance: 0 }, 0.1);

/** Calls to the model during training, evaluations left out. */
function learning(model: FakeModel): string[] {
  return model.calls.filter((call) => !call.startsWith("evaluate"));
}

describe("accumulation and updates", () => {
  it("makes an update by all samples of accumulation_steps batches, and one by the shorter rest", async () => {
    const { training, model } = prepare({ settings: { accumulation_steps: 2 } });
    await trainNetwork(training, fresh);
    expect(learning(model)).toEqual([
      "accumulate 1 2",
      "accumulate 3 4",
      "update by 4",
      "accumulate 5",
      "update by 1",
    ]);
  });

  it("clips the gradients of each update as the experiment asks", async () => {
    const { training, model } = prepare({
      settings: { gradient_clipping: { norm: 1 } },
      trainValues: [1, 2, 3],
    });
    await trainNetwork(training, fresh);
    expect(learning(model).filter((call) => call.startsWith("update"))).toEqual([
      'update by 2 clipped to {"norm":1}',
      'update by 1 clipped to {"norm":1}',
    ]);
  });

  it("begins each epoch with a new group", async () => {
    const { training, model } = prepare({ settings: { accumulation_steps: 4, epochs: 2 } });
    await trainNetwork(training, fresh);
    expect(learning(model).filter((call) => call.startsWith("update"))).toEqual([
      "update by 5",
      "update by 5",
    ]);
  });

  it("learns in the order of the sampler", async () => {
    const { training, model } = prepare({
      settings: { epochs: 2 },
      trainValues: [1, 2, 3],
      order: (epoch) => (epoch === 0 ? [2, 0, 0] : [1, 2, 0]),
    });
    await trainNetwork(training, fresh);
    expect(learning(model).filter((call) => call.startsWith("accumulate"))).toEqual([
      "accumulate 3 1",
      "accumulate 1",
      "accumulate 2 3",
      "accumulate 1",
    ]);
  });
});

describe("evaluation", () => {
  it("sees every image of both sets once, even those that the sampler left out", async () => {
    const { training, model } = prepare({ order: () => [0, 0, 0, 0, 0] });
    await trainNetwork(training, fresh);
    expect(model.calls.filter((call) => call.startsWith("evaluate"))).toEqual([
      "evaluate 1 2",
      "evaluate 3 4",
      "evaluate 5",
      "evaluate 7 8",
      "evaluate 9",
    ]);
  });

  it("takes the mean loss over samples, not over batches", async () => {
    const losses = [1, 1, 4];
    const { training, recorder } = prepare({ trainValues: [1, 2, 3] });
    const evaluate = training.model.evaluate.bind(training.model);
    training.model.evaluate = async (batch) => ({
      ...(await evaluate(batch)),
      losses: Float32Array.from(batch.inputs.image, (value) => losses[value - 1] ?? 0),
    });
    await trainNetwork(training, fresh);
    expect(recorder.rows[0]?.train.loss).toBe(2);
  });

  it.each([
    // 5 samples in batches of 1: 5 updates an epoch, or 3 with accumulation 2.
    { accumulation_steps: 1, evaluation_steps: 0, within: [] },
    { accumulation_steps: 1, evaluation_steps: 2, within: [1, 3] },
    { accumulation_steps: 1, evaluation_steps: 5, within: [] },
    { accumulation_steps: 1, evaluation_steps: 6, within: [] },
    { accumulation_steps: 2, evaluation_steps: 1, within: [1, 3] },
    { accumulation_steps: 2, evaluation_steps: 2, within: [3] },
    { accumulation_steps: 2, evaluation_steps: 3, within: [] },
  ])(
    "counts weight updates: accumulation $accumulation_steps, every $evaluation_steps: after batches $within",
    async ({ accumulation_steps, evaluation_steps, within }) => {
      const settings = { batch_size: 1, epochs: 2, accumulation_steps, evaluation_steps };
      const { training, recorder } = prepare({ settings });
      await trainNetwork(training, fresh);
      const rows = recorder.rows.map(({ epoch, iteration }) => [epoch, iteration]);
      const epochRows = (epoch: number) => [...within.map((batch) => [epoch, batch]), [epoch, 4]];
      expect(rows).toEqual([...epochRows(0), ...epochRows(1)]);
    },
  );

  it("selects and counts patience at the end of epochs only", async () => {
    // The loss is lowest after the first update of the epoch, within it.
    const { training, recorder } = prepare({
      settings: { batch_size: 1, evaluation_steps: 1, epochs: 1 },
      script: { evaluationLoss: (updates) => (updates === 1 ? 0.1 : 1) },
    });
    const end = await trainNetwork(training, fresh);
    expect(recorder.rows).toHaveLength(5);
    expect(end.best.loss).toMatchObject({ epoch: 0, value: 1 });
  });
});

describe("the end of an epoch", () => {
  it("writes weights, row and event, and the checkpoint last", async () => {
    const { training, recorder } = prepare({ settings: { save_all_models: true } });
    await trainNetwork(training, fresh);
    expect(recorder.order.filter((kind) => kind !== "evaluating")).toEqual([
      "batch",
      "batch",
      "batch",
      "best",
      "kept",
      "row",
      "epoch",
      "checkpoint",
    ]);
  });

  it("says everything in the events", async () => {
    const { training, recorder } = prepare({ settings: { batch_size: 3 }, trainValues: [1, 2, 3, 4] });
    await trainNetwork(training, startProgress({ patience: 3, tolerance: 0.5 }, 0.1));
    const evaluating = (set: string, done: number, of: number) => ({
      kind: "evaluating",
      epoch: 0,
      set,
      done,
      of,
    });
    const validation = expect.objectContaining({ loss: Math.fround(1 / 3), BA: expect.any(Number) });
    // Nobody is said to be ill.
    const undefinedMetrics = ["PPV", "MCC", "MK", "LR_plus"];
    const best = { epoch: 0, value: expect.any(Number), validation, undefinedMetrics };
    expect(recorder.events).toEqual([
      { kind: "batch", epoch: 0, batch: 0, loss: 1, samples: 3, seconds: expect.any(Number) },
      { kind: "batch", epoch: 0, batch: 1, loss: 1, samples: 1, seconds: expect.any(Number) },
      evaluating("train", 0, 4),
      evaluating("train", 3, 4),
      evaluating("train", 4, 4),
      evaluating("validation", 0, 3),
      evaluating("validation", 3, 3),
      {
        kind: "epoch",
        epoch: 0,
        batch: 1,
        seconds: expect.any(Number),
        train: expect.objectContaining({ loss: Math.fround(1 / 3) }),
        validation,
        undefinedMetrics: { train: undefinedMetrics, validation: undefinedMetrics },
        confusion: [
          [0, 2],
          [0, 1],
        ],
        improved: ["loss", "BA"],
        best: { loss: best, BA: best },
        stopping: {
          best: Math.fround(1 / 3),
          badEpochs: 0,
          patience: 3,
          tolerance: 0.5,
          threshold: Math.fround(1 / 3) / 2,
        },
        learningRate: 0.1,
        waited: expect.any(Number),
      },
    ]);
  });

  it("saves the weights of the best epoch of each metric", async () => {
    const losses = [3, 1, 2, 0.5];
    const { training, recorder } = prepare({
      settings: { epochs: 4, batch_size: 5, selection_metrics: ["loss"] },
      script: { evaluationLoss: (updates) => losses[updates - 1]! },
    });
    const end = await trainNetwork(training, fresh);
    // Each epoch is one update by the mean of 1 .. 5, times the learning rate 0.1.
    const weights = [0.3, 0.6, 0.9, 1.2].map((weight) => expect.closeTo(-weight, 6));
    expect(recorder.bests).toEqual([
      { metrics: ["loss"], epoch: 0, weight: weights[0] },
      { metrics: ["loss"], epoch: 1, weight: weights[1] },
      { metrics: ["loss"], epoch: 3, weight: weights[3] },
    ]);
    expect(end.best.loss).toMatchObject({ epoch: 3, value: 0.5 });
  });
});

describe("the end of a training", () => {
  const scripted = (losses: readonly number[], batch_size = 5) => ({
    settings: { epochs: losses.length, batch_size },
    script: { evaluationLoss: (updates: number) => losses[updates - 1]! },
  });

  it.each([
    { name: "all epochs", losses: [3, 2, 1], patience: 2, reason: "completed", epochs: 3 },
    { name: "patience", losses: [1, 2, 3, 0], patience: 2, reason: "early_stopping", epochs: 3 },
    { name: "patience at the last epoch", losses: [1, 2, 3], patience: 2, reason: "completed", epochs: 3 },
    { name: "no patience", losses: [1, 2, 3, 4], patience: 0, reason: "completed", epochs: 4 },
    { name: "NaN", losses: [1, Number.NaN, 0.5], patience: 2, reason: "nan", epochs: 2 },
    { name: "NaN at the last epoch", losses: [1, Number.NaN], patience: 2, reason: "nan", epochs: 2 },
  ])("comes after $name", async ({ losses, patience, reason, epochs }) => {
    const { training, recorder } = prepare(scripted(losses));
    const end = await trainNetwork(training, startProgress({ patience, tolerance: 0 }, 0.1));
    expect(end.ended).toEqual({ reason, epochs });
    expect(recorder.last?.progress).toEqual(end);
  });

  it("is at once where maps.json has been given no more epochs than the checkpoint has", async () => {
    const { training } = prepare({ settings: { epochs: 3 } });
    const start = { ...(await trainNetwork(training, fresh)), ended: null };
    for (const epochs of [2, 3]) {
      const { training, model, recorder } = prepare({ settings: { epochs } });
      const end = await trainNetwork(training, start);
      expect(end).toEqual({ ...start, ended: { reason: "completed", epochs: 3 } });
      expect(model.calls).toEqual([]);
      expect(recorder.order).toEqual(["checkpoint"]);
    }
  });

  it("never makes NaN a best value", async () => {
    const { training } = prepare(scripted([Number.NaN, 2, Number.NaN]));
    const end = await trainNetwork(training, fresh);
    expect(end.best.loss).toMatchObject({ epoch: 1, value: 2 });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])(
    "comes with a clear message when the training loss is %d",
    async (loss) => {
      const { training, recorder, model } = prepare({
        settings: { epochs: 3 },
        script: { trainingLoss: (batch) => (batch === 4 ? loss : 1) },
      });
      const failure = trainNetwork(training, fresh);
      await expect(failure).rejects.toThrow(TrainingError);
      await expect(failure).rejects.toThrow(
        `The training loss became ${loss} in batch 2 of epoch 2 (sub-2 ses-M000, sub-3 ses-M000). Lower \`learning_rate\``,
      );
      expect(model.calls.at(-1)).toBe("accumulate 3 4");
      expect(recorder.last?.progress.epoch).toBe(1);
    },
  );

  it("divides the learning rate by 10 on a plateau, and says so from the next epoch on", async () => {
    const { training, recorder } = prepare({
      ...scripted(new Array(13).fill(1)),
      settings: { epochs: 13, batch_size: 5, adaptive_learning_rate: true },
    });
    const end = await trainNetwork(training, fresh);
    const rates = recorder.events.flatMap((event) => (event.kind === "epoch" ? [event.learningRate] : []));
    expect(rates.slice(0, 12)).toEqual(new Array(12).fill(0.1));
    expect(rates[12]).toBeCloseTo(0.01, 15);
    expect(end.plateau.learningRate).toBeCloseTo(0.01, 15);
  });
});

describe("a stop", () => {
  const settings = {
    epochs: 2,
    batch_size: 1,
    accumulation_steps: 2,
    evaluation_steps: 1,
    save_all_models: true,
  };
  const shuffled = (epoch: number) => (epoch === 0 ? [3, 1, 0, 4, 2] : [2, 0, 4, 1, 3]);

  async function uninterrupted() {
    const { training, model, recorder } = prepare({ settings, order: shuffled });
    const end = await trainNetwork(training, fresh);
    return { end, model, recorder };
  }

  it("ends after the current weight update with a checkpoint", async () => {
    const { training, model, recorder } = prepare({ settings, stop: () => "batch" });
    const end = await trainNetwork(training, fresh);
    expect(end).toMatchObject({ epoch: 0, batch: 2, ended: null });
    expect(model.calls).toEqual(["accumulate 1", "accumulate 2", "update by 2"]);
    expect(recorder.order.at(-1)).toBe("checkpoint");
  });

  it("after the epoch ends once the epoch is evaluated", async () => {
    const { training, recorder } = prepare({ settings, stop: () => "epoch" });
    const end = await trainNetwork(training, fresh);
    expect(end).toMatchObject({ epoch: 1, batch: 0, ended: null });
    expect(recorder.order.at(-1)).toBe("checkpoint");
    expect(recorder.last?.progress).toEqual(end);
  });

  it("after the last epoch is no stop", async () => {
    const { training } = prepare({ settings: { ...settings, epochs: 1 }, stop: () => "epoch" });
    expect((await trainNetwork(training, fresh)).ended).toEqual({ reason: "completed", epochs: 1 });
  });

  it("at any call leads, once resumed, to the same end, rows, weights and order of batches", async () => {
    const whole = await uninterrupted();
    const seconds = expect.any(Number);
    const rowsWithoutTime = (rows: readonly object[]) => rows.map((row) => ({ ...row, time: seconds }));
    for (let stopAt = 1; stopAt <= whole.model.calls.length; stopAt++) {
      let calls = 0;
      const first = prepare({
        settings,
        order: shuffled,
        stop: () => (calls >= stopAt ? "batch" : null),
        script: {
          onCall: () => {
            calls += 1;
          },
        },
      });
      const progress = await trainNetwork(first.training, fresh);
      const second = prepare({ settings, order: shuffled });
      const checkpoint = first.recorder.last!;
      expect(checkpoint.progress).toEqual(progress);
      await second.model.load(checkpoint.model);
      const end: TrainingProgress = await trainNetwork(second.training, checkpoint.progress);
      expect(end, `stopped at call ${stopAt}`).toEqual({ ...whole.end, seconds });
      expect([...learning(first.model), ...learning(second.model)]).toEqual(learning(whole.model));
      expect(rowsWithoutTime([...first.recorder.rows, ...second.recorder.rows])).toEqual(
        rowsWithoutTime(whole.recorder.rows),
      );
      expect([...first.recorder.bests, ...second.recorder.bests]).toEqual(whole.recorder.bests);
    }
  });
});
