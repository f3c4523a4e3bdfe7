/** A study that a small network can learn: noise, and in the middle of the brain of AD a brighter cube. */
import { join } from "node:path";
import type { Experiment } from "../../src/experiment/experiment";
import { RandomGenerator } from "../../src/network/weights/random";
import { experimentOf } from "./experiment";
import { imageFile, person, type Row, writeImage, writeTable } from "./study";

export interface PhantomStudy {
  readonly folder: string;
  readonly train: readonly Row[];
  readonly validation: readonly Row[];
  readonly test: readonly Row[];
}

export interface PhantomOptions {
  readonly train?: number;
  readonly validation?: number;
  readonly test?: number;
  readonly size?: [number, number, number];
  /** Brightness of the cube, against noise between 0 and 1. */
  readonly contrast?: number;
  readonly diagnoses?: readonly string[];
  readonly seed?: number;
}

/** Writes `caps/`, `split/` (train, validation) and `test.tsv` into `folder`. Participants alternate between the diagnoses. */
export async function writePhantomStudy(folder: string, options: PhantomOptions = {}): Promise<PhantomStudy> {
  const { train = 12, validation = 6, test = 4, size = [12, 14, 10], contrast = 1, seed = 1 } = options;
  const diagnoses = options.diagnoses ?? ["AD", "CN"];
  const random = new RandomGenerator(seed);
  const rows: Row[] = [];
  for (let i = 0; i < train + validation + test; i++) {
    const code = i % diagnoses.length;
    const row = person(`sub-${String(i).padStart(3, "0")}`, diagnoses[code]!, {
      age: String(60 + 10 * code + (i % 3)),
    });
    const bright = contrast * (1 - code / (diagnoses.length - 1));
    await writeImage(
      imageFile(join(folder, "caps"), row.participant_id!),
      (voxel) => random.uniform() + (isInCube(voxel, size) ? bright : 0),
      size,
    );
    rows.push(row);
  }
  const sets = {
    train: rows.slice(0, train),
    validation: rows.slice(train, train + validation),
    test: rows.slice(train + validation),
  };
  writeTable(join(folder, "split", "train.tsv"), sets.train);
  writeTable(join(folder, "split", "train_baseline.tsv"), sets.train);
  writeTable(join(folder, "split", "validation_baseline.tsv"), sets.validation);
  writeTable(join(folder, "test.tsv"), sets.test);
  return { folder, ...sets };
}

function isInCube(voxel: number, [nx, ny, nz]: readonly [number, number, number]): boolean {
  const x = Math.floor(voxel / (ny * nz));
  const y = Math.floor(voxel / nz) % ny;
  const z = voxel % nz;
  const central = (at: number, size: number) => at >= size / 3 && at < (2 * size) / 3;
  return central(x, nx) && central(y, ny) && central(z, nz);
}

/** Small enough to train in a second: two blocks, then the classes. */
export const tinyArchitecture = {
  convolutions: [
    { layer: "Conv", out_channels: 4, kernel_size: 3, padding: 1 },
    { layer: "BatchNorm" },
    { layer: "ReLU" },
    { layer: "PadMaxPool", kernel_size: 2, stride: 2 },
    { layer: "Conv", out_channels: 8, kernel_size: 3, padding: 1 },
    { layer: "BatchNorm" },
    { layer: "ReLU" },
    { layer: "PadMaxPool", kernel_size: 2, stride: 2 },
  ],
  fc: [{ layer: "Flatten" }, { layer: "Dropout", p: 0.2 }, { layer: "Linear" }],
};

/** An experiment on `folder`: few epochs, images read in the test's own thread. */
export function phantomExperiment(
  folder: string,
  changes: Readonly<Record<string, unknown>> = {},
): Experiment {
  return experimentOf({
    caps_directory: join(folder, "caps"),
    tsv_path: join(folder, "split"),
    architecture: tinyArchitecture,
    epochs: 3,
    batch_size: 4,
    learning_rate: 1e-3,
    n_proc: 0,
    ...changes,
  });
}
