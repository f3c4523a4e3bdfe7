/**
 * However the samples of an update are divided into batches, the curve is the same. The networks have no batch norm, which sees one
 * batch at a time, and no dropout, which draws a mask for each.
 */

import { describe, expect, it } from "vitest";
import { ReadAhead } from "../../../src/data/batches/readAhead";
import type { Engine, TrainerOptions } from "../../../src/engine/engine";
import { buildNetwork } from "../../../src/network/building/build";
import type { Network } from "../../../src/network/network";
import { initialState } from "../../../src/network/weights/initialise";
import { elementCount } from "../../../src/network/weights/tensor";
import { type ObjectiveData, valueObjective } from "../../../src/statistics/losses/losses";
import { objectiveFor } from "../../../src/statistics/objective";
import type { Task } from "../../../src/statistics/task";
import type { TrainingSettings } from "../../../src/training/loop/networkTraining";
import { Stopwatch } from "../../../src/training/loop/stopwatch";
import { startProgress } from "../../../src/training/loop/trainingProgress";
import { trainNetwork } from "../../../src/training/loop/trainNetwork";
import { MemoryRecorder } from "../memoryRecorder";
import { convolution } from "../smallLayers";
import { spread } from "./layerCases";

const INPUT_SIZE = [1, 4, 3, 5];
const LENGTH = elementCount(INPUT_SIZE);

const conv = convolution(2);
const others = { inputSize: INPUT_SIZE, dropout: 0, latentSpaceSize: 1 };
const fc = [
  { layer: "Flatten" },
  { layer: "Linear", out_features: 3, bias: true },
  { layer: "Tanh" },
  { layer: "Linear", bias: true },
] as const;

const classifier = buildNetwork({
  ...others,
  architecture: { convolutions: [conv, { layer: "Tanh" }], fc: [...fc] },
  outputSize: 3,
  task: "classification",
});
const regressor = buildNetwork({
  ...others,
  architecture: { convolutions: [conv, { layer: "Tanh" }], fc: [...fc] },
  outputSize: 1,
  task: "regression",
});
const autoencoder = buildNetwork({
  ...others,
  architecture: { convolutions: [conv, { layer: "Sigmoid" }] },
  outputSize: 1,
  task: "reconstruction",
});

interface SharesCase {
  readonly name: string;
  readonly task: Task;
  readonly network: Network;
  readonly objective: ObjectiveData;
  readonly clip?: TrainingSettings["gradient_clipping"];
  /** Draws some samples twice and leaves others out, as the weighted sampler does. */
  readonly resamples?: boolean;
}

const cross = { loss: "CrossEntropyLoss", classes: 3 } as const;
const classification = { task: "classification", network: classifier } as const;

const CASES: readonly SharesCase[] = [
  { name: "classification", ...classification, objective: cross },
  {
    name: "classification with weights of classes",
    ...classification,
    objective: { ...cross, classWeights: [0.2, 1, 3.7] },
  },
  {
    name: "weighted sampler and clipped gradients",
    ...classification,
    objective: { ...cross, classWeights: [2, 1, 0.5] },
    clip: { norm: 0.05 },
    resamples: true,
  },
  { name: "regression", task: "regression", network: regressor, objective: valueObjective("HuberLoss") },
  {
    name: "reconstruction",
    task: "reconstruction",
    network: autoencoder,
    objective: valueObjective("MSELoss"),
  },
];

const OPTIMIZERS = [
  { optimizer: { name: "SGD", learningRate: 0.1, weightDecay: 1e-3 }, tolerance: 1e-6 },
  { optimizer: { name: "Adam", learningRate: 1e-2, weightDecay: 1e-3 }, tolerance: 1e-4 },
] as const;

/** Ways to have so many samples in an update: the batch size, then the number of batches. */
const waysOf = (product: number): (readonly [number, number])[] =>
  Array.from({ length: product }, (_, i) => i + 1)
    .filter((steps) => product % steps === 0)
    .map((steps) => [product / steps, steps] as const);

/** So many samples in an update, from one that is no more than a batch to one that is several. */
const NUMBERS = [5, 6, 7, 8, 9, 10, 11, 12, 13] as const;

/** @param numbers of samples in an update: fewer where a step takes long */
export function describeShares(
  createEngine: () => Promise<Engine>,
  numbers: readonly number[] = NUMBERS,
): void {
  describe.each(CASES)("batches of one update, $name", (each) => {
    it.each(OPTIMIZERS)(
      "give one curve, however many samples there are and however they are divided: $optimizer.name",
      async ({ optimizer, tolerance }) => {
        const engine = await createEngine();
        for (const samples of numbers) {
          const product = samples % 2 === 0 ? 4 : 6;
          const [whole, ...divided] = waysOf(product);
          const wanted = await curveOf(engine, each, optimizer, samples, whole!);
          for (const way of divided) {
            const losses = await curveOf(engine, each, optimizer, samples, way);
            losses.forEach((loss, place) => {
              const difference = Math.abs(loss / wanted[place]! - 1);
              expect(difference, `${samples} samples as ${way.join(" x ")}, loss ${place}`).toBeLessThan(
                tolerance,
              );
            });
          }
        }
      },
    );
  });
}

/** Losses of both sets after each of 3 epochs. */
async function curveOf(
  engine: Engine,
  { task, network, objective, clip = null, resamples = false }: SharesCase,
  optimizer: TrainerOptions["optimizer"],
  samples: number,
  [batchSize, steps]: readonly [number, number],
): Promise<number[]> {
  const model = await engine.trainer(network, {
    objective,
    optimizer,
    weights: initialState(network, 3),
    dropoutSeed: 0,
  });
  const recorder = new MemoryRecorder();
  const order = Array.from({ length: samples }, (_, i) => (resamples ? (i * i) % samples : i));
  await trainNetwork(
    {
      settings: {
        epochs: 3,
        batch_size: batchSize,
        accumulation_steps: steps,
        gradient_clipping: clip,
        evaluation_steps: 0,
        selection_metrics: ["loss"],
        adaptive_learning_rate: false,
        save_all_models: false,
      },
      model,
      objective: objectiveFor(task, objective),
      learned: { task, classes: task === "classification" ? ["AD", "CN", "MCI"] : [] },
      train: datasetOf(task, samples, 1),
      validation: datasetOf(task, 4, 100),
      order: (epoch) => order.map((_, i) => order[(i + epoch) % samples]!),
      recorder,
      stop: () => null,
      stopwatch: new Stopwatch(),
      ahead: new ReadAhead(),
    },
    startProgress({ patience: 0, tolerance: 0 }, optimizer.learningRate),
  );
  await model.dispose();
  return recorder.rows.flatMap(({ train, validation }) => [train.loss!, validation.loss!]);
}

/** Images of which no two are alike, classes that are not equally frequent. */
function datasetOf(task: Task, count: number, salt: number) {
  const images = Array.from({ length: count }, (_, i) => spread(LENGTH, salt + 3 * i));
  return {
    inputSize: INPUT_SIZE,
    samples: images.map((_, i) => ({
      participantId: `sub-${i}`,
      sessionId: "ses-M000",
      cohort: "single",
      part: 0,
      label: "",
      target: task === "classification" ? [0, 0, 1, 0, 2, 1][(i + salt) % 6]! : Math.sin(i + salt),
    })),
    partsPerImage: 1,
    read: async (indices: readonly number[]) =>
      Float32Array.from(indices.flatMap((index) => [...images[index]!])),
    close: async () => {},
  };
}
