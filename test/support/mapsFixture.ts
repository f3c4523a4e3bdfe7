/** Small MAPS on disk, with the files that the editor reads, in any state. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { EventLog } from "../../src/maps/events/eventLog";
import { mapsPlace } from "../../src/maps/folder/place";
import { thisProcess } from "../../src/maps/units/processIdentity";
import type { EndReason, RunEventBody } from "../../src/run/events";

const own = await thisProcess();

export interface FixtureOptions {
  /** Complete epochs in the log. */
  readonly epochs?: number;
  readonly splits?: readonly number[];
  /** Null while the run goes on, in the process `pid`; with a dead one it is interrupted. */
  readonly end?: EndReason | null;
  readonly pid?: number;
  /** Networks of a multi-network run. */
  readonly networks?: readonly number[];
  readonly validationLoss?: (epoch: number) => number;
}

/** Writes a classification with Conv5_FC3 into `maps`, 20 epochs long. */
export function writeMapsFixture(maps: string, options: FixtureOptions = {}): void {
  const { epochs = 3, splits = [0], end = "completed", networks = [null] } = options;
  mkdirSync(maps, { recursive: true });
  for (const split of splits) {
    for (const network of networks) {
      const log = EventLog.open(mapsPlace(maps).split(split).network(network).eventsJsonl);
      log.append(startEvent(split, network));
      for (let epoch = 0; epoch < epochs; epoch++) log.append(epochEvent(epoch, options));
      if (end !== null) log.append({ kind: "end", reason: end, epochs, batches: 0, message: "" });
      log.close();
    }
    for (const metric of ["loss", "BA"])
      mkdirSync(mapsPlace(maps).split(split).best(metric).folder, { recursive: true });
    if (end === null || end === "stopped") mkdirSync(mapsPlace(maps).split(split).tmp, { recursive: true });
  }
  for (const group of ["train", "validation"])
    mkdirSync(join(mapsPlace(maps).groups, group), { recursive: true });
  const now = Date.now();
  const run = {
    ...own,
    ...(options.pid === undefined ? {} : { pid: options.pid, processStart: null }),
    started: now,
    heartbeat: now,
    command: ["train"],
    gyrusVersion: "0.1.0",
    engine: "onnx",
    end: end === null ? null : { reason: end, time: now, message: "" },
  };
  writeFileSync(mapsPlace(maps).runJson, JSON.stringify(run));
  writeFileSync(mapsPlace(maps).mapsJson, JSON.stringify(fixtureExperiment));
}

/** Writes into `maps` what ClinicaDL leaves of a training of two epochs: its tables, and nothing of Gyrus. */
export function writeClinicaDlMaps(maps: string): void {
  const validation = join(mapsPlace(maps).split(0).best("BA").folder, "validation");
  mkdirSync(validation, { recursive: true });
  mkdirSync(dirname(mapsPlace(maps).split(0).network().eventsJsonl), { recursive: true });
  mkdirSync(join(mapsPlace(maps).groups, "train"), { recursive: true });
  const { gyrus_version, ...own } = fixtureExperiment;
  writeFileSync(mapsPlace(maps).mapsJson, JSON.stringify(own));
  const rows = [
    ["epoch", "iteration", "time", "BA_train", "loss_train", "BA_valid", "loss_valid"],
    [0, 3, 1.5, 0.5, 0.7, 0.5, 0.69],
    [1, 3, 3.1, 0.75, 0.5, 0.625, 0.6],
  ];
  writeFileSync(
    join(dirname(mapsPlace(maps).split(0).network().eventsJsonl), "training.tsv"),
    rows.map((row) => `${row.join("\t")}\n`).join(""),
  );
  writeFileSync(join(validation, "validation_image_level_metrics.tsv"), "BA\tloss\n0.625\t1.2\n");
}

export const fixtureExperiment = {
  network_task: "classification",
  architecture: "Conv5_FC3",
  label: "diagnosis",
  caps_directory: "/data/caps",
  tsv_path: "/data/split",
  epochs: 20,
  patience: 10,
  tolerance: 0,
  selection_metrics: ["loss", "BA"],
  num_networks: 1,
  input_size: [1, 48, 48, 48],
  output_size: 2,
  gyrus_version: "0.1.0",
};

export function startEvent(split: number, network: number | null = null): RunEventBody {
  return {
    kind: "start",
    split,
    network,
    task: "classification",
    architecture: "Conv5_FC3",
    engine: "onnxruntime 1.30.0",
    device: "cpu",
    threads: 2,
    epochs: 20,
    batchesPerEpoch: 4,
    batchSize: 8,
    accumulationSteps: 1,
    trainSamples: 32,
    validationSamples: 16,
    selectionMetrics: ["loss", "BA"],
    patience: 10,
    tolerance: 0,
    classes: ["AD", "CN"],
    flow: null,
    resumedAt: null,
  };
}

/** The loss falls as 1 / (epoch + 1), the balanced accuracy rises to meet it, unless `options` say otherwise. */
export function epochEvent(
  epoch: number,
  { validationLoss = fallingLoss }: FixtureOptions = {},
): RunEventBody {
  const loss = validationLoss(epoch);
  const validation = { loss, BA: 1 - loss / 2 };
  const best = { epoch, validation };
  return {
    kind: "epoch",
    epoch,
    batch: 3,
    seconds: 1,
    train: { loss: 0.9 * loss, BA: 1 - loss / 3 },
    validation,
    confusion: [
      [6, 2],
      [1, 7],
    ],
    improved: ["loss", "BA"],
    best: { loss: { ...best, value: loss }, BA: { ...best, value: validation.BA } },
    stopping: { best: loss, badEpochs: 0, patience: 10, tolerance: 0, threshold: loss },
    learningRate: 1e-4,
  };
}

const fallingLoss = (epoch: number) => 1 / (epoch + 1);
