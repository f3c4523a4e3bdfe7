/** Reading ahead, with workers and with volumes in memory, gives the numbers that reading one image after the other from its file gives. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import type { Dataset } from "../../../src/data/batches/dataset";
import { type Pass, passInOrder, ReadAhead } from "../../../src/data/batches/readAhead";
import { readInputs } from "../../../src/data/batches/readInputs";
import { drawSeeds, epochOrder, imageSeed, sampleSeed } from "../../../src/data/batches/trainingSeeds";
import { openDataset, openReader } from "../../../src/data/batches/volumeDataset";
import { encodeNifti } from "../../../src/data/nifti/niftiWrite";
import { type DataPlan, planData } from "../../../src/data/plan/experimentData";
import type { ExperimentInput } from "../../../src/experiment/schema/schema";
import { RandomGenerator } from "../../../src/network/weights/random";
import { temporaryFolder } from "../../support/folderOfFile";
import { experimentOn, imageFile, person, writeTable } from "../../support/study";

const root = temporaryFolder();
const shape = [9, 8, 7] as const;
const train = ["AD", "CN", "CN", "CN", "CN", "AD", "CN"].map((label, i) => person(`sub-${i}`, label));
const validation = [person("sub-8", "CN"), person("sub-9", "AD")];
const stream = { seed: 4, split: 0, network: null };

/** Every other image holds whole numbers with a scale, the others numbers with decimals. */
function fileOf(image: number): Buffer {
  const random = new RandomGenerator(image);
  const values = Array.from({ length: 504 }, () => 3000 * random.uniform() - 200);
  if (image % 2 === 0) return encodeNifti({ shape, data: Float32Array.from(values) });
  const bytes = encodeNifti({ shape, data: Int16Array.from(values) });
  bytes.writeFloatLE(0.0137 * (image + 1), 112);
  bytes.writeFloatLE(-3.3, 116);
  return bytes;
}

beforeAll(() => {
  writeTable(join(root, "split/train.tsv"), train);
  writeTable(join(root, "split/validation_baseline.tsv"), validation);
  for (const { participant_id } of [...train, ...validation]) {
    const file = imageFile(join(root, "caps"), participant_id!);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, gzipSync(fileOf(Number(participant_id!.slice(4)))));
  }
});

const patch = { preprocessing_dict: { mode: "patch", patch_size: 4, stride_size: 3 } } as const;
const studies: Readonly<Record<string, Partial<ExperimentInput>>> = {
  images: { data_augmentation: ["Noise", "Motion", "RandomBlur"] },
  "patches of transformed images": {
    ...patch,
    intensity: { kind: "z-score" },
    augmentation: { on: "image", transforms: [{ kind: "flip" }, { kind: "flip", axes: [1] }] },
  },
  "transformed patches": { ...patch, augmentation: { transforms: [{ kind: "flip" }] } },
  patches: { ...patch, data_augmentation: ["BiasField", "CropPad"] },
  "slices by the weighted sampler": {
    preprocessing_dict: { mode: "slice", slice_direction: 1, discarded_slices: 1 },
    data_augmentation: ["Ghosting", "Spike"],
    sampler: "weighted",
  },
  "images of canonical orientation": {
    space: { orientation: "canonical" },
    data_augmentation: ["Erasing"],
  },
};
const readers: Readonly<Record<string, { readonly workers: number | null; readonly cacheBytes: number }>> = {
  "this thread, nothing in memory": { workers: 0, cacheBytes: 0 },
  "a worker, some in memory": { workers: 1, cacheBytes: 4000 },
  "as many workers as cores, all in memory": { workers: null, cacheBytes: 1e6 },
};

interface Looks {
  readonly train: Pass;
  readonly evaluation: Pass;
  readonly again: Pass;
}

const BATCH = 3;

/** An epoch from its third batch on, as a resumption begins it; its evaluation; the next epoch. */
function looksAt(dataset: Dataset, experiment: ReturnType<typeof experimentOn>): Looks {
  const passOf = (epoch: number, first: number): Pass => ({
    dataset,
    order: epochOrder(stream, epoch, dataset.samples, experiment),
    batchSize: BATCH,
    first,
    drawSeeds: (batch) => drawSeeds(stream, epoch, batch),
  });
  return { train: passOf(0, 2), evaluation: passInOrder(dataset, BATCH), again: passOf(1, 0) };
}

/** As the numbers are defined: each sample by itself, from its file. */
async function oneByOne(plan: DataPlan, { order, batchSize, first = 0, drawSeeds: seedsOf }: Pass) {
  const parts = plan.partNumbers.length;
  const images = plan.splits[0]!.train;
  const inputs: Float32Array[] = [];
  for (const [place, index] of order.entries()) {
    const batch = Math.floor(place / batchSize);
    if (batch < first) continue;
    const image = images[Math.floor(index / parts)]!;
    const seeds = seedsOf?.(batch);
    const answer = await readInputs(plan.input, {
      file: image.file,
      voxels: undefined,
      parts: [index % parts],
      seeds: seeds && {
        parts: [sampleSeed(seeds.batch, place % batchSize)],
        image: imageSeed(seeds.epoch, image),
      },
      facts: false,
    });
    inputs.push(answer.inputs[0]!);
  }
  return Buffer.concat(inputs.map((input) => Buffer.from(input.buffer))).toString("hex");
}

async function ahead(reads: ReadAhead, pass: Pass, following: () => Pass | null = () => null) {
  const inputs: Buffer[] = [];
  for await (const { input } of reads.batches(pass, following)) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    inputs.push(Buffer.from(Uint8Array.from(new Uint8Array(input.buffer))));
  }
  return Buffer.concat(inputs).toString("hex");
}

describe.each(Object.entries(studies))("%s", (_, changes) => {
  const experiment = experimentOn(root, { normalize: true, ...changes });
  const expected = { train: "", evaluation: "", again: "" };
  let plan: DataPlan;
  beforeAll(async () => {
    plan = await planData(experiment);
    const looks = looksAt(openDataset(plan, plan.splits[0]!.train, openReader(plan, NO_READING)), experiment);
    expected.train = await oneByOne(plan, looks.train);
    expected.evaluation = await oneByOne(plan, looks.evaluation);
    expected.again = await oneByOne(plan, looks.again);
  });

  it.each(Object.entries(readers))("are the same to the bit: %s", async (_, options) => {
    const reader = openReader(plan, { ...NO_READING, ...options });
    const looks = looksAt(openDataset(plan, plan.splits[0]!.train, reader), experiment);
    const reads = new ReadAhead();
    const found = {
      train: await ahead(reads, looks.train, () => looks.evaluation),
      evaluation: await ahead(reads, looks.evaluation, () => looks.again),
      again: await ahead(reads, looks.again),
    };
    await reader.close();
    expect(found.train.length).toBeGreaterThan(0);
    expect(found).toEqual(expected);
  });
});

const NO_READING = { workers: 0, readTensor: () => Promise.reject(new Error("no tensors here")) };

describe("an image that breaks during the training", () => {
  const messagesOf = async (workers: number): Promise<readonly [number, string]> => {
    const plan = await planData(experimentOn(root, studies.patches));
    const images = plan.splits[0]!.train.map((image, i) =>
      i === 5 ? { ...image, file: join(root, "gone.nii.gz") } : image,
    );
    const reader = openReader(plan, { ...NO_READING, workers, cacheBytes: 0 });
    let batches = 0;
    try {
      for await (const _ of new ReadAhead().batches(passInOrder(openDataset(plan, images, reader), 4)))
        batches++;
    } catch (error) {
      return [batches, String(error)];
    } finally {
      await reader.close();
    }
    throw new Error("nothing was thrown");
  };

  it("is told at its batch, in the same words, with and without workers", async () => {
    const [batches, message] = await messagesOf(0);
    const parts = (await planData(experimentOn(root, studies.patches))).partNumbers.length;
    expect(batches).toBe(Math.floor((5 * parts) / 4));
    expect(message).toMatch(/sub-5 ses-M000/);
    expect(await messagesOf(2)).toEqual([batches, message]);
  });
});

describe("a training that is stopped", () => {
  it("leaves no reading worker at work, and no error", async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", listen);
    const plan = await planData(experimentOn(root, studies.patches));
    const reader = openReader(plan, { ...NO_READING, workers: 1, cacheBytes: 0 });
    for await (const _ of new ReadAhead().batches(
      passInOrder(openDataset(plan, plan.splits[0]!.train, reader), 2),
    ))
      break;
    await reader.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(reader.check(plan.splits[0]!.train[0]!)).rejects.toMatchObject({
      problem: { code: "image.not-read" },
    });
    process.off("unhandledRejection", listen);
    expect(unhandled).toEqual([]);
  });
});
