/**
 * The rows of the bench for data that keep up: the share of its time in which a device ten times faster than the processor waits
 * for images. The device is a clock: each call takes a tenth of what it took on the processor, in no thread at all.
 */
import { link, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as passes } from "node:timers/promises";
import { ReadAhead } from "../../src/data/batches/readAhead";
import { openDataset } from "../../src/data/batches/volumeDataset";
import { writeNifti } from "../../src/data/nifti/niftiWrite";
import { openVolumeReader } from "../../src/data/nifti/volumeReader";
import type { Batch, InputBatch, Trainer } from "../../src/engine/engine";
import { median } from "../../src/engine/repeatedTime";
import { objectiveFor } from "../../src/statistics/objective";
import { Stopwatch } from "../../src/training/loop/stopwatch";
import { startProgress } from "../../src/training/loop/trainingProgress";
import { trainNetwork } from "../../src/training/loop/trainNetwork";
import { MemoryRecorder } from "../support/memoryRecorder";
import { type Model, networkOf } from "./networks";
import { noisyBall, SIZE } from "./reading";

/** How the images are stored. */
export type StoredAs = "float32" | "int16";

export const WAITING: readonly StoredAs[] = ["float32", "int16"];
export const waitingTitle = (type: StoredAs): string =>
  `a device 10 times faster, 40 x ${SIZE.join("x")}, 2 a step, ${type}`;

const IMAGES = 40;
const TRAINING = 32;
const BATCH = 2;
const TIMES_FASTER = 10;
/** What the device computes, measured so many times on the processor. */
const REPETITIONS = 3;

export interface Waited {
  /** Milliseconds of a step of that device. */
  readonly step: number;
  /** Share of the time of each epoch, with its evaluations, in which it waited: the first decodes, the second has all in memory. */
  readonly shares: readonly number[];
}

/**
 * Trains two epochs as a training does, on that device.
 * @param threads of the processor that it is compared with
 * @param given milliseconds of a step of another device; its evaluations take a third of that
 */
export async function measureWaiting(type: StoredAs, threads: number, given?: number): Promise<Waited> {
  const folder = await mkdtemp(join(tmpdir(), "gyrus-bench-"));
  const reader = openVolumeReader(INPUT, { workers: null });
  try {
    const files = await writeImages(folder, type);
    const seconds = given === undefined ? await measureProcessor(threads) : paceOf(given);
    const images = files.map((file, i) => imageOf(folder, file, i));
    const plan = { inputSize: INPUT.inputSize, partNumbers: [0] };
    const recorder = new MemoryRecorder();
    await trainNetwork(
      {
        settings: SETTINGS,
        model: new Device(seconds),
        objective: objectiveFor("classification", { loss: "CrossEntropyLoss", classes: 2 }),
        learned: { task: "classification", classes: ["AD", "CN"] },
        train: openDataset(plan, images.slice(0, TRAINING), reader),
        validation: openDataset(plan, images.slice(TRAINING), reader),
        order: (epoch) => Array.from({ length: TRAINING }, (_, i) => (i * 5 + epoch) % TRAINING),
        recorder,
        stop: () => null,
        stopwatch: new Stopwatch(),
        ahead: new ReadAhead(),
      },
      startProgress({ patience: 0, tolerance: 0 }, 1e-4),
    );
    const shares = recorder.events.flatMap((event) =>
      event.kind === "epoch" ? [(event.waited ?? 0) / event.seconds] : [],
    );
    return { step: 1000 * seconds.training, shares };
  } finally {
    await reader.close();
    await rm(folder, { recursive: true });
  }
}

const INPUT = {
  imageSize: SIZE,
  space: { orientation: "stored" },
  cut: { mode: "image" },
  intensity: { kind: "min-max", each: "part" },
  reduction: null,
  inputSize: [1, ...SIZE],
  augmentation: [],
} as const;

const SETTINGS = {
  epochs: 2,
  batch_size: BATCH,
  accumulation_steps: 1,
  gradient_clipping: null,
  evaluation_steps: 0,
  selection_metrics: ["loss"],
  adaptive_learning_rate: false,
  save_all_models: false,
};

/** One image under as many names: each is read and unpacked by itself. */
async function writeImages(folder: string, type: StoredAs): Promise<readonly string[]> {
  const files = Array.from({ length: IMAGES }, (_, i) => join(folder, `${i}.nii.gz`));
  const ball = noisyBall();
  await writeNifti(files[0]!, { shape: SIZE, data: type === "int16" ? Int16Array.from(ball) : ball });
  for (const file of files.slice(1)) await link(files[0]!, file);
  return files;
}

const imageOf = (place: string, file: string, i: number) => ({
  place,
  file,
  participantId: `sub-${i}`,
  sessionId: "ses-M000",
  cohort: "single",
  label: i % 2 === 0 ? "AD" : "CN",
  target: i % 2,
});

/** Seconds of what a device is asked for, batch by batch. */
interface Pace {
  readonly training: number;
  readonly evaluation: number;
}

const paceOf = (step: number): Pace => ({ training: step / 1000, evaluation: step / 3000 });

/** Of the device: a share of those of the processor. */
async function measureProcessor(threads: number): Promise<Pace> {
  const { model, batch } = await networkOf(
    { architecture: "Conv5_FC3", inputSize: INPUT.inputSize, batchSize: BATCH, threads },
    "onnx",
  );
  const training = await secondsOf(() => step(model, batch));
  const evaluation = await secondsOf(() => model.evaluate(batch));
  await model.dispose();
  return { training: training / TIMES_FASTER, evaluation: evaluation / TIMES_FASTER };
}

async function step(model: Model["model"], batch: Batch): Promise<void> {
  await model.accumulate(batch);
  await model.update();
}

/** Median; what the first one pays for is left out. */
async function secondsOf(action: () => Promise<unknown>): Promise<number> {
  await action();
  const times: number[] = [];
  for (let i = 0; i < REPETITIONS; i++) {
    const start = performance.now();
    await action();
    times.push((performance.now() - start) / 1000);
  }
  return median(times);
}

class Device implements Trainer {
  readonly #pace: Pace;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  async accumulate(): Promise<number> {
    await passes(1000 * this.#pace.training);
    return 1;
  }

  async update(): Promise<void> {}

  async predict({ size }: InputBatch) {
    await passes(1000 * this.#pace.evaluation);
    return { dtype: "float32" as const, shape: [size, 2], data: new Float32Array(2 * size) };
  }

  async evaluate(batch: Batch) {
    return { outputs: await this.predict(batch), losses: new Float32Array(batch.size).fill(1) };
  }

  async observe(batch: InputBatch) {
    return { outputs: await this.predict(batch), inner: new Map() };
  }

  async gradients() {
    return new Map();
  }

  saliency(): Promise<never> {
    return Promise.reject(new Error("The bench asks for none."));
  }

  async setWeights(): Promise<void> {}

  async state() {
    return { parameters: new Map(), optimizer: { step: 0, moments: new Map() }, batches: 0 };
  }

  async load(): Promise<void> {}

  async dispose(): Promise<void> {}
}
